import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"

/** While a replica of this size is loaded, the one connection to the embedded PostgreSQL is in use for some seconds. */
const embeddedRows = 200_000

/** With DATABASE_URL, replicas make triggers on tables of the CRM, so they are off unless REPLICA_ROWS is set. */
export const maxReplicaRows = Effect.gen(function*() {
  const url = yield* Config.databaseUrl
  return Option.getOrElse(yield* Config.replicaRows, () => Option.isNone(url) ? embeddedRows : 0)
})
