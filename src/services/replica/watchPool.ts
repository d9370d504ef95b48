import { Effect } from "effect"
import { tallied, watched } from "../../telemetry/measure.ts"
import { replicaDiscards, replicaRows, replicaRowsLimit, replicas } from "../../telemetry/metrics.ts"
import type { makeReplicaPool } from "./ReplicaPool.ts"

const reasons = ["lost", "room", "idle"] as const

export const watchPool = (pool: ReturnType<typeof makeReplicaPool>, maxRows: number) =>
  Effect.all([
    watched(replicas, pool.size),
    watched(replicaRows, pool.rows),
    watched(replicaRowsLimit, () => maxRows),
    ...reasons.map((reason) => tallied(replicaDiscards({ reason }), () => pool.discards[reason]))
  ])
