import { Context, DateTime, Effect, Layer } from "effect"
import { Documents } from "../../documents/Documents.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { DocumentFormat, PdfNotInstalled } from "../../domain/DocumentFormat.ts"
import type { ExportedFile, FileLook } from "../../domain/Export.ts"
import type { ReportId, SnapshotId } from "../../domain/Ids.ts"
import { type ReportNotFound, runRequestOf } from "../../domain/Report.ts"
import type { ReportRunRequest, RunRequest } from "../../domain/Run.ts"
import type { SnapshotNotFound } from "../../domain/Snapshot.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { Catalog } from "../access/Catalog.ts"
import { ReadLimiter } from "../limits/ReadLimiter.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { documentOf, type DocumentSource } from "./documentOf.ts"

type Exported<E = never> = Effect.Effect<ExportedFile, PdfNotInstalled | Unreachable | E>

export interface FileRequest extends FileLook {
  readonly format: DocumentFormat
}

export class Exporting extends Context.Service<Exporting, {
  run(caller: Caller, request: RunRequest, file: FileRequest): Exported
  report(
    caller: Caller,
    id: ReportId,
    request: ReportRunRequest,
    file: FileRequest
  ): Exported<ReportNotFound>
  snapshot(caller: Caller, id: SnapshotId, file: FileRequest): Exported<SnapshotNotFound>
}>()("crm-reports/services/export/Exporting") {
  static readonly layer = Layer.effect(
    Exporting,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const documents = yield* Documents
      const limiter = yield* ReadLimiter
      const reports = yield* ReportRepo
      const runner = yield* MetricRunner
      const snapshots = yield* SnapshotRepo

      const fileOf = Effect.fnUntraced(function*(
        caller: Caller,
        source: Omit<DocumentSource, "asOf">,
        { format, ...look }: FileRequest
      ) {
        const asOf = DateTime.formatIso(yield* DateTime.now)
        const document = documentOf({ ...source, asOf }, catalog.entriesFor(caller), look)
        const bytes = yield* documents.make(caller.organizationId, document, format)
        return { name: `${document.title} ${document.asOf.slice(0, 10)}.${format}`, format, bytes }
      })

      const run = Effect.fnUntraced(function*(caller: Caller, request: RunRequest, file: FileRequest) {
        const series = yield* runner.run(caller, request)
        const [only, ...others] = request.widgets
        const entry = catalog.entriesFor(caller).find(({ id }) => others.length === 0 && id === only?.metricId)
        const title = entry?.label ?? "CRM metrics"
        return yield* fileOf(
          caller,
          { title, description: null, contentHash: null, widgets: request.widgets, series },
          file
        )
      })

      const report = Effect.fnUntraced(
        function*(caller: Caller, id: ReportId, request: ReportRunRequest, file: FileRequest) {
          const found = yield* reports.find(caller, id)
          const { description, layout, title } = found
          const series = yield* runner.run(caller, runRequestOf(found, request))
          return yield* fileOf(caller, { title, description, contentHash: null, widgets: layout.widgets, series }, file)
        }
      )

      const snapshot = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId, file: FileRequest) {
        const found = yield* limiter.withPermit(caller.organizationId)(snapshots.find(caller, id))
        const { contentHash, layout, series, title } = found
        return yield* fileOf(caller, { title, description: null, contentHash, widgets: layout.widgets, series }, file)
      })

      return { run, report, snapshot }
    })
  )
}
