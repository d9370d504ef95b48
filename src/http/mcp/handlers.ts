import { Effect, Layer, Predicate } from "effect"
import type { Refusal } from "../../domain/AgentAnswer.ts"
import { type Caller, CurrentCaller } from "../../domain/Caller.ts"
import type { CatalogEntry } from "../../domain/CatalogEntry.ts"
import { type Listed, pageOf } from "../../domain/Page.ts"
import { type CreateReport, receiptOfReport, type ReportSummary } from "../../domain/Report.ts"
import { receiptOf } from "../../domain/Snapshot.ts"
import { Catalog } from "../../services/access/Catalog.ts"
import { ReportValidation } from "../../services/access/ReportValidation.ts"
import { Admission } from "../../services/admission/Admission.ts"
import { AgentRuns, fitting, isSmall, recordTable, smallAnswer } from "../../services/agents/AgentRuns.ts"
import { Designer } from "../../services/design/Designer.ts"
import { Freezing } from "../../services/reports/Freezing.ts"
import { Histories } from "../../services/reports/Histories.ts"
import { ReportRepo } from "../../services/reports/ReportRepo/ReportRepo.ts"
import { Records } from "../../services/run/Records.ts"
import { DesignTools, ReadTools, ReportTools, SnapshotTools } from "./tools.ts"

const maxFound = 20
const recordsByDefault = 20
const reportsByDefault = 20

const refusalOf = (error: { readonly message: string }): Refusal => ({
  code: Predicate.hasProperty(error, "code") ? String(error.code) : "failed",
  message: error.message
})

const asCaller = <A, E extends { readonly message: string }, R>(work: (caller: Caller) => Effect.Effect<A, E, R>) =>
  Effect.flatMap(CurrentCaller, work).pipe(Effect.mapError(refusalOf))

const shortEntry = (entry: CatalogEntry) => {
  const { category, charts, countsAhead, description, filters, groupBys, id, label, takesTimeframe, unit, within } =
    entry
  return { id, label, description, category, unit, charts, groupBys, filters, takesTimeframe, countsAhead, within }
}

const shortDescription = 100

/** Long descriptions are cut when the whole list would be too large. `get_report` returns the whole description. */
const listAnswer = ({ results, total }: Listed<ReportSummary>) => {
  const whole = { results: results.map(({ widgetCount, ...report }) => ({ ...report, widgets: widgetCount })), total }
  if (isSmall(whole)) return Effect.succeed(whole)
  const cut = (text: string) => [...text].slice(0, shortDescription).join("")
  const short = whole.results.map((report) => ({
    ...report,
    description: report.description && cut(report.description)
  }))
  return smallAnswer({ results: short, total }, "Ask for a smaller limit.")
}

const matches = (words: string) => {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== "")
  return (
    { description, id, label }: { readonly description: string; readonly id: string; readonly label: string }
  ) => {
    const text = `${id} ${label} ${description}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
}

/** A tool passes the same door as the route that does the same. */
const ReadHandlers = ReadTools.toLayer(Effect.gen(function*() {
  const [catalog, runs, records] = [yield* Catalog, yield* AgentRuns, yield* Records]
  const [reports, admission, histories] = [yield* ReportRepo, yield* Admission, yield* Histories]
  return ReadTools.of({
    search_metrics: ({ words = "" }) =>
      asCaller((caller) => {
        const found = catalog.entriesFor(caller).filter(matches(words))
        return Effect.succeed({ metrics: fitting(found.map(shortEntry), maxFound), total: found.length })
      }),
    run_metrics: (request) => asCaller((caller) => admission.admit(caller, "runs")(runs.run(caller, request))),
    records: (request) =>
      asCaller((caller) =>
        Effect.flatMap(
          admission.admit(caller, "records")(records.page(caller, { limit: recordsByDefault, ...request })),
          (page) => smallAnswer(recordTable(page), "Ask for a smaller limit.")
        )
      ),
    list_reports: ({ limit = reportsByDefault, page = 1, search }) =>
      asCaller((caller) =>
        admission.withPlace("reads", caller.organizationId)(
          reports.list(caller, { ...pageOf({ page, limit }), ...(search !== undefined && { search }) })
        ).pipe(Effect.flatMap(listAnswer))
      ),
    get_report: ({ reportId }) =>
      asCaller((caller) =>
        Effect.flatMap(reports.find(caller, reportId), (report) => smallAnswer(report, "Open it on the page."))
      ),
    report_history: ({ reportId, ...asked }) =>
      asCaller((caller) =>
        Effect.flatMap(
          histories.of(caller, reportId, asked),
          (history) => smallAnswer(history, "Ask for a shorter range.")
        )
      )
  })
}))

const ReportHandlers = ReportTools.toLayer(Effect.gen(function*() {
  const [validation, reports] = [yield* ReportValidation, yield* ReportRepo]
  const save = Effect.fnUntraced(function*(caller: Caller, report: CreateReport) {
    yield* validation.checkReport(caller, report)
    return receiptOfReport(yield* reports.create(caller, report))
  })
  return ReportTools.of({ save_report: (report) => asCaller((caller) => save(caller, report)) })
}))

const DesignHandlers = DesignTools.toLayer(Effect.gen(function*() {
  const designer = yield* Designer
  const { admit } = yield* Admission
  return DesignTools.of({
    design_report: ({ prompt }) =>
      asCaller((caller) =>
        Effect.flatMap(
          admit(caller, "design")(designer.design(caller, prompt)),
          (design) => smallAnswer(design, "Describe a smaller report.")
        )
      )
  })
}))

const SnapshotHandlers = SnapshotTools.toLayer(Effect.gen(function*() {
  const [validation, freezing] = [yield* ReportValidation, yield* Freezing]
  const { admit } = yield* Admission
  return SnapshotTools.of({
    freeze_report: ({ reportId, ...request }) =>
      asCaller((caller) =>
        admit(caller, "runs")(
          validation.checkTimeframe(caller, "timeframe", request.timeframe).pipe(
            Effect.andThen(freezing.freeze(caller, reportId, request)),
            Effect.map(receiptOf)
          )
        )
      )
  })
}))

export const ToolHandlers = Layer.mergeAll(ReadHandlers, DesignHandlers, ReportHandlers, SnapshotHandlers)
