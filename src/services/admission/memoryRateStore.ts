import { Duration, Effect } from "effect"
import { RateLimiter } from "effect/persistence"
import { boundedCache } from "../../domain/boundedCache.ts"

const maxCounters = 100_000

/** Unlike Effect's store, this store has a maximum size, and uses a clock that is never set back. */
export const memoryRateStore = Effect.gen(function*() {
  const others = yield* Effect.provide(RateLimiter.RateLimiterStore, RateLimiter.layerStoreMemory)
  const counters = boundedCache<string, { count: number; until: number }>(maxCounters)
  return RateLimiter.RateLimiterStore.of({
    ...others,
    fixedWindow: ({ key, limit = Infinity, refillRate, tokens }) =>
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
  })
})
