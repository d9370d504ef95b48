import type { Count, Measure, Predicate, Weighted } from "../../metrics/Measure.ts"
import type { Field } from "../../metrics/Table.ts"
import { pastBefore } from "../Plan.ts"
import { literal, type Params } from "./Statement.ts"

interface MeasureSql {
  readonly numerator: string
  readonly denominator: string | undefined
}

export const cell = ({ column, ofLead }: Field): string => ofLead === undefined ? `r.${column}` : `l.${column}`

export const predicate = (of: Predicate, params: Params): string => {
  switch (of._tag) {
    case "IsAnyOf": {
      const [only, ...others] = of.values
      return only !== undefined && others.length === 0
        ? `${cell(of.field)} = ${literal(only)}`
        : `${cell(of.field)} IN (${of.values.map(literal).join(", ")})`
    }
    case "Missing":
      return `${cell(of.field)} IS NULL`
    case "Past":
      return `${cell(of.field)} < ${params.instant(pastBefore)}`
    case "Not":
      return of.of._tag === "Missing"
        ? `${cell(of.of.field)} IS NOT NULL`
        : `(${predicate(of.of, params)}) IS NOT TRUE`
    case "All":
      return of.of.map((part) => predicate(part, params)).join(" AND ")
  }
}

const whole = (expression: string) => `coalesce(${expression}, 0)::numeric(38, 0)`

const scale = (field: Field): string => field.kind === "money" ? " * 100" : ""

const filtered = (aggregate: string, condition: string) =>
  condition === "" ? aggregate : `${aggregate} FILTER (WHERE ${condition})`

export const rowsWhere = (condition: string): string => filtered("count(*)", condition)
export const centsWhere = (condition: string, field: Field): string =>
  whole(filtered(`sum(${cell(field)})`, condition) + scale(field))

/** The result is in milliseconds, because a sum of intervals can overflow. */
export const millisBetween = (start: string, end: string): string =>
  `greatest((tstzrange_subdiff(${end}, ${start}) * 1000)::bigint, 0)`

const isPresent = ({ column, isNullable }: Field): ReadonlyArray<string> =>
  isNullable ? [`r.${column} IS NOT NULL`] : []

export const countedRows = (of: Measure, params: Params): ReadonlyArray<string> => {
  const holding = (where: Predicate | undefined) => where === undefined ? [] : [predicate(where, params)]
  switch (of._tag) {
    case "Count":
    case "Sum":
      return holding(of.where)
    case "Average":
      return [...holding(of.where), ...isPresent(of.field)]
    case "Elapsed":
      return [...holding(of.where), ...isPresent(of.start), ...isPresent(of.end)]
    case "Ratio":
      return of.part.where === undefined || of.whole.where === undefined
        ? []
        : [`((${holding(of.part.where).join("")}) OR (${holding(of.whole.where).join("")}))`]
    case "Weighted":
      return []
    case "Handwritten":
      throw new Error("A handwritten metric has its own statement.")
  }
}

/** Multiplying by 0.01 is exact, and dividing by 100 may round. */
const weightedCents = ({ by, field }: Weighted, params: Params): string => {
  const stages = params.texts(({ weights = new Map() }) => [...weights.keys()])
  const weights = params.integers(({ weights = new Map() }) => [...weights.values()])
  return `round(${cell(field)} * (${weights})[array_position(${stages}, ${cell(by)})] * 0.01)`
}

export const measure = (of: Measure, params: Params): MeasureSql => {
  const over = (aggregate: string, where: Predicate | undefined, ...more: ReadonlyArray<string>) => {
    const conditions = [...(where === undefined ? [] : [predicate(where, params)]), ...more]
    return filtered(aggregate, conditions.join(" AND "))
  }
  const counted = ({ where }: Count) => over("count(*)", where)
  switch (of._tag) {
    case "Count":
      return { numerator: counted(of), denominator: undefined }
    case "Sum":
    case "Average":
      return {
        numerator: whole(over(`sum(${cell(of.field)})`, of.where) + scale(of.field)),
        denominator: of._tag === "Sum" ? undefined : over(`count(${cell(of.field)})`, of.where)
      }
    case "Elapsed":
      return {
        numerator: whole(over(`sum(${millisBetween(cell(of.start), cell(of.end))})`, of.where)),
        denominator: over("count(*)", of.where, ...isPresent(of.start), ...isPresent(of.end))
      }
    case "Weighted":
      return { numerator: whole(`sum(${weightedCents(of, params)})`), denominator: undefined }
    case "Ratio":
      return { numerator: counted(of.part), denominator: counted(of.whole) }
    case "Handwritten":
      throw new Error("A handwritten metric has its own statement.")
  }
}
