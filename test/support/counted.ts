import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { ask, inMemory } from "./ask.ts"
import { asOf } from "./office.ts"

export const admin: Caller = { organizationId: OrgId.make("org"), userId: UserId.make("ana"), role: "admin" }

export type Asked = Partial<WidgetRequest> & { readonly metricId: string }

interface Circumstances {
  readonly caller?: Caller
  readonly assigneeIds?: ReadonlyArray<string>
  readonly now?: number
  /** The filters of the view. */
  readonly filters?: unknown
  /** True if the view compares with the window before. */
  readonly comparePrevious?: boolean
}

/** Computes the series of one widget in memory. */
export const counted = (
  tables: Tables,
  asked: Asked,
  { assigneeIds, caller = admin, comparePrevious, filters, now = asOf }: Circumstances = {}
) =>
  Effect.gen(function*() {
    const chart = metricsById.get(asked.metricId)?.charts[0] ?? "stat"
    const request = {
      widgets: [{ instanceId: "w", chart, ...asked }],
      ...(assigneeIds !== undefined && { assigneeIds }),
      ...(filters !== undefined && { filters }),
      ...(comparePrevious !== undefined && { comparePrevious })
    }
    const [series] = yield* ask({ caller, request })
    return yield* Effect.fromNullishOr(series)
  }).pipe(Effect.provide(inMemory(tables)), fixedClock(now))

/** Returns only the values of a series with their keys, or the code of its error. */
export const essence = (series: MetricSeries): unknown => {
  if (series.error !== undefined) return series.error.code
  switch (series.shape) {
    case "timeseries":
      return series.points
    case "category":
      return series.points.map(({ category, label, value }) => [category, label, value])
    case "stat":
      return series.stat === null ? null : [series.stat.value, series.stat.previous, series.stat.deltaPct]
    case "leaderboard":
      return series.points.map(({ category, rank, value }) => [rank, category, value])
  }
}
