import { Predicate, Schema } from "effect"
import { closed } from "./closed.ts"
import { MetricSeries } from "./Series.ts"
import { Text, undocumented, Word } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"

export const maxWidgets = 50
const maxAssignees = 1_000
const maxFilterKeys = 64
const maxFilterValues = 1_000

export const InstanceId = Text({ minimum: 1, maximum: 64 })

export const AssigneeIds = Schema.Array(Word).check(Schema.isMaxLength(maxAssignees))

const asInRun = "As in `POST /crm-reports/metrics/run`."

/** Both fields are ignored for members. With `everyone`, `assigneeIds` is ignored. An id may be `~nobody`. */
export const selection = {
  assigneeIds: Schema.optionalKey(AssigneeIds).annotateKey({ description: asInRun }),
  everyone: Schema.optionalKey(Schema.Boolean).annotateKey({ description: asInRun })
}
export type Selection = Schema.Struct.Type<typeof selection>

export const People = closed(selection, "choice of people").annotate({ identifier: "People" })

export const faultOfFilters = (filters: unknown) => {
  const entries = Predicate.isReadonlyObject(filters) ? Object.entries(filters) : []
  if (entries.length > maxFilterKeys) return `must not have more than ${maxFilterKeys} keys`
  const long = entries.find(([, value]) => Array.isArray(value) && value.length > maxFilterValues)
  return long && { path: [long[0]], issue: `must not have more than ${maxFilterValues} values` }
}

/** `Schema.Unknown` would prevent Effect from compiling the decoder. */
const anything: Schema.Codec<unknown> = Schema.Any

/** Filters that are not an object are accepted: their widget counts nothing. */
export const FiltersRequest = anything.check(Schema.makeFilter(faultOfFilters, undocumented)).annotate({
  identifier: "Filters"
})

/** A view has people, a timeframe, filters, and whether the window before is counted too. */
export const view = {
  ...selection,
  timeframe: Schema.optionalKey(TimeframeRequest).annotateKey({
    description:
      "Used by widgets without a timeframe of their own. Default: `last_30d` by `day`, and for expected times `next_90d` by `month`."
  }),
  filters: Schema.optionalKey(FiltersRequest).annotateKey({
    description:
      "Limit the rows of all widgets. A row must also pass the filters of its widget. `meta.filters.ignored` of a widget names those that its metric does not have."
  }),
  comparePrevious: Schema.optionalKey(Schema.Boolean).annotateKey({
    description:
      "True: each timeseries also has `previousPoints`, the same series over the window before, and each point of a category or a leaderboard has `previous` and `deltaPct`."
  })
}

export const View = Schema.Struct(view).annotate({ identifier: "View" })
export type View = typeof View.Type

/** The fields that a widget has in a run and in a saved report. */
export const askedFields = {
  instanceId: InstanceId,
  metricId: Word,
  chart: Word,
  groupBy: Schema.optionalKey(Word),
  comparePrevious: Schema.optionalKey(Schema.Boolean),
  target: Schema.optionalKey(Schema.Boolean).annotateKey({
    description:
      "True: the number is compared with its target, for a timeframe of whole months, quarters or years. The widget is a stat, a timeseries without groupBy, or a ranking by person over a timeframe."
  }),
  within: Schema.optionalKey(Schema.Finite).annotateKey({
    description: "For metrics of cohorts: a lead counts as a client if it became one within so many days of its entry."
  })
}

export const WidgetRequest = Schema.Struct({
  ...askedFields,
  table: Schema.optionalKey(Text({ maximum: 200 })).annotateKey({
    description: "For a file: the rankings with the same `table` are one table of people with this title."
  }),
  timeframe: Schema.optionalKey(TimeframeRequest),
  filters: Schema.optionalKey(FiltersRequest)
}).annotate({ identifier: "WidgetRequest" })
export type WidgetRequest = typeof WidgetRequest.Type

export const faultOfDuplicateIds = (widgets: ReadonlyArray<{ readonly instanceId: string }>) => {
  const seen = new Set<string>()
  for (const [index, { instanceId }] of widgets.entries()) {
    if (seen.has(instanceId)) return { path: [index, "instanceId"], issue: "is used by another widget" }
    seen.add(instanceId)
  }
  return undefined
}

export const RunRequest = Schema.Struct({
  widgets: Schema.Array(WidgetRequest).check(
    Schema.isMaxLength(maxWidgets),
    Schema.makeFilter(faultOfDuplicateIds, undocumented)
  ).annotateKey({ description: "Each widget has a different `instanceId`." }),
  assigneeIds: selection.assigneeIds.annotateKey({
    description:
      "User ids whose rows an admin counts. The id `~nobody` stands for the rows that no member owns or is assigned to. Without ids, the admin's own rows are counted. Ignored for members, who count their own rows."
  }),
  everyone: selection.everyone.annotateKey({
    description:
      "True: an admin counts all rows of the organization, also those that no member owns or is assigned to. `assigneeIds` is then ignored. Ignored for members."
  }),
  timeframe: view.timeframe,
  filters: view.filters,
  comparePrevious: view.comparePrevious
}).annotate({
  identifier: "RunRequest",
  description: "The widgets to compute, the people whose rows are counted, the timeframe, and filters of all widgets."
})
export type RunRequest = typeof RunRequest.Type

const elseDefaultPeople = "Without `assigneeIds` and `everyone`, the report's `defaultPeople` are counted."

/** The view of a run, a file, or a freeze of a saved report. */
export const viewOfReport = {
  assigneeIds: view.assigneeIds.annotateKey({ description: `${asInRun} ${elseDefaultPeople}` }),
  everyone: view.everyone.annotateKey({ description: `${asInRun} ${elseDefaultPeople}` }),
  filters: view.filters.annotateKey({ description: `${asInRun} Default: the report's \`defaultFilters\`.` }),
  comparePrevious: view.comparePrevious,
  timeframe: Schema.optionalKey(TimeframeRequest).annotateKey({
    description: "Used by widgets without a timeframe of their own. Default: the report's `defaultTimeframe`."
  })
}

export const ReportRunRequest = Schema.Struct(viewOfReport).annotate({ identifier: "ReportRunRequest" })
export type ReportRunRequest = typeof ReportRunRequest.Type

export const RunResponse = Schema.Struct({
  results: Schema.Array(MetricSeries).annotateKey({
    description: "One result for each widget, in the order of the request."
  })
}).annotate({ identifier: "RunResponse" })
