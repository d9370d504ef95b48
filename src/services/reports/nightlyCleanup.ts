import { Cron, DateTime, Effect, Layer, Schedule } from "effect"
import { Config } from "../../Config.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { AuditLog } from "./AuditLog/AuditLog.ts"
import { IdempotencyKeys } from "./IdempotencyKeys/IdempotencyKeys.ts"
import { totalOf } from "./oldRows.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "./SubscriptionRepo/SubscriptionRepo.ts"

const retries = { schedule: Schedule.spaced("10 minutes"), times: 3 }

const nightlyCleanup = <A, E, R>(name: string, job: Effect.Effect<A, E, R>) =>
  Layer.effectDiscard(Effect.gen(function*() {
    const hour = Cron.parseUnsafe(`0 ${yield* Config.cleanupHour} * * *`, "UTC")
    yield* job.pipe(
      Effect.retry(retries),
      withDeadline("6 hours"),
      Effect.catchCause((cause) => Effect.logError(`the cleanup of ${name} failed`, cause)),
      Effect.schedule(Schedule.cron(hour)),
      Effect.forkScoped
    )
  }))

export const deleteExpiredSnapshots = Effect.gen(function*() {
  const snapshots = yield* SnapshotRepo
  const purged = yield* snapshots.purge
  yield* Effect.forEach(
    purged,
    ({ deleted, organizationId }) =>
      Effect.logInfo("expired snapshots deleted").pipe(Effect.annotateLogs({ organizationId, deleted })),
    { discard: true }
  )
  return totalOf(purged)
})

export const deleteOldIdempotencyKeys = IdempotencyKeys.use(({ purge }) => purge)

export const deleteOldDeliveries = Effect.gen(function*() {
  return yield* (yield* SubscriptionRepo).purge(yield* DateTime.now)
})

export const deleteOldAuditEvents = Effect.gen(function*() {
  return yield* (yield* AuditLog).purge(yield* DateTime.now)
})

export const SnapshotCleanup = nightlyCleanup("snapshots", deleteExpiredSnapshots)

export const IdempotencyCleanup = nightlyCleanup("idempotency keys", deleteOldIdempotencyKeys)

export const DeliveryCleanup = nightlyCleanup("deliveries", deleteOldDeliveries)

export const AuditCleanup = nightlyCleanup("the audit log", deleteOldAuditEvents)
