import { Effect, Struct } from "effect"
import { tallied, watched } from "../../telemetry/measure.ts"
import { replicaDiscards, replicaRows, replicaRowsLimit, replicas } from "../../telemetry/metrics.ts"
import type { makeReplicaPool } from "./ReplicaPool.ts"

export const watchPool = (pool: ReturnType<typeof makeReplicaPool>, maxRows: number) =>
  Effect.all([
    watched(replicas, pool.size),
    watched(replicaRows, pool.rows),
    watched(replicaRowsLimit, () => maxRows),
    ...Struct.keys(pool.discards).map((reason) => tallied(replicaDiscards({ reason }), () => pool.discards[reason]))
  ])
