import { Cron, Effect, Layer, Result, Schedule } from "effect"
import { Config } from "../Config.ts"
import { SnapshotRepo } from "./SnapshotRepo.ts"

/** Deletes what is due, and says so in the log, organization by organization. */
export const cleanup = Effect.gen(function*() {
  const snapshots = yield* SnapshotRepo
  const purged = yield* snapshots.purge
  yield* Effect.forEach(
    purged,
    ({ deleted, organizationId }) =>
      Effect.logInfo("expired snapshots deleted").pipe(Effect.annotateLogs({ organizationId, deleted })),
    { discard: true }
  )
  return purged.reduce((total, { deleted }) => total + deleted, 0)
}).pipe(Effect.withSpan("SnapshotCleanup"))

/** Cleans up every night at the configured hour, for as long as the service lives; a night that fails ends nothing. */
export const SnapshotCleanup = Layer.effectDiscard(Effect.gen(function*() {
  const nightly = Cron.parse(`0 ${yield* Config.cleanupHour} * * *`, "UTC")
  yield* cleanup.pipe(
    Effect.catchCause((cause) => Effect.logError("the cleanup of snapshots failed", cause)),
    Effect.schedule(Schedule.cron(Result.getOrThrow(nightly))),
    Effect.forkScoped
  )
}))
