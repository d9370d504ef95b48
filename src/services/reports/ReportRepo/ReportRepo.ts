import { Context, type DateTime, Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import type { DueFreeze, FreezeSchedule, FreezeScheduleNotFound } from "../../../domain/FreezeSchedule.ts"
import type { OrgId, ReportId } from "../../../domain/Ids.ts"
import type { Listed } from "../../../domain/Page.ts"
import type {
  CreateReport,
  Report,
  ReportChanged,
  ReportNotFound,
  ReportNotYours,
  ReportPage,
  ReportSummary,
  UpdateReport
} from "../../../domain/Report.ts"
import type { ReportVersion, VersionNotFound } from "../../../domain/ReportVersion.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { AuditLog } from "../AuditLog/AuditLog.ts"
import { recordedReports } from "../AuditLog/recorded.ts"
import { MemoryStore } from "../MemoryStore.ts"
import { memoryReportRepo } from "./memory.ts"
import { sqlReportRepo } from "./sql.ts"

type Unchangeable = ReportNotFound | ReportNotYours | Unreachable
type Refused = Unchangeable | ReportChanged

export class ReportRepo extends Context.Service<ReportRepo, {
  list(caller: Caller, page: ReportPage): Effect.Effect<Listed<ReportSummary>, Unreachable>
  create(caller: Caller, report: CreateReport): Effect.Effect<Report, Unreachable>
  find(caller: Caller, id: ReportId): Effect.Effect<Report, ReportNotFound | Unreachable>
  update(
    caller: Caller,
    id: ReportId,
    change: UpdateReport,
    versions: ReadonlyArray<number> | undefined,
    restoredVersion?: number
  ): Effect.Effect<Report, Refused>
  remove(caller: Caller, id: ReportId, versions: ReadonlyArray<number> | undefined): Effect.Effect<void, Refused>
  /** Returns the versions that the caller may read, newest first. */
  history(caller: Caller, id: ReportId): Effect.Effect<ReadonlyArray<ReportVersion>, ReportNotFound | Unreachable>
  findVersion(
    caller: Caller,
    id: ReportId,
    version: number
  ): Effect.Effect<ReportVersion, ReportNotFound | VersionNotFound | Unreachable>
  schedule(caller: Caller, id: ReportId): Effect.Effect<FreezeSchedule, FreezeScheduleNotFound | Unchangeable>
  setSchedule(caller: Caller, id: ReportId, schedule: FreezeSchedule): Effect.Effect<void, Unchangeable>
  removeSchedule(caller: Caller, id: ReportId): Effect.Effect<void, FreezeScheduleNotFound | Unchangeable>
  /** Returns the organizations that have a time due. */
  organizationsDue(now: DateTime.Utc): Effect.Effect<ReadonlyArray<OrgId>, Unreachable>
  /** Returns a time due, which is not returned again for some minutes. */
  takeDue(organizationId: OrgId, now: DateTime.Utc): Effect.Effect<DueFreeze | undefined, Unreachable>
  /** Stores the schedule, and does `work` in the same transaction. Does nothing if another process has settled this time. */
  settle<A, E>(
    due: DueFreeze,
    schedule: FreezeSchedule,
    work: Effect.Effect<A, E>
  ): Effect.Effect<A | undefined, E | Unreachable>
  versions(
    organizationId: OrgId,
    ids: ReadonlyArray<ReportId>
  ): Effect.Effect<ReadonlyMap<ReportId, number>, Unreachable>
}>()("crm-reports/services/reports/ReportRepo") {
  /** The layers also have the `AuditLog` of all repositories. */
  static readonly layerSql = Layer.effect(ReportRepo, Effect.flatMap(sqlReportRepo, recordedReports)).pipe(
    Layer.provide(SecureRandom.layerWebCrypto),
    Layer.provideMerge(AuditLog.layerSql)
  )

  static readonly layerMemory = Layer.effect(ReportRepo, Effect.flatMap(memoryReportRepo, recordedReports)).pipe(
    Layer.provide([MemoryStore.layer, SecureRandom.layerWebCrypto]),
    Layer.provideMerge(AuditLog.layerMemory)
  )
}
