import { Context, DateTime, Effect, Layer } from "effect"
import type { ComparisonDocument } from "../../documents/ComparisonDocument.ts"
import { cellsOf, isSmall, mostCells } from "../../documents/cost.ts"
import type { Document } from "../../documents/Document.ts"
import { Documents } from "../../documents/Documents.ts"
import type { NewAuditEvent } from "../../domain/Audit.ts"
import { isoDate, localDay } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import { runRequestOf } from "../../domain/DefaultView.ts"
import { type DocumentFormat, isPicture, type PdfNotInstalled } from "../../domain/DocumentFormat.ts"
import { defaultChartWidth, type ExportedFile, type FileLook } from "../../domain/Export.ts"
import type { ReportId, SnapshotId } from "../../domain/Ids.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { widgetsOf } from "../../domain/Layout.ts"
import { type ReportNotFound } from "../../domain/Report.ts"
import type { RunRequest, View } from "../../domain/Run.ts"
import type { SnapshotNotFound } from "../../domain/Snapshot.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { messagesOf } from "../../languages/messagesOf.ts"
import { nothingListed } from "../../presentation/detailsOf.ts"
import { inTables } from "../../presentation/inTables.ts"
import { readBy } from "../../presentation/peopleCount.ts"
import { BuilderOptions } from "../access/BuilderOptions.ts"
import { Catalog } from "../access/Catalog.ts"
import { hasNames, type Named, namesOfSnapshot, viewOfSnapshot } from "../access/viewNames.ts"
import { Admission } from "../admission/Admission.ts"
import { AuditLog } from "../reports/AuditLog/AuditLog.ts"
import { Comparing } from "../reports/Comparing.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { comparisonOf } from "./comparisonOf.ts"
import { documentOf, type DocumentSource } from "./documentOf.ts"
import { listedIn, listsOf } from "./listed.ts"

type Exported<E = never> = Effect.Effect<ExportedFile, InvalidRequest | PdfNotInstalled | Unreachable | E>

export interface FileRequest extends FileLook {
  readonly format: DocumentFormat
}

export class Exporting extends Context.Service<Exporting, {
  run(caller: Caller, request: RunRequest, file: FileRequest): Exported<InvalidRequest>
  /** Computes what the files of a report have. */
  document(
    caller: Caller,
    id: ReportId,
    view: View,
    look: FileLook
  ): Effect.Effect<Document, ReportNotFound | Unreachable>
  file(caller: Caller, document: Document, format: DocumentFormat): Exported
  report(caller: Caller, id: ReportId, view: View, file: FileRequest): Exported<ReportNotFound>
  snapshot(caller: Caller, id: SnapshotId, file: FileRequest): Exported<SnapshotNotFound>
  comparison(
    caller: Caller,
    id: SnapshotId,
    other: SnapshotId | "live",
    file: Pick<FileRequest, "format" | "locale">
  ): Exported<SnapshotNotFound>
}>()("crm-reports/services/export/Exporting") {
  static readonly layer = Layer.effect(
    Exporting,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const documents = yield* Documents
      const admission = yield* Admission
      const audit = yield* AuditLog
      const comparing = yield* Comparing
      const options = yield* BuilderOptions
      const reports = yield* ReportRepo
      const runner = yield* MetricRunner
      const snapshots = yield* SnapshotRepo

      const documentFrom = Effect.fnUntraced(function*<E>(
        caller: Caller,
        source: Effect.Effect<Omit<DocumentSource, "asOf">, E>,
        look: FileLook
      ) {
        const found = yield* source
        const asOf = DateTime.formatIso(yield* DateTime.now)
        return documentOf({ ...found, asOf }, catalog.entriesFor(caller, look.locale), look)
      })

      const file = Effect.fnUntraced(function*(
        caller: Caller,
        document: Document | ComparisonDocument,
        format: DocumentFormat
      ) {
        const cells = cellsOf(document)
        // The appendix of a PDF file leaves out rows instead.
        if (format !== "pdf" && cells > mostCells) {
          return yield* InvalidRequest.because(
            `A file has at most ${mostCells} cells, and these widgets have ${cells}. Ask for fewer widgets or a shorter timeframe.`
          )
        }
        const place = isSmall(document, format) ? "small_files" : "files"
        const bytes = yield* admission.withPlace(place, caller.organizationId)(documents.make(document, format))
        const day = isoDate(localDay(document.timeZone, Date.parse(document.asOf)))
        return { name: `${document.title} ${day}.${format}`, format, bytes }
      })

      const fileOf = <E>(
        caller: Caller,
        source: Effect.Effect<Omit<DocumentSource, "asOf">, E>,
        { format, ...look }: FileRequest
      ) => Effect.flatMap(documentFrom(caller, source, look), (document) => file(caller, document, format))

      /** A file is recorded before it is sent. */
      const exported = <E>(
        caller: Caller,
        what: Pick<NewAuditEvent, "object" | "objectId" | "reportId">,
        made: Effect.Effect<ExportedFile, E>
      ) => Effect.tap(made, ({ format }) => audit.record(caller, { ...what, action: "export", details: { format } }))

      const namesFor = (caller: Caller, request: Named, isListed = false) =>
        isListed || hasNames(request) ? options.of(caller) : Effect.succeed(nothingListed)

      const listedFor = (caller: Caller, { widgets, ...view }: RunRequest) =>
        namesFor(caller, { ...view, widgets }, listsOf(widgets, catalog.entriesFor(caller)).length > 0)

      const counted = (
        caller: Caller,
        request: RunRequest,
        look: Pick<DocumentSource, "title" | "description" | "widgets">
      ) =>
        Effect.map(
          Effect.all({ series: runner.runInBackground(caller, request), listed: listedFor(caller, request) }),
          (found) => ({ ...look, view: request, names: found.listed, contentHash: null, ...found })
        )

      const run = (caller: Caller, request: RunRequest, file: FileRequest) => {
        const { widgets } = request
        const entries = new Map(catalog.entriesFor(caller, file.locale).map((entry) => [entry.id, entry]))
        const [only, ...others] = inTables(widgets, entries)
        const isOne = others.length === 0
        if (!isOne && file.width !== undefined && isPicture(file.format)) {
          const message = `is for a picture of one widget or table, but the request has ${1 + others.length}`
          return Effect.fail(InvalidRequest.of([{ path: "width", message }]))
        }
        const { columns = [], widget } = (isOne ? only : undefined) ?? {}
        const label = columns.length > 0 ? widget?.table : entries.get(widget?.metricId ?? "")?.label
        const title = label ?? messagesOf(file.locale ?? "en").documents.titleOfMetrics()
        const look = isOne ? { width: defaultChartWidth, ...file } : file
        const made = fileOf(caller, counted(caller, request, { title, description: null, widgets }), look)
        return exported(caller, { object: "widgets", objectId: null, reportId: null }, made)
      }

      const document = Effect.fnUntraced(function*(caller: Caller, id: ReportId, view: View, look: FileLook) {
        const found = yield* reports.find(caller, id)
        const { description, layout, title } = found
        const widgets = widgetsOf(layout)
        const source = counted(caller, runRequestOf(found, view), { title, description, widgets })
        return yield* documentFrom(caller, source, look)
      })

      const report = (caller: Caller, id: ReportId, view: View, { format, ...look }: FileRequest) =>
        exported(
          caller,
          { object: "report", objectId: id, reportId: id },
          Effect.flatMap(document(caller, id, view, look), (made) => file(caller, made, format))
        )

      const readable = (caller: Caller, id: SnapshotId) =>
        Effect.map(admission.withPlace("reads", caller.organizationId)(snapshots.find(caller, id)), readBy(caller))

      const snapshot = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId, file: FileRequest) {
        const found = yield* readable(caller, id)
        const { contentHash, layout, reportId, series, title } = found
        const widgets = widgetsOf(layout)
        const listed = listedIn(widgets, series, catalog.entriesFor(caller))
        const view = viewOfSnapshot(found)
        const names = namesOfSnapshot(found, yield* namesFor(caller, { ...view, widgets }), listed)
        const source = Effect.succeed({ title, description: null, contentHash, widgets, series, listed, view, names })
        return yield* exported(caller, { object: "snapshot", objectId: id, reportId }, fileOf(caller, source, file))
      })

      const comparison = Effect.fnUntraced(function*(
        caller: Caller,
        id: SnapshotId,
        other: SnapshotId | "live",
        { format, locale = "en" }: Pick<FileRequest, "format" | "locale">
      ) {
        const compared = yield* comparing.compare(caller, id, other)
        const found = yield* readable(caller, compared.id)
        const otherFound = compared.with.id === null ? undefined : yield* readable(caller, compared.with.id)
        const names = namesOfSnapshot(found, yield* namesFor(caller, { ...viewOfSnapshot(found), widgets: [] }))
        const document = comparisonOf(found, compared, otherFound, catalog.entriesFor(caller, locale), names, locale)
        return yield* exported(
          caller,
          { object: "snapshot", objectId: id, reportId: found.reportId },
          file(caller, document, format)
        )
      })

      return { run, document, file, report, snapshot, comparison }
    })
  )
}
