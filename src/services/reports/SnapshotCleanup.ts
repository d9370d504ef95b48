import { Effect } from "effect"
import { nightly } from "./nightly.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

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

export const SnapshotCleanup = nightly("the cleanup of snapshots", cleanup)
