import type { Count, Measure } from "../../metrics/Measure.ts"
import type { Field } from "../../metrics/Population.ts"
import type { Plan } from "../Plan.ts"
import { cell, predicate } from "./predicate.ts"
import type { Places } from "./Statement.ts"

/** The parts of a value as whole numbers; both add up over groups of rows. */
export interface Parts {
  readonly n: string
  readonly d: string
}

const whole = (expression: string) => `coalesce(${expression}, 0)::numeric(38, 0)`

/** How many of the smallest parts make one of what the column holds. */
const scale = (field: Field): string => field.kind === "money" ? " * 100" : ""

/** An aggregate over the rows that meet all the conditions. */
export const over = (aggregate: string, conditions: ReadonlyArray<string>): string =>
  conditions.length === 0 ? aggregate : `${aggregate} FILTER (WHERE ${conditions.join(" AND ")})`

export const cents = (field: Field, conditions: ReadonlyArray<string>): string =>
  whole(over(`sum(${cell(field)})`, conditions) + scale(field))

/** A measure over the rows that meet the conditions. */
export const measure = (of: Measure, plan: Plan, places: Places, conditions: ReadonlyArray<string>): Parts => {
  const filtered = (
    aggregate: string,
    { where }: Count | Exclude<Measure, { readonly _tag: "Ratio" | "Handwritten" }>
  ) => over(aggregate, where === undefined ? conditions : [predicate(where, plan, places), ...conditions])
  const counted = (count: Count) => filtered("count(*)", count)
  switch (of._tag) {
    case "Count":
      return { n: counted(of), d: "0" }
    case "Sum":
      return { n: whole(filtered(`sum(${cell(of.field)})`, of) + scale(of.field)), d: "0" }
    case "Average":
      return {
        n: whole(filtered(`sum(${cell(of.field)})`, of) + scale(of.field)),
        d: filtered(`count(${cell(of.field)})`, of)
      }
    case "Elapsed": {
      const time = `${cell(of.end)} - ${cell(of.start)}`
      const spent = filtered(`sum(greatest(${time}, interval '0'))`, of)
      return { n: whole(`extract(epoch FROM ${spent}) * 1000`), d: filtered(`count(${time})`, of) }
    }
    case "Ratio":
      return { n: counted(of.part), d: counted(of.whole) }
    case "Handwritten":
      throw new Error("A handwritten metric has a statement of its own.")
  }
}
