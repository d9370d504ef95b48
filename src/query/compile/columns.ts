import type { Measure, Predicate } from "../../metrics/Measure.ts"
import type { Field } from "../../metrics/Population.ts"
import type { Plan, Split } from "../Plan.ts"
import { cell } from "./predicate.ts"

type Fields = ReadonlyArray<Field>

const ofPredicate = (of: Predicate | undefined): Fields => {
  if (of === undefined) return []
  switch (of._tag) {
    case "IsAnyOf":
    case "Missing":
    case "Past":
      return [of.field]
    case "Not":
      return ofPredicate(of.of)
    case "All":
      return of.of.flatMap(ofPredicate)
  }
}

const ofMeasure = (of: Measure): Fields => {
  switch (of._tag) {
    case "Count":
      return ofPredicate(of.where)
    case "Sum":
    case "Average":
      return [of.field, ...ofPredicate(of.where)]
    case "Elapsed":
      return [of.start, of.end, ...ofPredicate(of.where)]
    case "Ratio":
      return [...ofPredicate(of.part.where), ...ofPredicate(of.whole.where)]
    case "Handwritten":
      return []
  }
}

const ofSplit = (split: Split): Fields => {
  switch (split._tag) {
    case "Whole":
      return []
    case "By":
      return split.dimension._tag === "Field" ? [split.dimension] : []
    case "Parts":
      return split.parts.flatMap(({ where }) => ofPredicate(where))
  }
}

/** What is counted of a row, so that an index can answer alone. */
export const columnsOf = ({ metric, split }: Plan): ReadonlyArray<string> => {
  const { at, dominant, from, measure } = metric
  const fields: Fields = [
    at ?? from.seenBy.owner,
    ...(dominant === undefined ? [] : [dominant.currency, dominant.price]),
    ...ofSplit(split),
    ...ofMeasure(measure)
  ]
  return [...new Set(fields.map(cell))]
}
