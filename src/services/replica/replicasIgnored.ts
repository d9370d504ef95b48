import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"
import { IsDistributed } from "../database/distributed.ts"
import { maxReplicaRows } from "./maxReplicaRows.ts"

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
