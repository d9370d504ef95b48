import { type Instant, isoInstant } from "../../domain/Calendar.ts"
import { hasNobody, type Scope } from "../../domain/Scope.ts"
import type { Meta } from "../../domain/Series.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { appliedValues, type Filters } from "../Filters.ts"
import type { GroupBy, Plan } from "../Plan.ts"
import { isMean } from "./values.ts"

const appliedOf = (filters: Filters): Meta["filters"] => ({
  applied: appliedValues(filters),
  ignored: filters.ignored,
  ...(filters.invalid === true && { invalid: true })
})

const isAdditive = (metric: Metric, groupBy: GroupBy): boolean => {
  if (isMean(metric) || metric.measure._tag === "Handwritten") return false
  if (groupBy._tag !== "Dimension") return true
  if (groupBy.dimension._tag === "Person") return metric.from.seenBy.assignees === undefined
  return groupBy.dimension.kind === "text"
}

export const scopeMeta = (scope: Scope, asOf: Instant): Pick<Meta, "scope" | "asOf"> => ({
  scope: { kind: scope.kind, members: scope.people.length, ...(hasNobody(scope) && { nobody: true }) },
  asOf: isoInstant(asOf)
})

export const metaOf = (plan: Plan): Meta => {
  const { asOf, comparison, filters, metric, scope, groupBy, window } = plan
  const meta = {
    unit: metric.unit,
    filters: appliedOf(filters),
    additive: isAdditive(metric, groupBy),
    ...scopeMeta(scope, asOf)
  }
  if (window === null) return meta
  const { bucket, from, previous, timeZone, to, weekStart } = window
  return {
    ...meta,
    window: { from: from === null ? null : isoInstant(from), to: isoInstant(to), timeZone, weekStart, bucket },
    ...((metric.shape === "stat" || comparison !== null) && previous !== null && {
      previousWindow: { from: isoInstant(previous.from), to: isoInstant(previous.to) }
    })
  }
}
