import { Context, type Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
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
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { MemoryStore } from "../MemoryStore.ts"
import { memoryReportRepo } from "./memory.ts"
import { sqlReportRepo } from "./sql.ts"

type Refused = ReportNotFound | ReportNotYours | ReportChanged | Unreachable

export class ReportRepo extends Context.Service<ReportRepo, {
  list(caller: Caller, page: ReportPage): Effect.Effect<Listed<ReportSummary>, Unreachable>
  create(caller: Caller, report: CreateReport): Effect.Effect<Report, Unreachable>
  find(caller: Caller, id: ReportId): Effect.Effect<Report, ReportNotFound | Unreachable>
  update(
    caller: Caller,
    id: ReportId,
    change: UpdateReport,
    versions: ReadonlyArray<number> | undefined
  ): Effect.Effect<Report, Refused>
  remove(caller: Caller, id: ReportId, versions: ReadonlyArray<number> | undefined): Effect.Effect<void, Refused>
  versions(
    organizationId: OrgId,
    ids: ReadonlyArray<ReportId>
  ): Effect.Effect<ReadonlyMap<ReportId, number>, Unreachable>
}>()("crm-reports/services/reports/ReportRepo") {
  static readonly layerSql = Layer.effect(ReportRepo, sqlReportRepo).pipe(Layer.provide(SecureRandom.layerWebCrypto))

  static readonly layerMemory = Layer.effect(ReportRepo, memoryReportRepo).pipe(
    Layer.provide([MemoryStore.layer, SecureRandom.layerWebCrypto])
  )
}
