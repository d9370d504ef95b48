import { Context, DateTime, Effect, Layer, Result } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import { InvalidRequest, type Issue } from "../../domain/InvalidRequest.ts"
import { type Layout, widgetsOf } from "../../domain/Layout.ts"
import type { CreateReport } from "../../domain/Report.ts"
import { storedTimeframe, type Timeframe } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { windowOf } from "../../domain/Window.ts"
import { Catalog } from "./Catalog.ts"
import { Organizations } from "./Organizations.ts"

const fieldOf = {
  unknown_metric: "metricId",
  unsupported_chart: "chart",
  unsupported_group_by: "groupBy",
  unsupported_comparison: "comparePrevious"
} as const

export class ReportValidation extends Context.Service<ReportValidation, {
  checkReport(caller: Caller, report: Partial<CreateReport>): Effect.Effect<void, InvalidRequest | Unreachable>
  /** `path` is the place of the timeframe in the request. */
  checkTimeframe(
    caller: Caller,
    path: string,
    timeframe: Timeframe | undefined
  ): Effect.Effect<void, InvalidRequest | Unreachable>
}>()("crm-reports/services/access/ReportValidation") {
  static readonly layer = Layer.effect(
    ReportValidation,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const organizations = yield* Organizations

      const checkLayout = Effect.fnUntraced(function*(layout: Layout | undefined) {
        const widgets = layout === undefined ? [] : widgetsOf(layout)
        const issues = widgets.flatMap((widget, index): ReadonlyArray<Issue> =>
          catalog.faultsOf(widget).map(({ code, message }) => ({
            path: `layout.widgets[${index}].${fieldOf[code]}`,
            message
          }))
        )
        if (issues.length > 0) return yield* InvalidRequest.of(issues)
      })

      const checkTimeframe = Effect.fnUntraced(
        function*({ organizationId }: Caller, path: string, timeframe: Timeframe | undefined) {
          if (timeframe === undefined) return
          const { organization } = yield* organizations.lookUp(organizationId, [])
          const window = windowOf(storedTimeframe(timeframe), organization, (yield* DateTime.now).epochMilliseconds)
          if (Result.isFailure(window)) {
            return yield* InvalidRequest.of([{ path, message: window.failure.message }])
          }
        }
      )

      const checkReport = Effect.fnUntraced(
        function*(caller: Caller, { defaultTimeframe, layout }: Partial<CreateReport>) {
          yield* checkLayout(layout)
          yield* checkTimeframe(caller, "defaultTimeframe", defaultTimeframe)
        }
      )
      return { checkReport, checkTimeframe }
    })
  )
}
