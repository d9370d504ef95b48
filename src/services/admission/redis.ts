import { Effect, Layer, Redacted, References } from "effect"
import { constVoid } from "effect/Function"

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
