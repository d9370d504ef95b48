import { Effect, Option } from "effect"
import { Config } from "../../Config.ts"
import { IsDistributed } from "../database/distributed.ts"
import { maxReplicaRows } from "./maxReplicaRows.ts"
import { replicasIgnored } from "./replicasIgnored.ts"

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
