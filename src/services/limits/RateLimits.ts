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
  readonly keyOf: (caller: Caller) => string
}

const limitsOf = (policy: RatePolicy, perPerson: number, organizationFactor: number): ReadonlyArray<Limit> => {
  const person: Limit = {
    name: policy,
    by: "person",
    limit: perPerson,
    keyOf: ({ organizationId, userId }) => JSON.stringify([policy, organizationId, userId])
  }
  const organization: Limit = {
    name: `${policy}-organization`,
    by: "organization",
    limit: perPerson * organizationFactor,
    keyOf: ({ organizationId }) => JSON.stringify([policy, organizationId])
  }
  return [person, organization].filter(({ limit }) => limit > 0)
}

const secondsOf = (duration: Duration.Duration) => Math.max(1, Math.ceil(Duration.toSeconds(duration)))

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
  const limiter = yield* RateLimiter.make
  const limits = yield* configured

  const consume = (caller: Caller, { by, keyOf, limit, name }: Limit, policy: RatePolicy): Effect.Effect<Spent> =>
    limiter.consume({ key: keyOf(caller), limit, window }).pipe(
      Effect.map(({ remaining, resetAfter }): Spent => ({
        rates: [{ name, limit, remaining, resetSeconds: secondsOf(resetAfter) }],
        retryAfter: undefined
      })),
      Effect.catchTag("RateLimiterError", ({ reason }) => {
        if (reason._tag === "RateLimitStoreError") return Effect.succeed(unlimited)
        const retryAfter = secondsOf(reason.retryAfter)
        const refused: Spent = { rates: [{ name, limit, remaining: 0, resetSeconds: retryAfter }], retryAfter }
        return Effect.as(count(() => rateLimited({ policy, by })), refused)
      })
    )

  /** A request over the limit of the person does not count against the organization. */
  const spend = Effect.fnUntraced(function*(caller: Caller, policy: RatePolicy) {
    const rates: Array<Rate> = []
    for (const limit of limits.get(policy) ?? []) {
      const spent = yield* consume(caller, limit, policy)
      rates.push(...spent.rates)
      if (spent.retryAfter !== undefined) return { rates, retryAfter: spent.retryAfter }
    }
    return { rates, retryAfter: undefined }
  })
  return { spend }
})

export const RateLimits = Context.Reference<{
  readonly spend: (caller: Caller, policy: RatePolicy) => Effect.Effect<Spent>
}>("crm-reports/services/limits/RateLimits", { defaultValue: () => ({ spend: () => Effect.succeed(unlimited) }) })

export const rateLimits = Layer.effect(RateLimits, make).pipe(Layer.provide(rateStore))
