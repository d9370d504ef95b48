import { Console, Effect, Layer } from "effect"
import { Command } from "effect/cli"
import { counted } from "../domain/counted.ts"
import * as Database from "../services/database/Database.ts"
import { IdempotencyKeys } from "../services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { deleteExpiredSnapshots, deleteOldIdempotencyKeys } from "../services/reports/nightlyCleanup.ts"
import { SnapshotRepo } from "../services/reports/SnapshotRepo/SnapshotRepo.ts"

export const cleanup = Command.make(
  "cleanup",
  {},
  () =>
    deleteExpiredSnapshots.pipe(
      Effect.flatMap((deleted) => Console.log(`Deleted ${counted(deleted, "expired snapshot", "expired snapshots")}`)),
      Effect.andThen(deleteOldIdempotencyKeys),
      Effect.provide(Layer.merge(SnapshotRepo.layerSql, IdempotencyKeys.layerSql).pipe(Layer.provide(Database.layer)))
    )
).pipe(
  Command.withDescription("Delete the snapshots that expired 30 days ago or longer, as the service does every night")
)
