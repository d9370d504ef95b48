import { Duration, Effect } from "effect"
import { Config } from "../../Config.ts"
import { Processes, smallProcesses } from "../../documents/Documents.ts"
import type { Limit } from "../../domain/Limit.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied } from "../../telemetry/measure.ts"
import { refused } from "../../telemetry/metrics.ts"
import type { Terms } from "./FairQueue.ts"

/** This number of connections is kept for `/ready` and for statements that belong to no organization. */
const reservedConnections = 1

/** The deadline of a run is this many times WIDGET_TIMEOUT. */
export const runTimeout = Effect.map(Config.widgetTimeout, Duration.times(4))

/** A run that takes longer than this part of its deadline could not end in time beside another one. */
const slowPart = 3 / 5

/** An owner uses about three quarters of few places. With fewer than three places, an owner may use all. */
const mostOf = (places: number) => () => places < 3 ? places : places - Math.max(1, Math.floor(places / 4))

const anyNumber = () => Infinity

/** `docs/operations.md` explains this table. */
export const terms = Effect.gen(function*() {
  const connections = Math.max(1, (yield* Config.databasePool) - reservedConnections)
  const processes = yield* Processes
  return {
    runs: {
      places: 64,
      most: () => 16,
      slow: Duration.times(yield* runTimeout, slowPart),
      maxWaiting: 2_000,
      maxWait: Duration.seconds(2),
      maxWaitingAlone: 64
    },
    background_runs: { places: 4, most: mostOf(4), maxWaiting: 100_000 },
    connections: {
      places: connections,
      most: mostOf(connections),
      share: Math.max(1, Math.floor(connections / 4)),
      maxWaiting: 4_096,
      newestFirstAfter: Duration.times(yield* Config.widgetTimeout, 1 / 10)
    },
    reads: { places: 3, most: mostOf(3), maxWaiting: 1_024 },
    small_files: { places: smallProcesses, most: anyNumber, maxWaiting: 64 },
    files: { places: processes, most: anyNumber, maxWaiting: 64 },
    streams: { places: yield* Config.liveStreams, most: (free) => 3 * free, maxWaiting: 0 },
    streams_of_person: {
      places: Infinity,
      most: yield* Effect.map(Config.liveStreamsPerPerson, (most) => () => most),
      maxWaiting: 0
    },
    unknown_keys: { places: 6, most: mostOf(6), maxWaiting: 1_000, maxWait: Duration.seconds(2) }
  } satisfies Partial<Record<Limit, Omit<Terms, "limit">>>
})

export type Resource = keyof Effect.Success<typeof terms>

/** `refuse` fails with the name of the limit, and counts the refusal. */
export const refusalsOf = Effect.fnUntraced(function*(limit: Limit) {
  let refusals = 0
  yield* tallied(refused({ limit }), () => refusals)
  const refuse = Effect.suspend(() => {
    refusals += 1
    return Effect.fail(Unavailable.by(limit))
  })
  return { refuse }
})
