import type { Count, Measure, Predicate } from "../../metrics/Measure.ts"
import type { Field } from "../../metrics/Table.ts"
import { cell, predicate } from "./predicate.ts"
import type { Places } from "./Statement.ts"

/** The amounts of a value in SQL, as whole numbers; both add up over groups of rows. */
interface MeasureSql {
  readonly n: string
  /** What `n` is divided by, if it is. */
  readonly d: string | undefined
}

const whole = (expression: string) => `coalesce(${expression}, 0)::numeric(38, 0)`

/** How many of the smallest parts make one of what the column holds. */
const scale = (field: Field): string => field.kind === "money" ? " * 100" : ""

const filtered = (aggregate: string, condition: string) =>
  condition === "" ? aggregate : `${aggregate} FILTER (WHERE ${condition})`

/** Rows, and cents of a field, of the rows that fulfil the condition, if there is one. */
export const rowsWhere = (condition: string): string => filtered("count(*)", condition)
export const centsWhere = (condition: string, field: Field): string =>
  whole(filtered(`sum(${cell(field)})`, condition) + scale(field))

/** Whole milliseconds, none where the end is before the start. A sum of intervals would overflow by its days. */
export const millisBetween = (start: string, end: string): string =>
  `greatest((tstzrange_subdiff(${end}, ${start}) * 1000)::bigint, 0)`

const present = ({ column, isNullable }: Field): ReadonlyArray<string> => isNullable ? [`r.${column} IS NOT NULL`] : []

/** A measure over the rows of a group. */
export const measure = (of: Measure, places: Places): MeasureSql => {
  const over = (aggregate: string, where: Predicate | undefined, ...more: ReadonlyArray<string>) => {
    const conditions = [...(where === undefined ? [] : [predicate(where, places)]), ...more]
    return filtered(aggregate, conditions.join(" AND "))
  }
  const counted = ({ where }: Count) => over("count(*)", where)
  switch (of._tag) {
    case "Count":
      return { n: counted(of), d: undefined }
    case "Sum":
    case "Average":
      return {
        n: whole(over(`sum(${cell(of.field)})`, of.where) + scale(of.field)),
        d: of._tag === "Sum" ? undefined : over(`count(${cell(of.field)})`, of.where)
      }
    case "Elapsed": {
      return {
        n: whole(over(`sum(${millisBetween(cell(of.start), cell(of.end))})`, of.where)),
        d: over("count(*)", of.where, ...present(of.start), ...present(of.end))
      }
    }
    case "Ratio":
      return { n: counted(of.part), d: counted(of.whole) }
    case "Handwritten":
      throw new Error("A handwritten metric has a statement of its own.")
  }
}
