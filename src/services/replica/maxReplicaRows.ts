import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"

/** Loading this many rows uses the one connection to the embedded PostgreSQL for some seconds. */
const embeddedRows = 200_000

/** Replicas make triggers on CRM tables, so with DATABASE_URL they are off unless REPLICA_ROWS is set. */
export const maxReplicaRows = Effect.gen(function*() {
  const url = yield* Config.databaseUrl
  return Option.getOrElse(yield* Config.replicaRows, () => Option.isNone(url) ? embeddedRows : 0)
})
