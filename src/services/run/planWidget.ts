import { Effect, Result } from "effect"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RunRequest, WidgetRequest } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Series } from "../../domain/Series.ts"
import { defaultTimeframe } from "../../domain/Timeframe.ts"
import { filtersOf } from "../../query/Filters.ts"
import { type Plan, planOf } from "../../query/Plan.ts"
import { emptySeries, faultySeries } from "../../query/series/emptySeries.ts"
import type { Catalog } from "../access/Catalog.ts"

/** A widget that is ready to be asked, or its answer, if there is nothing to ask. */
type Prepared = Result.Result<Plan, Series>

const prepareFor =
  (catalog: Catalog["Service"], caller: Caller, scope: Scope, asOf: Instant, request: RunRequest) =>
  (widget: WidgetRequest): Prepared => {
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
    return planOf({ id, metric, scope, asOf, groupBy: widget.groupBy, filters }, timeframe).pipe(
      Result.mapError((error) => faultySeries(metric, scope, asOf, error))
    )
  }

export type Prepare = (widget: WidgetRequest) => Effect.Effect<Prepared>

const manySlots = 100

/** A thousand buckets take milliseconds and fifty widgets of them a second: others get their turn in between. */
export const preparing = (
  catalog: Catalog["Service"],
  caller: Caller,
  scope: Scope,
  asOf: Instant,
  request: RunRequest
): Prepare => {
  const prepareOne = prepareFor(catalog, caller, scope, asOf, request)
  return (widget) =>
    Effect.suspend(() => {
      const prepared = prepareOne(widget)
      const isLong = Result.isFailure(prepared) || prepared.success.buckets.length > manySlots
      return isLong ? Effect.as(Effect.yieldNow, prepared) : Effect.succeed(prepared)
    })
}
