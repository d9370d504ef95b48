import { Context, Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import type { HistorySpan, RecordedWidget } from "../../../domain/History.ts"
import type { ReportId, SnapshotId } from "../../../domain/Ids.ts"
import type { Listed, Page } from "../../../domain/Page.ts"
import type { ReportNotFound } from "../../../domain/Report.ts"
import type {
  Frozen,
  ShareSnapshot,
  Snapshot,
  SnapshotNotFound,
  SnapshotNotYours,
  SnapshotSummary
} from "../../../domain/Snapshot.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { AuditLog } from "../AuditLog/AuditLog.ts"
import { recordedSnapshots } from "../AuditLog/recorded.ts"
import { MemoryStore } from "../MemoryStore.ts"
import type { Deleted } from "../oldRows.ts"
import { memorySnapshotRepo } from "./memory.ts"
import { sqlSnapshotRepo } from "./sql.ts"

type Unmanageable = SnapshotNotFound | SnapshotNotYours | Unreachable

export class SnapshotRepo extends Context.Service<SnapshotRepo, {
  create(
    caller: Caller,
    reportId: ReportId,
    frozen: Frozen,
    keptDays?: number
  ): Effect.Effect<Snapshot, ReportNotFound | Unreachable>
  list(
    caller: Caller,
    reportId: ReportId,
    page: Page
  ): Effect.Effect<Listed<SnapshotSummary>, ReportNotFound | Unreachable>
  /** Returns the newest snapshots of a span that the caller may read, newest first, each with one widget alone. */
  history(
    caller: Caller,
    reportId: ReportId,
    span: HistorySpan
  ): Effect.Effect<ReadonlyArray<RecordedWidget>, Unreachable>
  find(caller: Caller, id: SnapshotId): Effect.Effect<Snapshot, SnapshotNotFound | Unreachable>
  /** Replaces the share. Only the creator may do this. */
  share(caller: Caller, id: SnapshotId, share: ShareSnapshot): Effect.Effect<SnapshotSummary, Unmanageable>
  /** Returns the report of the snapshot, or undefined if the snapshot was not shared. */
  unshare(caller: Caller, id: SnapshotId): Effect.Effect<ReportId | undefined, Unmanageable>
  renew(caller: Caller, id: SnapshotId): Effect.Effect<Snapshot, Unmanageable>
  /** Returns the report of the snapshot. */
  remove(caller: Caller, id: SnapshotId): Effect.Effect<ReportId, Unmanageable>
  readonly purge: Effect.Effect<ReadonlyArray<Deleted>, Unreachable>
}>()("crm-reports/services/reports/SnapshotRepo") {
  static readonly layerSql = Layer.effect(SnapshotRepo, Effect.flatMap(sqlSnapshotRepo, recordedSnapshots)).pipe(
    Layer.provide(SecureRandom.layerWebCrypto),
    Layer.provide(AuditLog.layerSql)
  )

  static readonly layerMemory = Layer.effect(SnapshotRepo, Effect.flatMap(memorySnapshotRepo, recordedSnapshots)).pipe(
    Layer.provide([MemoryStore.layer, SecureRandom.layerWebCrypto]),
    Layer.provide(AuditLog.layerMemory)
  )
}
