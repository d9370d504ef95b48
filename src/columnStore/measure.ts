import type { Count, Measure, Predicate } from "../metrics/Measure.ts"
import type { Field } from "../metrics/Table.ts"
import { holds, type KindNow } from "./predicate.ts"

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
