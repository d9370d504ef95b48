import { type Clock, Effect } from "effect"
import { waitForGrant } from "../../domain/waitForGrant.ts"
import { makeFairOrder } from "../admission/fairOrder.ts"
import { makeActivity } from "./activity.ts"
import { makeConnectionUse } from "./connectionUse.ts"
import { maxFor } from "./perOrganization.ts"

/** An organization that uses connections for long has this part of them beside organizations that do not. */
const longPart = 1 / 4

interface Waiting {
  /** From this time on, newer statements of the organization are answered first. */
  readonly lateAt: bigint | undefined
  readonly start: () => void
  readonly key: string
}

interface Terms {
  readonly permits: number
  readonly maxWait: bigint
  readonly clock: Clock.Clock
}

/** Long work of an organization, such as a load, waits and is charged apart from its statements. */
const longMark = "\u0000"
const keyOf = (organizationId: string, isLong: boolean) => isLong ? longMark + organizationId : organizationId
const isLongKey = (key: string) => key.startsWith(longMark)

/** A free connection goes to the organization that has used connections for the least time. */
export const makeConnectionQueue = ({ clock, maxWait, permits }: Terms) => {
  const most = maxFor(permits)
  const share = Math.max(1, Math.floor(permits * longPart))
  const queue = makeFairOrder<Waiting>()
  const use = makeConnectionUse()
  const activity = makeActivity()
  const running = new Map<string, number>()
  let free = permits
  let chargedAt = 0n
  let isGranting = false

  const runningOf = (organizationId: string, isLong: boolean) => running.get(keyOf(organizationId, isLong)) ?? 0

  /** Statements that still run are charged too. */
  const chargeUntil = (now: bigint): void => {
    const passed = Number(now - chargedAt)
    chargedAt = now
    for (const [key, count] of running) queue.charge(key, count * passed)
  }

  const change = (key: string, by: 1 | -1, now: bigint): void => {
    chargeUntil(now)
    const count = running.get(key) ?? 0
    if (!isLongKey(key) && !use.isTooHigh(key, count, share, now)) activity.note(key, now)
    free -= by
    if (count + by === 0) running.delete(key)
    else running.set(key, count + by)
  }

  const mayStart = (key: string, now: bigint): boolean => {
    const organizationId = isLongKey(key) ? key.slice(longMark.length) : key
    const [short, long] = [runningOf(organizationId, false), runningOf(organizationId, true)]
    if (free === 0 || short + long >= most) return false
    const own = isLongKey(key) ? long : short
    if (own < share || !use.isTooHigh(organizationId, short, share, now)) return true
    return !activity.isOtherActive(organizationId, now)
  }

  const next = (now: bigint) => {
    if (free === 0) return undefined
    chargeUntil(now)
    return queue.next(
      ({ key }) => mayStart(key, now),
      ({ lateAt }) => lateAt !== undefined && now > lateAt
    )
  }

  /** A statement can end inside `start`, which then calls `grant`. */
  const grant = (now: bigint): void => {
    if (isGranting) return
    isGranting = true
    for (let found = next(now); found !== undefined; found = next(now)) {
      const [key, { start }] = found
      change(key, 1, now)
      start()
    }
    isGranting = false
  }

  const hasStarted = (key: string, now: bigint): boolean => {
    if (queue.size() > 0 || !mayStart(key, now)) return false
    change(key, 1, now)
    return true
  }

  const release = (key: string, now: bigint): void => {
    change(key, -1, now)
    grant(now)
  }

  /** A connection may have become free since `hasStarted` was asked. */
  const enter = (key: string, lateAt: bigint | undefined) => (start: () => void) => {
    const entry = { lateAt, start, key }
    queue.add(key, entry)
    grant(clock.monotonicTimeNanosUnsafe())
    return () => queue.remove(key, entry)
  }

  const holding = (key: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.suspend(() => {
      const startedAt = clock.monotonicTimeNanosUnsafe()
      const end = Effect.sync(() => {
        const now = clock.monotonicTimeNanosUnsafe()
        if (!isLongKey(key)) use.noteEnd(key, Number(now - startedAt))
        release(key, now)
      })
      return Effect.ensuring(effect, end)
    })

  /** Long work is not limited because of its organization's long statements while it uses less than the same share. */
  const withConnection = (organizationId: string, isLong = false) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.uninterruptibleMask((restore) => {
      const key = keyOf(organizationId, isLong)
      const held = holding(key)(restore(effect))
      const now = clock.monotonicTimeNanosUnsafe()
      if (hasStarted(key, now)) return held
      const lateAt = isLong ? undefined : now + maxWait
      const givenBack = Effect.sync(() => release(key, clock.monotonicTimeNanosUnsafe()))
      return Effect.andThen(waitForGrant({ enter: enter(key, lateAt), release: givenBack }, restore), held)
    })

  return { withConnection, inUse: () => permits - free, waiting: queue.size }
}
