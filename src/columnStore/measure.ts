import type { Count, Measure, Predicate } from "../metrics/Measure.ts"
import type { Field } from "../metrics/Table.ts"
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

export interface Contribution {
  readonly numerator: 0 | 1
  readonly denominator: 0 | 1
  readonly hasAmount: boolean
  /** The value whose weight the amount is multiplied by, such as the stage. */
  readonly weightedBy?: string | null
}

const amounts = (of: Measure, hasAmount: boolean): Contribution => ({
  numerator: 0,
  denominator: hasAmount && of._tag !== "Sum" ? 1 : 0,
  hasAmount
})

export const measure = (of: Measure, kind: KindNow): Contribution => {
  const isIn = (where: Predicate | undefined) => where === undefined || holds(where, kind)
  const counts = ({ where }: Count) => isIn(where) ? 1 : 0
  const has = (...fields: ReadonlyArray<Field>) => fields.every((field) => kind.has(field))
  switch (of._tag) {
    case "Count":
      return { numerator: counts(of), denominator: 0, hasAmount: false }
    case "Sum":
    case "Average":
      return amounts(of, has(of.field) && isIn(of.where))
    case "Weighted":
      return { numerator: 0, denominator: 0, hasAmount: has(of.field), weightedBy: kind.text(of.by) }
    case "Elapsed":
      return amounts(of, has(of.start, of.end) && isIn(of.where))
    case "Ratio":
      return { numerator: counts(of.part), denominator: counts(of.whole), hasAmount: false }
    case "Handwritten":
      throw new Error("Handwritten metrics are not in the column store; use their SQL.")
  }
}
