import { Effect, Result } from "effect"
import type { Caller } from "../domain/Caller.ts"
import type { RunRequest, WidgetRequest } from "../domain/Run.ts"
import type { Scope } from "../domain/Scope.ts"
import type { Series } from "../domain/Series.ts"
import { defaultTimeframe } from "../domain/Timeframe.ts"
import { filtersOf } from "../query/Filters.ts"
import { type Plan, planOf } from "../query/Plan.ts"
import { emptySeries } from "../query/shape/empty.ts"
import type { Catalog } from "./Catalog.ts"

/** A widget that is ready to be asked, or its answer, if there is nothing to ask. */
type Prepared = Result.Result<Plan, Series>

const prepare =
  (catalog: Catalog["Service"], caller: Caller, scope: Scope, asOf: number, request: RunRequest) =>
  (widget: WidgetRequest): Prepared => {
    const admission = catalog.admit(caller, widget)
    if (admission._tag === "Refused") {
      return Result.fail({ ...emptySeries(admission.metric, scope, asOf), error: admission.fault })
    }
    if (admission._tag === "Gated") {
      const empty = emptySeries(admission.metric, scope, asOf)
      return Result.fail({ ...empty, meta: { ...empty.meta, gated: "admin_only" } })
    }
    const { id, metric } = admission
    const filters = filtersOf(metric, widget.filters)
    const timeframe = widget.timeframe ?? request.timeframe ?? defaultTimeframe
    return planOf({ id, metric, scope, asOf, groupBy: widget.groupBy, filters }, timeframe).pipe(
      Result.mapError((error) => ({ ...emptySeries(metric, scope, asOf), error }))
    )
  }

export type Preparing = (widget: WidgetRequest) => Effect.Effect<Prepared>

const manySlots = 100

/** A thousand buckets take milliseconds and fifty widgets of them a second: others get their turn in between. */
export const preparing = (...about: Parameters<typeof prepare>): Preparing => {
  const prepareOne = prepare(...about)
  return (widget) =>
    Effect.suspend(() => {
      const prepared = prepareOne(widget)
      const isLong = Result.isFailure(prepared) || prepared.success.slots.length > manySlots
      return isLong ? Effect.as(Effect.yieldNow, prepared) : Effect.succeed(prepared)
    })
}
