import { Effect } from "effect"
import { randomUUID } from "node:crypto"
import { sha256 } from "../../domain/sha256.ts"
import { type Agenda, currentMoment, makeAgenda, type Moment } from "./Agenda.ts"
import { makeSent, type Sent } from "./Sent.ts"

const keptMillis = 60_000

export interface Progress {
  readonly ticket: string
  readonly sent: Sent
  readonly agenda: Agenda
  /** `version` belongs to the last complete run. It is undefined if the client lacks a series of that run. */
  version: number | undefined
}

interface Kept {
  readonly progress: Progress
  readonly owner: string
  readonly until: number
}

export const eventId = ({ sent, ticket }: Progress, number = sent.last()): string => `${ticket}.${number}`

export const makeResumes = (capacity: number) => {
  const kept = new Map<string, Kept>()

  const keep = (progress: Progress, owner: string, now: number) => {
    kept.set(progress.ticket, { progress, owner, until: now + keptMillis })
    for (const [ticket, { until }] of kept) {
      if (until > now && kept.size <= capacity) return
      kept.delete(ticket)
    }
  }

  const take = (lastEventId: string, owner: string, now: number): Progress | undefined => {
    const [ticket = "", number = ""] = lastEventId.split(".")
    const found = kept.get(ticket)
    if (found === undefined || found.owner !== owner || found.until <= now) return undefined
    kept.delete(ticket)
    const received = Number(number)
    if (found.progress.sent.lose(Number.isInteger(received) ? received : 0)) found.progress.version = undefined
    return found.progress
  }

  const begin = (now: Moment): Progress => ({
    ticket: randomUUID(),
    sent: makeSent(),
    agenda: makeAgenda(now),
    version: undefined
  })

  /** Only the same caller with the same request gets the progress of an earlier stream. */
  return Effect.fnUntraced(function*(asker: unknown, lastEventId: string | undefined) {
    const owner = sha256(JSON.stringify(asker), "base64url")
    const now = yield* currentMoment
    const resumed = lastEventId === undefined ? undefined : take(lastEventId, owner, now.monotonic)
    const progress = resumed ?? begin(now)
    yield* Effect.addFinalizer(() => Effect.map(currentMoment, (end) => keep(progress, owner, end.monotonic)))
    return { progress, isResumed: resumed !== undefined }
  })
}
