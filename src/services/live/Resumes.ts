import { Effect } from "effect"
import { randomUUID } from "node:crypto"
import type { MetricSeries } from "../../domain/Series.ts"
import { sha256 } from "../../domain/sha256.ts"
import { type Agenda, currentMoment, makeAgenda, type Moment } from "./Agenda.ts"

/** The content leaves out times that change with each run. */
const contentOf = ({ meta: { asOf, previousWindow: _cutToNow, ...meta }, ...series }: MetricSeries) =>
  JSON.stringify({ ...series, meta }, (_key, value: unknown) => value === asOf ? "asOf" : value)

interface Entry {
  readonly digest: string
  readonly number: number
}

const makeSent = () => {
  const entries = new Map<string, Entry>()
  let last = 0
  const forget = (isForgotten: (id: string, entry: Entry) => boolean): boolean => {
    const forgotten = [...entries].filter(([id, entry]) => isForgotten(id, entry))
    for (const [id] of forgotten) entries.delete(id)
    return forgotten.length > 0
  }
  return {
    last: () => last,
    keepOnly: (run: ReadonlyArray<MetricSeries>): void => {
      const ids = new Set(run.map(({ instanceId }) => instanceId))
      forget((id) => !ids.has(id))
    },
    /** Returns true if it has forgotten any series. */
    lose: (received: number): boolean => forget((_id, { number }) => number > received),
    /** Returns undefined if the client already has an equal series. */
    numberOf: (series: MetricSeries): number | undefined => {
      const digest = sha256(contentOf(series), "base64url")
      if (entries.get(series.instanceId)?.digest === digest) return undefined
      last += 1
      entries.set(series.instanceId, { digest, number: last })
      return last
    }
  }
}

type Sent = ReturnType<typeof makeSent>

const keptMillis = 60_000

export interface Progress {
  readonly ticket: string
  readonly sent: Sent
  readonly agenda: Agenda
  /** The caller and the request of the last run, which a report can change while its stream is open. */
  owner: string
  /** `version` belongs to the last complete run. It is undefined if the client lacks a series of that run. */
  version: number | undefined
}

interface Kept {
  readonly progress: Progress
  readonly until: number
}

export const eventId = ({ sent, ticket }: Progress, number = sent.last()): string => `${ticket}.${number}`

export const ownerOf = (asker: unknown): string => sha256(JSON.stringify(asker), "base64url")

export const makeResumes = (capacity: number) => {
  const kept = new Map<string, Kept>()

  const keep = (progress: Progress, now: number) => {
    kept.set(progress.ticket, { progress, until: now + keptMillis })
    for (const [ticket, { until }] of kept) {
      if (until > now && kept.size <= capacity) return
      kept.delete(ticket)
    }
  }

  const take = (lastEventId: string, owner: string, now: number): Progress | undefined => {
    const [ticket = "", number = ""] = lastEventId.split(".")
    const found = kept.get(ticket)
    if (found === undefined || found.progress.owner !== owner || found.until <= now) return undefined
    kept.delete(ticket)
    const received = Number(number)
    if (found.progress.sent.lose(Number.isInteger(received) ? received : 0)) found.progress.version = undefined
    return found.progress
  }

  const begin = (owner: string, now: Moment): Progress => ({
    ticket: randomUUID(),
    sent: makeSent(),
    agenda: makeAgenda(now),
    owner,
    version: undefined
  })

  /** Only the same caller with the same request gets the progress of an earlier stream. */
  return Effect.fnUntraced(function*(owner: string, lastEventId: string | undefined) {
    const now = yield* currentMoment
    const resumed = lastEventId === undefined ? undefined : take(lastEventId, owner, now.monotonic)
    const progress = resumed ?? begin(owner, now)
    yield* Effect.addFinalizer(() => Effect.map(currentMoment, (end) => keep(progress, end.monotonic)))
    return { progress, isResumed: resumed !== undefined }
  })
}
