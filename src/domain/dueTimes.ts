import { Effect } from "effect"
import { type Instant, instantOf, isZone, localDay, startOf, step } from "./Calendar.ts"
import type { FreezeSchedule } from "./FreezeSchedule.ts"
import { InvalidRequest } from "./InvalidRequest.ts"

export type Times = Pick<FreezeSchedule, "at" | "every" | "timeZone" | "weekStart">

/** `byDefault` is the organization. */
export const timesOf = (
  { at, every, timeZone }: Pick<Times, "at" | "every"> & Partial<Pick<Times, "timeZone">>,
  byDefault: Pick<Times, "timeZone" | "weekStart">
): Effect.Effect<Times, InvalidRequest> => {
  const times = { every, at, timeZone: timeZone ?? byDefault.timeZone, weekStart: byDefault.weekStart }
  if (isZone(times.timeZone)) return Effect.succeed(times)
  const message = "is not the exact name of an IANA time zone, such as Europe/Madrid"
  return Effect.fail(InvalidRequest.of([{ path: "timeZone", message }]))
}

/** Returns the times due around the instant. */
const timesAround = ({ at, every, timeZone, weekStart }: Times, instant: Instant): ReadonlyArray<Instant> => {
  const start = startOf(every, localDay(timeZone, instant), weekStart)
  return [-1, 0, 1, 2].map((count) => instantOf(timeZone, step(every, start, count), at))
}

export const nextDue = (times: Times, after: Instant): Instant =>
  Math.min(...timesAround(times, after).filter((due) => due > after))

export const lastDue = (times: Times, until: Instant): Instant =>
  Math.max(...timesAround(times, until).filter((due) => due <= until))

/** A time due that is longer ago is missed, because its numbers would be of another time. */
const latestMillis = 6 * 3_600_000

export const isMissed = (due: Instant, now: Instant): boolean => now - due > latestMillis
