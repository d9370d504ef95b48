import { type Instant, isoInstant } from "../../domain/Calendar.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Meta } from "../../domain/Series.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { type Filters, none } from "../Filters.ts"
import type { Plan, Split } from "../Plan.ts"
import { isMean } from "./values.ts"

const appliedOf = ({ applied, ignored }: Filters): Meta["filters"] => ({
  applied: Object.fromEntries(applied.map(({ key, orNone, values }) => [key, orNone ? [...values, none] : values])),
  ignored
})

/** Do the points add up to the whole? Not where a row can be in several, nor where they are means or shares. */
const isAdditive = (metric: Metric, split: Split): boolean => {
  if (isMean(metric) || metric.measure._tag === "Handwritten") return false
  if (split._tag !== "By") return true
  if (split.dimension._tag === "Person") return metric.from.seenBy.assignees === undefined
  return split.dimension.kind === "text"
}

export const scopeMeta = (scope: Scope, asOf: Instant): Pick<Meta, "scope" | "asOf"> => ({
  scope: { kind: scope.kind, members: scope.people.length },
  asOf: isoInstant(asOf)
})

/** What tells two people why they see different numbers. */
export const metaOf = (plan: Plan): Meta => {
  const { asOf, filters, metric, scope, split, window } = plan
  const meta = {
    unit: metric.unit,
    filters: appliedOf(filters),
    additive: isAdditive(metric, split),
    ...scopeMeta(scope, asOf)
  }
  if (window === null) return meta
  const { bucket, from, previous, timeZone, to, weekStart } = window
  return {
    ...meta,
    window: { from: from === null ? null : isoInstant(from), to: isoInstant(to), timeZone, weekStart, bucket },
    ...(metric.shape === "stat" && previous !== null && {
      previousWindow: { from: isoInstant(previous.from), to: isoInstant(previous.to) }
    })
  }
}
