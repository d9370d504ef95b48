import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"

/** Loading this many rows keeps the only connection to the embedded PostgreSQL busy for some seconds. */
const embeddedRows = 200_000

/** Replicas add triggers to CRM tables, so with DATABASE_URL they are off unless REPLICA_ROWS is set. */
export const maxReplicaRows = Effect.gen(function*() {
  const url = yield* Config.databaseUrl
  return Option.getOrElse(yield* Config.replicaRows, () => Option.isNone(url) ? embeddedRows : 0)
})
