import { Effect, Option, Redacted } from "effect"
import { Redis } from "effect/persistence"
import { Config } from "../../Config.ts"
import { redisAt } from "../../services/admission/redisRateStore.ts"
import { advice, type Findings, ok, problem } from "./Finding.ts"

const ping = Effect.flatMap(Redis.Redis, ({ send }) => send("PING"))

const asked = (url: Redacted.Redacted) => {
  const { host } = new URL(Redacted.value(url))
  return Effect.flatMap(redisAt(url, false), (redis) => Effect.provide(ping, redis)).pipe(
    Effect.timeout("3 seconds"),
    Effect.match({
      onSuccess: (): Findings => [ok("Redis answers, and shares the counters of the rate limits")],
      onFailure: (): Findings => [
        problem(
          `no Redis answers at ${host}, so each process counts alone: check REDIS_URL, with its user and password`
        )
      ]
    })
  )
}

/** Only one process can use the embedded PostgreSQL, so it needs no Redis. */
const alone = Effect.map(Config.databaseUrl, (url): Findings =>
  Option.isNone(url)
    ? []
    : [advice("each process counts the rate limits alone: set REDIS_URL if there are several processes")])

export const redis = Effect.flatMap(Config.redisUrl, Option.match({ onNone: () => alone, onSome: asked }))
