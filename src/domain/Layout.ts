import { Schema } from "effect"
import { isAtMostKiB, isStorableJson } from "./Json.ts"
import { faultOfDuplicateIds, InstanceId, maxWidgets, type WidgetRequest } from "./Run.ts"
import { Text, undocumented, Word } from "./Text.ts"
import { storedTimeframe, TimeframeRequest } from "./Timeframe.ts"
import { stored, verbatim } from "./Verbatim.ts"

const widgetFields = {
  instanceId: InstanceId,
  metricId: Word,
  chart: Word,
  groupBy: Schema.optionalKey(Word),
  comparePrevious: Schema.optionalKey(Schema.Boolean),
  title: Schema.optionalKey(Text({ maximum: 200 })),
  x: Schema.Finite,
  y: Schema.Finite,
  w: Schema.Finite,
  h: Schema.Finite
}

/** A report with a wrong timeframe or filter can be saved. Only a run checks them. */
const Widget = Schema.Struct({
  ...widgetFields,
  timeframe: Schema.optionalKey(stored(TimeframeRequest)),
  filters: Schema.optionalKey(Schema.Unknown)
}).annotate({ identifier: "Widget" })

const WidgetList = Schema.Struct({
  widgets: Schema.Array(Widget).check(
    Schema.isMaxLength(maxWidgets),
    Schema.makeFilter(faultOfDuplicateIds, undocumented)
  )
}).annotate({ identifier: "Layout" })

export const LayoutRequest = verbatim(WidgetList).check(isAtMostKiB(256), isStorableJson())
export type Layout = typeof LayoutRequest.Type

export const Layout = stored(WidgetList)

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Stored filters that are not an object become this filter, which matches no row. */
const matchesNothing = { status: false }

const requestOf = (
  { chart, comparePrevious, filters, groupBy, instanceId, metricId, timeframe }: Layout["widgets"][number]
): WidgetRequest => ({
  instanceId,
  metricId,
  chart,
  ...(groupBy !== undefined && { groupBy }),
  ...(comparePrevious === true && { comparePrevious }),
  ...(timeframe !== undefined && { timeframe: storedTimeframe(timeframe) }),
  ...(filters !== undefined && filters !== null && { filters: isObject(filters) ? filters : matchesNothing })
})

export const requestsOf = ({ widgets }: Layout): ReadonlyArray<WidgetRequest> => widgets.map(requestOf)
