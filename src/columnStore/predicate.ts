import type { Predicate } from "../metrics/Measure.ts"
import type { Filter } from "../query/Filters.ts"
import type { Plan } from "../query/Plan.ts"
import type { Kind } from "./Kinds.ts"

/** `isPast` says whether the time in the metric's `Past` condition is before `asOf`. */
export interface KindNow extends Kind {
  readonly isPast: boolean
}

export const holds = (of: Predicate, kind: KindNow): boolean => {
  switch (of._tag) {
    case "IsAnyOf": {
      const text = kind.text(of.field)
      return text !== null && of.values.includes(text)
    }
    case "Missing":
      return !kind.has(of.field)
    case "Past":
      return kind.isPast
    case "Not":
      return !holds(of.of, kind)
    case "All":
      return of.of.every((part) => holds(part, kind))
  }
}

/** A filter by tag cannot be decided here, because a kind has no tags. */
const passes = ({ field, orNone, values }: Filter, kind: KindNow): boolean => {
  if (field.kind === "uuids") return true
  const text = kind.text(field)
  return text === null ? orNone : values.includes(text)
}

export const isInPopulation = (
  { filters: { applied }, metric: { where } }: Pick<Plan, "filters" | "metric">,
  kind: KindNow
): boolean => (where === undefined || holds(where, kind)) && applied.every((filter) => passes(filter, kind))
