import { Context, type DateTime, Effect, Layer, Ref, Result } from "effect"
import type { FreezeSchedule } from "../../domain/FreezeSchedule.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Report } from "../../domain/Report.ts"
import type { FormerVersion } from "../../domain/ReportVersion.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"

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

export interface State {
  readonly reports: ReadonlyArray<StoredReport>
  readonly snapshots: ReadonlyArray<StoredSnapshot>
  readonly schedules: ReadonlyArray<ScheduleOfReport>
  /** The newest version is first. */
  readonly versions: ReadonlyArray<VersionOfReport>
}

/** Reports, snapshots, schedules and versions are in one store, because deleting a report deletes the others. */
export class MemoryStore extends Context.Service<MemoryStore, Ref.Ref<State>>()(
  "crm-reports/services/reports/MemoryStore"
) {
  static readonly layer = Layer.effect(
    MemoryStore,
    Effect.suspend(() => Ref.make<State>({ reports: [], snapshots: [], schedules: [], versions: [] }))
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
