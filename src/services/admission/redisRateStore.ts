import { Effect, Fiber, Layer, Predicate, Redacted, References, Schedule } from "effect"
import { constVoid } from "effect/Function"
import { CircuitBreaker, RateLimiter } from "effect/persistence"
import { byMonotonicClock, byWallClock } from "../../domain/clocks.ts"
import { watched } from "../../telemetry/measure.ts"
import { sharedCounters } from "../../telemetry/metrics.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import type { CountRequest } from "./limits.ts"

const maxPause = 1_000

/** The Redis package is loaded only if REDIS_URL is set. */
export const redisAt = (url: Redacted.Redacted, isPersistent: boolean, onLost: (cause: Error) => void = constVoid) =>
  Effect.map(Effect.promise(() => import("@effect/platform-node/NodeRedis")), ({ layer }) =>
    layer({
      url: Redacted.value(url),
      disableOfflineQueue: true,
      commandsQueueMaxLength: 10_000,
      socket: {
        connectTimeout: 1_000,
        reconnectStrategy: (retries, cause) => {
          onLost(cause)
          return isPersistent && Math.min(50 * 2 ** retries, maxPause)
        }
      }
    }).pipe(Layer.provide(Layer.succeed(References.MinimumLogLevel, "None"))))

const answerLimit = "250 millis"
const breaker = { tripPolicy: CircuitBreaker.consecutive(3), openDuration: "1 second" } as const

/** The log shows the code of a socket error, because the message contains the address of Redis. */
const reasonOf = (error: { readonly message: string }) =>
  Predicate.hasProperty(error, "code") ? String(error.code) : error.message

/** All processes share the counters in Redis. While Redis does not answer, each process counts alone, by `own`. */
export const countInRedis = (url: Redacted.Redacted, own: CountRequest) =>
  Effect.gen(function*() {
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

    const counted: CountRequest = (options) =>
      Fiber.join(opened).pipe(
        Effect.flatMap((store) => store.fixedWindow(options)),
        Effect.timeout(answerLimit),
        Effect.tapError(noteFailure),
        Effect.tap(noteAnswer),
        (asked) => byMonotonicClock(circuit.execute(byWallClock(asked), { key: "redis" })),
        Effect.catch(() => own(options))
      )
    return counted
  }).pipe(Effect.provide(CircuitBreaker.layerStoreMemory()))
