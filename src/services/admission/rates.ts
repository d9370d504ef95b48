import { Config as Env, Duration, Effect, Option } from "effect"
import type { RateLimiter } from "effect/persistence"
import { Config } from "../../Config.ts"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Caller } from "../../domain/Caller.ts"
import { type Rate, ratePolicies, type RatePolicy, TooManyRequests } from "../../domain/Limit.ts"
import { count } from "../../telemetry/measure.ts"
import { refused } from "../../telemetry/metrics.ts"
import { countInRedis } from "./redisRateStore.ts"

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
