import { Console, Effect, Layer } from "effect"
import { Command } from "effect/cli"
import * as Database from "../services/Database.ts"
import { forget } from "../services/IdempotencyCleanup.ts"
import { IdempotencyKeys } from "../services/IdempotencyKeys.ts"
import { cleanup as cleaned } from "../services/SnapshotCleanup.ts"
import { SnapshotRepo } from "../services/SnapshotRepo.ts"

const said = (deleted: number) =>
  deleted === 1 ? "Deleted 1 expired snapshot" : `Deleted ${deleted.toLocaleString("en")} expired snapshots`

export const cleanup = Command.make(
  "cleanup",
  {},
  () =>
    cleaned.pipe(
      Effect.flatMap((deleted) => Console.log(said(deleted))),
      Effect.andThen(forget),
      Effect.provide(Layer.merge(SnapshotRepo.layerSql, IdempotencyKeys.layerSql).pipe(Layer.provide(Database.layer)))
    )
).pipe(
  Command.withDescription("Delete the snapshots that expired 30 days ago or longer, as the service does every night")
)
