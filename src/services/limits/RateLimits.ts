import { Config as Env, Context, Duration, Effect, Layer } from "effect"
import { RateLimiter } from "effect/persistence"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import { ratePolicies, type RatePolicy } from "../../domain/RatePolicy.ts"
import { count } from "../../telemetry/measure.ts"
import { rateLimited } from "../../telemetry/metrics.ts"
import { rateStore } from "./rateStore.ts"

const window = Duration.minutes(1)
export const windowSeconds = Duration.toSeconds(window)

export interface Rate {
  /** Examples of names are `runs` (of a person) and `runs-organization`. */
  readonly name: string
  readonly limit: number
  readonly remaining: number
  readonly resetSeconds: number
}

export interface Spent {
  readonly rates: ReadonlyArray<Rate>
  /** `retryAfter` is in seconds. It is undefined if the request is within the limits. */
  readonly retryAfter: number | undefined
}

const unlimited: Spent = { rates: [], retryAfter: undefined }

interface Limit {
  readonly name: string
  readonly by: "person" | "organization"
  readonly limit: number
  readonly refillRate: Duration.Duration
  readonly keyOf: (caller: Caller) => string
}

const limitsOf = (policy: RatePolicy, perPerson: number, organizationFactor: number): ReadonlyArray<Limit> => {
  const person: Omit<Limit, "refillRate"> = {
    name: policy,
    by: "person",
    limit: perPerson,
    keyOf: ({ organizationId, userId }) => JSON.stringify([policy, organizationId, userId])
  }
  const organization: Omit<Limit, "refillRate"> = {
    name: `${policy}-organization`,
    by: "organization",
    limit: perPerson * organizationFactor,
    keyOf: ({ organizationId }) => JSON.stringify([policy, organizationId])
  }
  return [person, organization].filter(({ limit }) => limit > 0).map((limit) => ({
    ...limit,
    refillRate: Duration.divideUnsafe(window, limit.limit)
  }))
}

const secondsOf = (millis: number) => Math.max(1, Math.ceil(millis / 1000))

const perMinute = Env.all({
  requests: Config.rateLimitRequests,
  runs: Config.rateLimitRuns,
  files: Config.rateLimitFiles,
  records: Config.rateLimitRecords,
  design: Config.rateLimitDesign,
  keys: Config.rateLimitKeys
})

const configured = Effect.gen(function*() {
  const factor = yield* Config.rateLimitOrganization
  const perPerson = yield* perMinute
  return new Map(ratePolicies.map((policy) => [policy, limitsOf(policy, perPerson[policy], factor)]))
})

const make = Effect.gen(function*() {
  const store = yield* RateLimiter.RateLimiterStore
  const limits = yield* configured

  const consume = (
    caller: Caller,
    { by, keyOf, limit, name, refillRate }: Limit,
    policy: RatePolicy
  ): Effect.Effect<Spent> =>
    store.fixedWindow({ key: keyOf(caller), tokens: 1, refillRate, limit }).pipe(
      Effect.flatMap(([spent, millisLeft]) => {
        const resetSeconds = secondsOf(millisLeft)
        if (spent <= limit) {
          const rates = [{ name, limit, remaining: limit - spent, resetSeconds }]
          return Effect.succeed<Spent>({ rates, retryAfter: undefined })
        }
        const refused: Spent = { rates: [{ name, limit, remaining: 0, resetSeconds }], retryAfter: resetSeconds }
        return Effect.as(count(() => rateLimited({ policy, by })), refused)
      }),
      Effect.catch(() => Effect.succeed(unlimited))
    )

  /** A request over the limit of the person does not count against the organization. */
  const spendOf = Effect.fnUntraced(function*(caller: Caller, policy: RatePolicy, limits: ReadonlyArray<Limit>) {
    const rates: Array<Rate> = []
    for (const limit of limits) {
      const spent = yield* consume(caller, limit, policy)
      rates.push(...spent.rates)
      if (spent.retryAfter !== undefined) return { rates, retryAfter: spent.retryAfter }
    }
    return { rates, retryAfter: undefined }
  })
  const spend = (caller: Caller, policy: RatePolicy): Effect.Effect<Spent> => {
    const ofPolicy = limits.get(policy) ?? []
    return ofPolicy.length === 0 ? Effect.succeed(unlimited) : spendOf(caller, policy, ofPolicy)
  }
  return { spend }
})

export const RateLimits = Context.Reference<{
  readonly spend: (caller: Caller, policy: RatePolicy) => Effect.Effect<Spent>
}>("crm-reports/services/limits/RateLimits", { defaultValue: () => ({ spend: () => Effect.succeed(unlimited) }) })

export const rateLimits = Layer.effect(RateLimits, make).pipe(Layer.provide(rateStore))
