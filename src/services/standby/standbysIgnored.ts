import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"
import { IsDistributed } from "../database/distributed.ts"

export const standbysIgnored = Effect.gen(function*() {
  if ((yield* Config.databaseReplicaUrls).length === 0) return Option.none<string>()
  if (Option.isNone(yield* Config.databaseUrl)) {
    return Option.some("DATABASE_REPLICA_URL has no effect with the embedded PostgreSQL: set DATABASE_URL too")
  }
  if (yield* IsDistributed) {
    return Option.some(
      "DATABASE_REPLICA_URL has no effect, because each server of Citus has its own log: leave it empty"
    )
  }
  return Option.none<string>()
})
