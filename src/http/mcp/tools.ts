import { Context, Schema } from "effect"
import { Tool, Toolkit } from "effect/ai"
import { RecordTable, Refusal, RunTable } from "../../domain/AgentAnswer.ts"
import { CurrentCaller } from "../../domain/Caller.ts"
import { CatalogEntry } from "../../domain/CatalogEntry.ts"
import { Design, DesignRequest } from "../../domain/Design.ts"
import { HistoryQuery, ReportHistory } from "../../domain/History.ts"
import { ReportId } from "../../domain/Ids.ts"
import { lenient } from "../../domain/lenient.ts"
import { RecordsRequest } from "../../domain/Records.ts"
import { CreateReport, Report, ReportReceipt } from "../../domain/Report.ts"
import { RunRequest } from "../../domain/Run.ts"
import { FreezeRequest, SnapshotReceipt } from "../../domain/Snapshot.ts"
import { Text } from "../../domain/Text.ts"

const common = { failure: Refusal, failureMode: "return" as const, dependencies: [CurrentCaller] }

const hints = (isReadonly: boolean) =>
  Context.make(Tool.Readonly, isReadonly).pipe(
    Context.add(Tool.Destructive, false),
    Context.add(Tool.Idempotent, isReadonly),
    Context.add(Tool.OpenWorld, false)
  )
const reading = hints(true)
const writing = hints(false)

const { category, charts, countsAhead, description, filters, groupBys, id, label, takesTimeframe, unit, within } =
  CatalogEntry.fields
const Found = Schema.Struct({
  id,
  label,
  description,
  category,
  unit,
  charts,
  groupBys,
  filters,
  takesTimeframe,
  countsAhead,
  within
})

export const SearchMetrics = Tool.make("search_metrics", {
  ...common,
  description:
    "Search the catalog of metrics that the caller may use. Call it first: other tools take metricId, chart, groupBy and filters from it, word for word.",
  parameters: lenient(Schema.Struct({
    words: Schema.optionalKey(
      Text({ maximum: 200 }).annotate({ description: "Words in the id, label or description of a metric." })
    )
  })),
  success: Schema.Struct({ metrics: Schema.Array(Found), total: Schema.Int })
}).annotateMerge(reading)

export const RunMetrics = Tool.make("run_metrics", {
  ...common,
  description:
    "Compute widgets on live data. Numbers count only rows that the caller may see. Name window, scope and notes with each number. With `target: true`, a widget also has columns of its target, or a note why it has none.",
  parameters: lenient(RunRequest),
  success: Schema.Struct({ results: Schema.Array(RunTable) })
}).annotateMerge(reading)

export const ListRecords = Tool.make("records", {
  ...common,
  description: "List the rows behind a number: of a widget, or of the point `at` of its series. Newest first.",
  parameters: lenient(RecordsRequest),
  success: RecordTable
}).annotateMerge(reading)

const {
  createdAt: _createdAt,
  defaultFilters: _filters,
  defaultPeople: _people,
  layout: _layout,
  organizationId: _organization,
  people: _readers,
  ...summary
} = Report.fields
const Summary = Schema.Struct({ ...summary, widgets: Schema.Int })

export const ListReports = Tool.make("list_reports", {
  ...common,
  description: "List saved reports that the caller may read, the last changed first. Long descriptions may be cut.",
  parameters: lenient(Schema.Struct({
    search: Schema.optionalKey(Text({ maximum: 200 })),
    page: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 }))),
    limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })))
  })),
  success: Schema.Struct({ results: Schema.Array(Summary), total: Schema.Int })
}).annotateMerge(reading)

export const GetReport = Tool.make("get_report", {
  ...common,
  description: "Get a saved report with its widgets.",
  parameters: Schema.Struct({ reportId: ReportId }),
  success: Report
}).annotateMerge(reading)

export const GetHistory = Tool.make("report_history", {
  ...common,
  description:
    "Get the numbers that the snapshots of a report have of one widget, oldest first. A snapshot whose number means something else is a gap, with the reason.",
  parameters: lenient(Schema.Struct({ reportId: ReportId, ...HistoryQuery })),
  success: ReportHistory
}).annotateMerge(reading)

export const SaveReport = Tool.make("save_report", {
  ...common,
  description:
    "Save a new report. The grid has 12 columns; a widget may have x, y, w and h. A widget that is not in the catalog is refused.",
  parameters: lenient(CreateReport),
  success: ReportReceipt
}).annotateMerge(writing)

export const FreezeReport = Tool.make("freeze_report", {
  ...common,
  description: "Store a snapshot of a report with its numbers of this moment. It is kept for 180 days.",
  parameters: lenient(Schema.Struct({ reportId: ReportId, ...FreezeRequest.fields })),
  success: SnapshotReceipt
}).annotateMerge(writing)

export const DesignReport = Tool.make("design_report", {
  ...common,
  description:
    "Draft a report from a wish in plain words. Nothing is stored: check what was not understood, then send `draft` to save_report.",
  parameters: DesignRequest,
  success: Design
}).annotateMerge(Context.add(reading, Tool.OpenWorld, true))

export const ReadTools = Toolkit.make(SearchMetrics, RunMetrics, ListRecords, ListReports, GetReport, GetHistory)
export const DesignTools = Toolkit.make(DesignReport)
export const ReportTools = Toolkit.make(SaveReport)
export const SnapshotTools = Toolkit.make(FreezeReport)
