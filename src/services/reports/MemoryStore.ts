import { Context, type DateTime, Effect, Layer, Ref, Result } from "effect"
import type { AlertState } from "../../domain/Alert.ts"
import type { AuditEvent } from "../../domain/Audit.ts"
import type { Claimed, Delivery, Judging } from "../../domain/Delivery.ts"
import type { FreezeSchedule } from "../../domain/FreezeSchedule.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Report } from "../../domain/Report.ts"
import type { FormerVersion } from "../../domain/ReportVersion.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"
import type { Recipient, Subscription } from "../../domain/Subscription.ts"
import type { Ended } from "../../domain/subscriptionRules.ts"

export type StoredReport = Omit<Report, "snapshotCount">

export interface StoredSnapshot extends Omit<Snapshot, "expired" | "deletesAt"> {
  readonly organizationId: OrgId
}

export interface ScheduleOfReport {
  readonly organizationId: OrgId
  readonly reportId: Report["id"]
  readonly schedule: FreezeSchedule
  /** The time due is not taken before. */
  readonly retryAt: DateTime.Utc | null
}

export interface VersionOfReport extends FormerVersion {
  readonly reportId: Report["id"]
}

export interface StoredRecipient extends Omit<Recipient, "last"> {
  readonly alert: AlertState | null
}

export interface StoredSubscription extends Omit<Subscription, "host" | "lastTest" | "to"> {
  readonly url: string | null
  readonly organizationId: OrgId
  readonly linkKey: string
  readonly to: ReadonlyArray<StoredRecipient>
  /** Has only people who are not in `to`. */
  readonly ended: ReadonlyArray<Ended>
}

export interface StoredDelivery extends Omit<Claimed, "claim">, Omit<Delivery, "dueAt"> {
  readonly claim: string | null
  /** No process takes the delivery before. */
  readonly visibleAt: DateTime.Utc
}

/** No process judges the alerts of the organization before `visibleAt`. */
export interface StoredAlertLook extends Omit<Judging, "claim"> {
  readonly looked: string | null
  readonly visibleAt: DateTime.Utc
  readonly claim: string | null
}

export interface StoredAuditEvent extends Omit<AuditEvent, "title"> {
  readonly organizationId: OrgId
}

export interface State {
  readonly reports: ReadonlyArray<StoredReport>
  readonly snapshots: ReadonlyArray<StoredSnapshot>
  readonly schedules: ReadonlyArray<ScheduleOfReport>
  /** The newest version is first. */
  readonly versions: ReadonlyArray<VersionOfReport>
  readonly subscriptions: ReadonlyArray<StoredSubscription>
  readonly deliveries: ReadonlyArray<StoredDelivery>
  readonly alertLooks: ReadonlyArray<StoredAlertLook>
  readonly audit: ReadonlyArray<StoredAuditEvent>
}

/** Everything that belongs to reports is in one store, because deleting a report deletes the rest. */
export class MemoryStore extends Context.Service<MemoryStore, Ref.Ref<State>>()(
  "crm-reports/services/reports/MemoryStore"
) {
  static readonly layer = Layer.effect(
    MemoryStore,
    Effect.suspend(() =>
      Ref.make<State>({
        reports: [],
        snapshots: [],
        schedules: [],
        versions: [],
        subscriptions: [],
        deliveries: [],
        alertLooks: [],
        audit: []
      })
    )
  )
}

export const modify = <A, E>(
  store: MemoryStore["Service"],
  change: (state: State) => Result.Result<readonly [outcome: A, state: State], E>
): Effect.Effect<A, E> =>
  Ref.modify(store, (before): readonly [Result.Result<A, E>, State] => {
    const changed = change(before)
    if (Result.isFailure(changed)) return [Result.fail(changed.failure), before]
    const [outcome, after] = changed.success
    return [Result.succeed(outcome), after]
  }).pipe(Effect.flatMap(Effect.fromResult))

export const withoutSubscriptions = (
  state: State,
  isRemoved: (subscription: StoredSubscription) => boolean
): State => {
  const removed = new Set(state.subscriptions.filter(isRemoved).map(({ id }) => id))
  return {
    ...state,
    subscriptions: state.subscriptions.filter(({ id }) => !removed.has(id)),
    deliveries: state.deliveries.filter(({ subscriptionId }) => !removed.has(subscriptionId))
  }
}

export const withoutReport = (state: State, id: Report["id"]): State => ({
  ...withoutSubscriptions(state, ({ reportId }) => reportId === id),
  reports: state.reports.filter((report) => report.id !== id),
  snapshots: state.snapshots.filter(({ reportId }) => reportId !== id),
  schedules: state.schedules.filter(({ reportId }) => reportId !== id),
  versions: state.versions.filter(({ reportId }) => reportId !== id)
})
