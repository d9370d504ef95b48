import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"
import { IsDistributed } from "../database/distributed.ts"

/** Loading this many rows keeps the only connection to the embedded PostgreSQL busy for some seconds. */
const embeddedRows = 200_000

/** Replicas add triggers to CRM tables, so with DATABASE_URL they are off unless REPLICA_ROWS is set. */
export const maxReplicaRows = Effect.gen(function*() {
  const url = yield* Config.databaseUrl
  return Option.getOrElse(yield* Config.replicaRows, () => Option.isNone(url) ? embeddedRows : 0)
})

/** A load, `/ready`, and other statements each need a connection. */
const minConnections = 3

export const replicasIgnored = Effect.gen(function*() {
  if ((yield* maxReplicaRows) === 0 || Option.isNone(yield* Config.databaseUrl)) return Option.none<string>()
  if (yield* IsDistributed) {
    return Option.some("REPLICA_ROWS has no effect, because tables on Citus cannot have triggers: set REPLICA_ROWS=0")
  }
  const pool = yield* Config.databasePool
  return pool >= minConnections ? Option.none<string>() : Option.some(
    `REPLICA_ROWS has no effect while DATABASE_POOL is ${pool}: set DATABASE_POOL to ${minConnections} or more`
  )
})

const off =
  "REPLICA_ROWS is not set: with it, rows are counted in memory, at a million leads several times as fast, and triggers are created on tables of crm (docs/replicas.md)"

export const replicaNotice = Effect.gen(function*() {
  const ignored = yield* replicasIgnored
  if (Option.isSome(ignored)) return yield* Effect.logWarning(ignored.value)
  const rows = yield* maxReplicaRows
  if (Option.isNone(yield* Config.databaseUrl) && rows > 0) {
    return yield* Effect.logInfo(`up to ${rows} rows are counted in memory, REPLICA_ROWS=0 turns this off`)
  }
  if (Option.isNone(yield* Config.replicaRows) && !(yield* IsDistributed)) yield* Effect.logInfo(off)
})
