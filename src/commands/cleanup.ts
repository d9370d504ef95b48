import { Console, Effect, Layer } from "effect"
import { Command } from "effect/cli"
import { counted } from "../domain/counted.ts"
import * as Database from "../services/database/Database.ts"
import { deleteOldChanges } from "../services/replica/ChangeCleanup.ts"
import { AuditLog } from "../services/reports/AuditLog/AuditLog.ts"
import { IdempotencyKeys } from "../services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import {
  deleteExpiredSnapshots,
  deleteOldAuditEvents,
  deleteOldDeliveries,
  deleteOldIdempotencyKeys
} from "../services/reports/nightlyCleanup.ts"
import { SnapshotRepo } from "../services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../services/reports/SubscriptionRepo/SubscriptionRepo.ts"

export const cleanup = Command.make(
  "cleanup",
  {},
  () =>
    deleteExpiredSnapshots.pipe(
      Effect.flatMap((deleted) => Console.log(`Deleted ${counted(deleted, "expired snapshot", "expired snapshots")}`)),
      Effect.andThen(deleteOldIdempotencyKeys),
      Effect.andThen(deleteOldDeliveries),
      Effect.andThen(deleteOldAuditEvents),
      Effect.andThen(deleteOldChanges),
      Effect.provide(
        Layer.mergeAll(SnapshotRepo.layerSql, IdempotencyKeys.layerSql, SubscriptionRepo.layerSql, AuditLog.layerSql)
          .pipe(
            Layer.provideMerge(Database.layer)
          )
      )
    )
).pipe(
  Command.withDescription(
    "Delete the snapshots that expired 30 days ago or longer, old idempotency keys, old deliveries, old audit events, and old changes, as the service does"
  )
)
