import { Context, Data, DateTime, Effect, Layer, Result } from "effect"
import type { AlertFigure } from "../../documents/alertLine.ts"
import { type Alert, type AlertState, figureOf, type Judgement, judgementOf } from "../../domain/Alert.ts"
import type { Caller } from "../../domain/Caller.ts"
import { runRequestOf, viewOf } from "../../domain/DefaultView.ts"
import type { Ordered } from "../../domain/Delivery.ts"
import { InvalidRequest, type Issue } from "../../domain/InvalidRequest.ts"
import { widgetsOf } from "../../domain/Layout.ts"
import { storedTimeframe } from "../../domain/lenient.ts"
import { faultOfDecimals, numberFormats } from "../../domain/numberFormats.ts"
import type { Report, ReportNotFound } from "../../domain/Report.ts"
import type { View } from "../../domain/Run.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import { hasWholePeriods } from "../../domain/targetAmounts.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { todayOf, type Window, windowOf } from "../../domain/Window.ts"
import { localizationOf } from "../../languages/messagesOf.ts"
import { isAhead, type Metric } from "../../metrics/Metric.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { takesTarget } from "../../query/series/target.ts"
import { Catalog } from "../access/Catalog.ts"
import { Organizations } from "../access/Organizations.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { MetricRunner } from "../run/MetricRunner.ts"

/** A widget took too long, or the database did not answer. */
export class NotComputed extends Data.TaggedError("NotComputed")<{}> {}

export interface Judged extends AlertFigure {
  readonly verdict: Judgement["verdict"] | "widget_removed"
  readonly state: AlertState | undefined
}

type Widget = ReturnType<typeof widgetsOf>[number]

interface Found {
  readonly widget: Widget
  readonly metric: Metric
}

const removed: Judged = { verdict: "widget_removed", state: undefined, label: "", unit: "count", figure: null }

const percentDecimals = 1

const faultOfWidget = ({ of }: Alert, { groupBy, target }: Widget, metric: Metric): string | undefined => {
  const isStat = metric.shape === "stat"
  switch (of) {
    case "value":
      return isStat ? undefined : "needs a widget that shows one number"
    case "deltaPct":
      return isStat && metric.at !== undefined ? undefined : "needs a widget that shows one number over a timeframe"
    case "pace": {
      const isCompared = target === true && takesTarget(metric) && metric.shape !== "leaderboard" &&
        groupBy === undefined
      return isCompared ? undefined : "needs a number or an ungrouped timeseries with `target: true`, over a timeframe"
    }
  }
}

const faultOfWindow = ({ of }: Alert, window: Window): string | undefined => {
  if (of === "deltaPct" && window.previous === null) return "needs a timeframe with a window before it"
  if (of === "pace" && !hasWholePeriods(window)) return "needs a timeframe of whole months, quarters or years"
  return undefined
}

const faultsOfThreshold = ({ above, below, of }: Alert, { unit }: Metric): ReadonlyArray<Issue> => {
  const decimals = of === "value" ? numberFormats[unit].decimals : percentDecimals
  return Object.entries({ above, below }).flatMap(([side, value]) => {
    const message = value === undefined ? undefined : faultOfDecimals(decimals, value)
    return message === undefined ? [] : [{ path: `when.${side}`, message }]
  })
}

const isInMoney = ({ of }: Alert, { unit }: Metric): boolean => of === "value" && unit === "money"

const mayBeComputedLater = ({ of }: Alert, { error, meta: { target } }: MetricSeries): boolean => {
  const fault = of === "pace" && target !== undefined && "error" in target ? target.error : error
  return fault?.code === "timeout" || fault?.code === "unavailable"
}

/** An alert compares a figure of one widget with a threshold, for each recipient under the recipient's own gate. */
export class Alerts extends Context.Service<Alerts, {
  /** Returns the alert with the currency of its threshold. Fails if the widget has no such figure. */
  checked(caller: Caller, report: Report, view: View, alert: Alert): Effect.Effect<Alert, InvalidRequest | Unreachable>
  judge(
    reader: Caller,
    order: Ordered,
    alert: Alert
  ): Effect.Effect<Judged, NotComputed | ReportNotFound | Unreachable>
}>()("crm-reports/services/deliveries/Alerts") {
  static readonly layer = Layer.effect(
    Alerts,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const organizations = yield* Organizations
      const reports = yield* ReportRepo
      const runner = yield* MetricRunner

      const widgetIn = ({ layout }: Report, { instanceId }: Alert): Found | undefined => {
        const widget = widgetsOf(layout).find((one) => one.instanceId === instanceId)
        const metric = widget && catalog.metric(widget.metricId)
        return widget && metric && { widget, metric }
      }

      const windowIn = Effect.fnUntraced(
        function*({ organizationId }: Caller, report: Report, view: View, { metric, widget }: Found) {
          const { organization } = yield* organizations.lookUp(organizationId, [])
          const now = (yield* DateTime.now).epochMilliseconds
          const { timeframe } = viewOf(report, view)
          const asked = widget.timeframe === undefined ? timeframe : storedTimeframe(widget.timeframe)
          const today = isAhead(metric) ? Result.getOrUndefined(todayOf(organization, now)) : undefined
          return { organization, window: windowOf(asked ?? { preset: "" }, organization, now, today) }
        }
      )

      const checked = Effect.fnUntraced(function*(caller: Caller, report: Report, view: View, alert: Alert) {
        const found = widgetIn(report, alert)
        if (found === undefined) {
          const issue = {
            path: "when.instanceId",
            message: "is no widget of the report whose metric is in the catalog"
          }
          return yield* InvalidRequest.of([issue])
        }
        const { metric, widget } = found
        const { organization, window } = yield* windowIn(caller, report, view, found)
        const inTime = alert.of === "value" ? undefined : Result.match(window, {
          onFailure: ({ message }) => message,
          onSuccess: (found) => faultOfWindow(alert, found)
        })
        const fault = faultOfWidget(alert, widget, metric) ?? inTime
        const isMoney = isInMoney(alert, metric)
        const issues = [
          ...(fault === undefined ? [] : [{ path: "when.of", message: fault }]),
          ...faultsOfThreshold(alert, metric),
          ...(alert.currency === undefined || isMoney
            ? []
            : [{ path: "when.currency", message: "must be absent, because the figure is no amount of money" }])
        ]
        if (issues.length > 0) return yield* InvalidRequest.of(issues)
        return isMoney ? { ...alert, currency: alert.currency ?? organization.currency } : alert
      })

      const judge = Effect.fnUntraced(function*(reader: Caller, order: Ordered, alert: Alert) {
        const report = yield* reports.find(reader, order.reportId)
        const found = widgetIn(report, alert)
        if (found === undefined || faultOfWidget(alert, found.widget, found.metric) !== undefined) return removed
        const { metric, widget } = found
        const { widgets, ...view } = runRequestOf(report, order.view)
        const asked = widgets.filter(({ instanceId }) => instanceId === alert.instanceId)
        const [series] = yield* runner.runInBackground(reader, { ...view, widgets: asked })
        if (series === undefined || mayBeComputedLater(alert, series)) return yield* new NotComputed()
        const figure = figureOf(alert, series)
        if (figure === null && alert.of !== "value") {
          const { window } = yield* windowIn(reader, report, order.view, found)
          if (Result.isSuccess(window) && faultOfWindow(alert, window.success) !== undefined) return removed
        }
        // Another role sees other rows, so its numbers do not continue the former ones.
        const basis = sha256OfJson([reader.role, alert, view, asked.map(({ chart: _chart, ...one }) => one)])
        const state = order.recipient?.alert ?? null
        const judged: Judged = {
          ...judgementOf(alert, figure, basis, state, yield* DateTime.now),
          label: titleOf(
            widget,
            catalog.entriesFor(reader, order.locale).find(({ id }) => id === widget.metricId),
            localizationOf(order.locale)
          ),
          unit: metric.unit,
          figure
        }
        return judged
      })
      return { checked, judge }
    })
  )
}
