import { Result, Schema } from "effect"
import { isAtMostKiB, isStorableJson } from "./Json.ts"
import { faultOfTwins, InstanceId, maxWidgets, type WidgetRequest } from "./Run.ts"
import { Text, untold, Word } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"
import { stored, verbatim } from "./Verbatim.ts"

const widgetFields = {
  instanceId: InstanceId,
  metricId: Word,
  chart: Word,
  groupBy: Schema.optionalKey(Word),
  title: Schema.optionalKey(Text({ maximum: 200 })),
  x: Schema.Finite,
  y: Schema.Finite,
  w: Schema.Finite,
  h: Schema.Finite
}

/** What a widget says of its timeframe and filters is judged when it is run. */
const Widget = Schema.Struct({
  ...widgetFields,
  timeframe: Schema.optionalKey(stored(TimeframeRequest)),
  filters: Schema.optionalKey(Schema.Unknown)
}).annotate({ identifier: "Widget" })

const WidgetList = Schema.Struct({
  widgets: Schema.Array(Widget).check(
    Schema.isMaxLength(maxWidgets),
    Schema.makeFilter(faultOfTwins, untold)
  )
}).annotate({ identifier: "Layout" })

/** A layout as it is sent: its widgets must be told apart and placed; every other key is kept verbatim. */
export const LayoutRequest = verbatim(WidgetList).check(isAtMostKiB(256), isStorableJson())
export type Layout = typeof LayoutRequest.Type

export const Layout = stored(WidgetList)

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const timeframe = Schema.decodeUnknownResult(TimeframeRequest)

/** No timeframe has this preset, so the widget will say that its timeframe is invalid. */
const unreadable = { preset: "" }

/** For filters that are no object: a key without a valid value matches nothing, so a snapshot is never wider than meant. */
const keepsNothing = { status: false }

/** What a stored widget asks. The catalog of that day may have known metrics that today's does not. */
const requestOf = (
  { chart, filters, groupBy, instanceId, metricId, timeframe: saved }: Layout["widgets"][number]
): WidgetRequest => ({
  instanceId,
  metricId,
  chart,
  ...(groupBy !== undefined && { groupBy }),
  ...(saved !== undefined && { timeframe: Result.getOrElse(timeframe(saved), () => unreadable) }),
  ...(filters !== undefined && filters !== null && { filters: isObject(filters) ? filters : keepsNothing })
})

export const requestsOf = ({ widgets }: Layout): ReadonlyArray<WidgetRequest> => widgets.map(requestOf)
