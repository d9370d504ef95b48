import { Context, DateTime, Effect, Layer, Result } from "effect"
import type { Caller } from "../domain/Caller.ts"
import { InvalidRequest, type Issue } from "../domain/InvalidRequest.ts"
import type { Layout } from "../domain/Layout.ts"
import type { WidgetFault } from "../domain/Series.ts"
import type { Timeframe } from "../domain/Timeframe.ts"
import type { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { windowOf } from "../domain/Window.ts"
import { Catalog } from "./Catalog.ts"
import { Directory } from "./Directory.ts"

const placeOf = ({ code }: WidgetFault): string => {
  switch (code) {
    case "unknown_metric":
      return "metricId"
    case "unsupported_chart":
      return "chart"
    case "unsupported_group_by":
      return "groupBy"
    case "invalid_timeframe":
    case "too_many_buckets":
      return "timeframe"
    case "timeout":
    case "unavailable":
      return "instanceId"
  }
}

/** Whether what is about to be saved can be run. */
export class Definitions extends Context.Service<Definitions, {
  /** Every widget's metric, chart and grouping, as the catalog knows them, whoever saves it. */
  checkLayout(layout: Layout | undefined): Effect.Effect<void, InvalidRequest>
  /** Against the calendar of the caller's organization: whether a window is empty may depend on its zone. */
  checkTimeframe(
    caller: Caller,
    name: string,
    timeframe: Timeframe | undefined
  ): Effect.Effect<void, InvalidRequest | Unavailable | TimedOut>
}>()("crm-reports/services/Definitions") {
  static readonly layer = Layer.effect(
    Definitions,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const directory = yield* Directory

      const checkLayout = Effect.fnUntraced(function*(layout: Layout | undefined) {
        const issues = (layout?.widgets ?? []).flatMap((widget, index): ReadonlyArray<Issue> =>
          catalog.faultsOf(widget).map((fault) => ({
            path: `layout.widgets[${index}].${placeOf(fault)}`,
            message: fault.message
          }))
        )
        if (issues.length > 0) return yield* InvalidRequest.of(issues)
      })

      const checkTimeframe = Effect.fnUntraced(
        function*({ organizationId }: Caller, name: string, timeframe: Timeframe | undefined) {
          if (timeframe === undefined) return
          const { organization } = yield* directory.lookUp(organizationId, [])
          const window = windowOf(timeframe, organization, (yield* DateTime.now).epochMilliseconds)
          if (Result.isFailure(window)) {
            return yield* InvalidRequest.of([{ path: name, message: window.failure.message }])
          }
        }
      )
      return { checkLayout, checkTimeframe }
    })
  )
}
