import { Effect, Layer, Option } from "effect"
import { RateLimiter } from "effect/persistence"
import { Config } from "../../Config.ts"
import { memoryRateStore } from "./memoryRateStore.ts"
import { redisRateStore } from "./redisRateStore.ts"

export const rateStore = Layer.effect(
  RateLimiter.RateLimiterStore,
  Effect.flatMap(Config.redisUrl, Option.match({ onNone: () => memoryRateStore, onSome: redisRateStore }))
)
