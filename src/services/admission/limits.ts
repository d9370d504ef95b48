import { Config as Env, Duration, Effect, Option } from "effect"
import type { RateLimiter } from "effect/persistence"
import { Config } from "../../Config.ts"
import { Processes, smallProcesses } from "../../documents/Documents.ts"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Caller } from "../../domain/Caller.ts"
import { type Limit, type Rate, ratePolicies, type RatePolicy, TooManyRequests } from "../../domain/Limit.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { count, tallied } from "../../telemetry/measure.ts"
import { refused } from "../../telemetry/metrics.ts"
import type { Terms } from "./FairQueue.ts"
import { countInRedis } from "./redisRateStore.ts"

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
    unknown_keys: { places: 6, most: mostOf(6), maxWaiting: 1_000, maxWait: Duration.seconds(2) },
    clerk: { places: 10, most: mostOf(10), maxWaiting: 1_000, maxWait: Duration.seconds(2) }
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

const maxCounters = 100_000

type Options = Parameters<RateLimiter.RateLimiterStore["Service"]["fixedWindow"]>[0]

/** Returns how much of a limit is used, and the milliseconds after which it is unused. */
export type CountRequest = (options: Options) => Effect.Effect<readonly [spent: number, millisLeft: number]>

/** Unlike Effect's store, this store has a maximum size, and uses a clock that is never set back. */
const countInMemory = (): CountRequest => {
  const counters = boundedCache<string, { count: number; until: number }>(maxCounters)
  return ({ key, limit = Infinity, refillRate, tokens }) =>
    Effect.clockWith((clock) =>
      Effect.sync(() => {
        const now = Number(clock.monotonicTimeNanosUnsafe()) / 1e6
        const counter = counters.get(key) ?? counters.set(key, { count: 0, until: now })
        if (counter.until <= now) Object.assign(counter, { count: 0, until: now })
        const count = counter.count + tokens
        if (count > limit) return [count, counter.until - now] as const
        counter.count = count
        counter.until += Duration.toMillis(refillRate) * tokens
        return [count, counter.until - now] as const
      })
    )
}

const window = Duration.minutes(1)
export const windowSeconds = Duration.toSeconds(window)

/** `rates` has the limits of the request. `refusal` is undefined if the request is within them. */
export interface Spent {
  readonly rates: ReadonlyArray<Rate>
  readonly refusal: TooManyRequests | undefined
}

/** A limit of zero is no limit. */
const limitsOf = (policy: RatePolicy, perPerson: number, organizationFactor: number) =>
  [
    {
      name: policy,
      limit: perPerson,
      keyOf: ({ organizationId, userId }: Caller) => JSON.stringify([policy, organizationId, userId])
    },
    {
      name: `${policy}-organization`,
      limit: perPerson * organizationFactor,
      keyOf: ({ organizationId }: Caller) => JSON.stringify([policy, organizationId])
    }
  ].filter(({ limit }) => limit > 0)

const perMinute = Env.all({
  requests: Config.rateLimitRequests,
  runs: Config.rateLimitRuns,
  files: Config.rateLimitFiles,
  records: Config.rateLimitRecords,
  design: Config.rateLimitDesign,
  keys: Config.rateLimitKeys
})

export const makeRates = Effect.gen(function*() {
  const redisUrl = yield* Config.redisUrl
  const own = countInMemory()
  const countRequest = Option.isSome(redisUrl) ? yield* countInRedis(redisUrl.value, own) : own
  const factor = yield* Config.rateLimitOrganization
  const perPerson = yield* perMinute
  const limits = new Map(ratePolicies.map((policy) => [policy, limitsOf(policy, perPerson[policy], factor)]))

  /** A request over the limit of the person does not count against the organization. */
  return Effect.fnUntraced(function*(caller: Caller, policy: RatePolicy) {
    const rates: Array<Rate> = []
    for (const { keyOf, limit, name } of limits.get(policy) ?? []) {
      const refillRate = Duration.divideUnsafe(window, limit)
      const [spent, millisLeft] = yield* countRequest({ key: keyOf(caller), tokens: 1, refillRate, limit })
      const resetSeconds = Math.max(1, Math.ceil(millisLeft / 1000))
      const isSpent = spent > limit
      rates.push({ name, limit, remaining: Math.max(0, limit - spent), resetSeconds, isSpent })
      if (!isSpent) continue
      yield* count(() => refused({ limit: `rate:${name}` }))
      return { rates, refusal: TooManyRequests.by(`rate:${name}`, resetSeconds) }
    }
    return { rates, refusal: undefined }
  })
})
