import { Schema } from "effect"
import { isAtMostKiB, isStorableJson } from "./Json.ts"
import { stored, storedTimeframe, verbatim, withoutNulls } from "./lenient.ts"
import { askedFields, faultOfDuplicateIds, maxWidgets, type WidgetRequest } from "./Run.ts"
import { Text, undocumented } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"

const widgetFields = {
  ...askedFields,
  title: Schema.optionalKey(Text({ maximum: 200 })),
  table: Schema.optionalKey(Text({ maximum: 200 })).annotateKey({
    description:
      "For a ranking: the widgets with the same `table` are the columns of one table of people, which has this title and the place that they take together."
  }),
  x: Schema.optionalKey(Schema.Finite),
  y: Schema.optionalKey(Schema.Finite),
  w: Schema.optionalKey(Schema.Finite),
  h: Schema.optionalKey(Schema.Finite)
}

/** A report with a wrong timeframe or filter can be saved. Only a run checks them. */
const Widget = Schema.Struct({
  ...widgetFields,
  timeframe: Schema.optionalKey(stored(TimeframeRequest)),
  filters: Schema.optionalKey(Schema.Unknown)
}).annotate({
  identifier: "Widget",
  description: "The widget as it was saved. Its metric may have been removed from the catalog since."
})

const WidgetList = Schema.Struct({
  widgets: Schema.Array(Widget).check(
    Schema.isMaxLength(maxWidgets),
    Schema.makeFilter(faultOfDuplicateIds, undocumented)
  )
}).annotate({ identifier: "Layout" })

export const LayoutRequest = verbatim(WidgetList).check(isAtMostKiB(256), isStorableJson())
export type Layout = typeof LayoutRequest.Type

export const Layout = stored(WidgetList)

const clean = withoutNulls(WidgetList)

export const widgetsOf = (layout: Layout): Layout["widgets"] => clean(layout).widgets

const requestOf = (
  { chart, comparePrevious, filters, groupBy, instanceId, metricId, target, timeframe, within }:
    Layout["widgets"][number]
): WidgetRequest => ({
  instanceId,
  metricId,
  chart,
  ...(groupBy !== undefined && { groupBy }),
  ...(comparePrevious === true && { comparePrevious }),
  ...(target === true && { target }),
  ...(within !== undefined && { within }),
  ...(timeframe !== undefined && { timeframe: storedTimeframe(timeframe) }),
  ...(filters !== undefined && { filters })
})

export const requestsOf = (layout: Layout): ReadonlyArray<WidgetRequest> => widgetsOf(layout).map(requestOf)
