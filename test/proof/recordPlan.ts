import { Effect } from "effect"
import { storedTimeframe } from "../../src/domain/lenient.ts"
import type { RunRequest, WidgetRequest } from "../../src/domain/Run.ts"
import type { Scope } from "../../src/domain/Scope.ts"
import { all, type MetricId } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { isComparable } from "../../src/metrics/Metric.ts"
import { bothOf, filtersOf } from "../../src/query/Filters.ts"
import { planOf } from "../../src/query/Plan.ts"
import { scopeFor, selectedBy } from "../../src/services/access/Gating.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { type Question, stageWeights } from "../support/ask.ts"
import { now } from "../support/randomTables.ts"

const isId = (id: string): id is MetricId => Object.hasOwn(all, id)

export const scopeOf = Effect.fnUntraced(function*({ caller, request }: Question, tables: Tables) {
  const selected = selectedBy(caller, request)
  const organizations = yield* Effect.provide(Effect.service(Organizations), Organizations.layerMemory(tables))
  const membership = yield* Effect.orDie(organizations.lookUp(caller.organizationId, selected))
  return scopeFor(caller, selected, membership, now)
})

export const planOfWidget = (
  { comparePrevious, filters, groupBy, metricId, timeframe, within }: WidgetRequest,
  scope: Scope,
  view: Pick<RunRequest, "comparePrevious" | "filters">
) => {
  if (!isId(metricId)) throw new Error(`no metric ${metricId}`)
  const metric = all[metricId]
  const both = bothOf(filtersOf(metric, filters), filtersOf(metric, view.filters))
  const question = { id: metricId, metric, scope, asOf: now, groupBy, filters: both, within }
  const weights = new Map(Object.entries(stageWeights).map(([stage, weight]) => [stage, Math.round(weight * 100)]))
  const isCompared = view.comparePrevious === true && metric.shape !== "stat" && isComparable(metric)
  return planOf({ ...question, weights }, storedTimeframe(timeframe), comparePrevious === true || isCompared)
}
