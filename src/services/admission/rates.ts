import { Config as Env, Duration, Effect, Option } from "effect"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import { ratePolicies, type RatePolicy, TooManyRequests } from "../../domain/Limit.ts"
import { count } from "../../telemetry/measure.ts"
import { refused } from "../../telemetry/metrics.ts"
import { countInMemory } from "./memoryRateStore.ts"
import { countInRedis } from "./redisRateStore.ts"

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
  const countRequest = Option.isSome(redisUrl) ? yield* countInRedis(redisUrl.value) : countInMemory()
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
