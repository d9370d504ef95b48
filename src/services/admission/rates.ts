import { Config as Env, Duration, Effect, Option } from "effect"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import { ratePolicies, type RatePolicy } from "../../domain/RatePolicy.ts"
import { TooManyRequests } from "../../domain/TooManyRequests.ts"
import { count } from "../../telemetry/measure.ts"
import { refused } from "../../telemetry/metrics.ts"
import { memoryRateStore } from "./memoryRateStore.ts"
import { redisRateStore } from "./redisRateStore.ts"

const window = Duration.minutes(1)
export const windowSeconds = Duration.toSeconds(window)

export interface Rate {
  /** Examples of names are `runs` (of a person) and `runs-organization`. */
  readonly name: string
  readonly limit: number
  readonly remaining: number
  readonly resetSeconds: number
  /** If this is true, the request was refused. */
  readonly isSpent: boolean
}

/** `rates` has the limits of the request. `refusal` is undefined if the request is within them. */
export interface Spent {
  readonly rates: ReadonlyArray<Rate>
  readonly refusal: TooManyRequests | undefined
}

const unlimited: Spent = { rates: [], refusal: undefined }

interface Limit {
  readonly name: string
  readonly limit: number
  readonly refillRate: Duration.Duration
  readonly keyOf: (caller: Caller) => string
}

const limitsOf = (policy: RatePolicy, perPerson: number, organizationFactor: number): ReadonlyArray<Limit> => {
  const person: Omit<Limit, "refillRate"> = {
    name: policy,
    limit: perPerson,
    keyOf: ({ organizationId, userId }) => JSON.stringify([policy, organizationId, userId])
  }
  const organization: Omit<Limit, "refillRate"> = {
    name: `${policy}-organization`,
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

const store = Effect.flatMap(
  Config.redisUrl,
  Option.match({ onNone: () => memoryRateStore, onSome: redisRateStore })
)

export const makeRates = Effect.gen(function*() {
  const { fixedWindow } = yield* store
  const limits = yield* configured

  const consume = (caller: Caller, { keyOf, limit, name, refillRate }: Limit): Effect.Effect<Spent> =>
    fixedWindow({ key: keyOf(caller), tokens: 1, refillRate, limit }).pipe(
      Effect.flatMap(([spent, millisLeft]) => {
        const resetSeconds = secondsOf(millisLeft)
        const isSpent = spent > limit
        const rates = [{ name, limit, remaining: Math.max(0, limit - spent), resetSeconds, isSpent }]
        if (!isSpent) return Effect.succeed<Spent>({ rates, refusal: undefined })
        const refusal = TooManyRequests.by(`rate:${name}`, resetSeconds)
        return Effect.as(count(() => refused({ limit: `rate:${name}` })), { rates, refusal })
      }),
      Effect.catch(() => Effect.succeed(unlimited))
    )

  /** A request over the limit of the person does not count against the organization. */
  const spendOf = Effect.fnUntraced(function*(caller: Caller, limits: ReadonlyArray<Limit>) {
    const rates: Array<Rate> = []
    for (const limit of limits) {
      const spent = yield* consume(caller, limit)
      rates.push(...spent.rates)
      if (spent.refusal !== undefined) return { rates, refusal: spent.refusal }
    }
    return { rates, refusal: undefined }
  })
  return (caller: Caller, policy: RatePolicy): Effect.Effect<Spent> => {
    const ofPolicy = limits.get(policy) ?? []
    return ofPolicy.length === 0 ? Effect.succeed(unlimited) : spendOf(caller, ofPolicy)
  }
})
