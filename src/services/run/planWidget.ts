import { Effect, Result } from "effect"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RunRequest, WidgetRequest } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Series } from "../../domain/Series.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import { defaultTimeframe } from "../../domain/Timeframe.ts"
import { appliedValues, type Filters, filtersOf } from "../../query/Filters.ts"
import { type Plan, type PlannedTargets, planOf } from "../../query/Plan.ts"
import { emptySeries, faultySeries } from "../../query/series/emptySeries.ts"
import type { Catalog } from "../access/Catalog.ts"

export type PlannedWidget = Result.Result<Plan, Series>

export interface Run {
  readonly caller: Caller
  readonly request: RunRequest
  readonly scope: Scope
  readonly asOf: Instant
  readonly targets?: PlannedTargets | undefined
}

/** Filters that are stored may have another order of keys. */
const targetsFor = (targets: PlannedTargets | undefined, id: string, filters: Filters): PlannedTargets | undefined => {
  if (targets === undefined || targets === "unavailable") return targets
  const hash = sha256OfJson(appliedValues(filters))
  return targets.filter((target) => target.metricId === id && sha256OfJson(target.filters) === hash)
}

const planned = (
  catalog: Catalog["Service"],
  { asOf, caller, request, scope, targets: all }: Run,
  widget: WidgetRequest
): PlannedWidget => {
  const admission = catalog.admit(caller, widget)
  if (admission._tag === "Refused") {
    return Result.fail(faultySeries(admission.metric, scope, asOf, admission.fault))
  }
  if (admission._tag === "Gated") {
    const empty = emptySeries(admission.metric, scope, asOf)
    return Result.fail({ ...empty, meta: { ...empty.meta, gated: "admin_only" } })
  }
  const { id, metric } = admission
  const filters = filtersOf(metric, widget.filters)
  const timeframe = widget.timeframe ?? request.timeframe ?? defaultTimeframe
  const { comparePrevious = false, groupBy } = widget
  const targets = widget.target === true ? targetsFor(all, id, filters) : undefined
  return planOf({ id, metric, scope, asOf, groupBy, filters, targets }, timeframe, comparePrevious).pipe(
    Result.mapError((error) => faultySeries(metric, scope, asOf, error))
  )
}

/** After planning more buckets than this, the run lets other requests go first. */
const manyBuckets = 100

export const planWidget = (catalog: Catalog["Service"], run: Run) => (widget: WidgetRequest) =>
  Effect.suspend(() => {
    const result = planned(catalog, run, widget)
    const isLong = Result.isFailure(result) || result.success.buckets.length > manyBuckets
    return isLong ? Effect.as(Effect.yieldNow, result) : Effect.succeed(result)
  })
