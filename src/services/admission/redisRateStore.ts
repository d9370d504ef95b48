import { Effect, Fiber, Layer, Predicate, type Redacted, Schedule } from "effect"
import { CircuitBreaker, RateLimiter } from "effect/persistence"
import { byMonotonicClock, byWallClock } from "../../domain/clocks.ts"
import { watched } from "../../telemetry/measure.ts"
import { sharedCounters } from "../../telemetry/metrics.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { memoryRateStore } from "./memoryRateStore.ts"
import { redisAt } from "./redis.ts"

const answerLimit = "250 millis"
const breaker = { tripPolicy: CircuitBreaker.consecutive(3), openDuration: "1 second" } as const

/** The log shows the code of a socket error, because the message contains the address of Redis. */
const reasonOf = (error: { readonly message: string }) =>
  Predicate.hasProperty(error, "code") ? String(error.code) : error.message

/** All processes share the counters in Redis. While Redis does not answer, each process counts alone. */
export const redisRateStore = (url: Redacted.Redacted) =>
  Effect.gen(function*() {
    const own = yield* memoryRateStore
    const circuit = yield* CircuitBreaker.make(breaker)
    let lost: Error | undefined
    const connected = Layer.build(yield* redisAt(url, true, (cause) => void (lost = cause))).pipe(
      Effect.flatMap((redis) => Effect.provide(RateLimiter.makeStoreRedis({ prefix: "crm-reports:rate:" }), redis)),
      Effect.retry(Schedule.spaced("1 second"))
    )
    const opened = yield* Effect.forkScoped(connected)
    let failures = 0
    const logOutage = throttledWarning(
      "Redis does not answer, so this process counts rate limits alone: check REDIS_URL"
    )
    yield* watched(sharedCounters, () => failures === 0 ? 1 : 0)

    const noteFailure = (error: { readonly message: string }) =>
      Effect.suspend(() => {
        failures += 1
        if (failures > 1) return Effect.void
        return logOutage({ reason: reasonOf(lost ?? error) })
      })
    const noteAnswer = Effect.suspend(() => {
      if (failures === 0) return Effect.void
      failures = 0
      lost = undefined
      return Effect.logInfo("Redis answers again")
    })

    const shared: typeof own.fixedWindow = (options) =>
      Fiber.join(opened).pipe(
        Effect.flatMap((store) => store.fixedWindow(options)),
        Effect.timeout(answerLimit),
        Effect.tapError(noteFailure),
        Effect.tap(noteAnswer),
        (asked) => byMonotonicClock(circuit.execute(byWallClock(asked), { key: "redis" })),
        Effect.catch(() => own.fixedWindow(options))
      )
    return RateLimiter.RateLimiterStore.of({ ...own, fixedWindow: shared })
  }).pipe(Effect.provide(CircuitBreaker.layerStoreMemory()))
