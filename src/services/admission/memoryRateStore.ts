import { Duration, Effect } from "effect"
import type { RateLimiter } from "effect/persistence"
import { boundedCache } from "../../domain/boundedCache.ts"

const maxCounters = 100_000

type Options = Parameters<RateLimiter.RateLimiterStore["Service"]["fixedWindow"]>[0]

/** Returns how much of a limit is used, and the milliseconds after which it is unused. */
export type CountRequest = (options: Options) => Effect.Effect<readonly [spent: number, millisLeft: number]>

/** Unlike Effect's store, this store has a maximum size, and uses a clock that is never set back. */
export const countInMemory = (): CountRequest => {
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
