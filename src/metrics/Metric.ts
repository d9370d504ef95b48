import type { ChartKind, Shape } from "../domain/Chart.ts"
import type { ColorName } from "../domain/Color.ts"
import type { Unit } from "../domain/Series.ts"
import { asWords } from "./labels.ts"
import type { Count, Measure, Predicate } from "./Measure.ts"
import type { Field, Known, Population } from "./Table.ts"

/** Rows are grouped by their viewers in scope. */
export interface Person {
  readonly _tag: "Person"
}
export const person: Person = { _tag: "Person" }

export interface DimensionEntry {
  readonly key: string
  readonly label: string
  readonly values: ReadonlyArray<Known>
}

export type Dimension = Field<"text"> | Field<"uuids"> | Person

export interface Part {
  readonly key: string
  readonly label: string
  readonly color?: ColorName
  readonly where?: Predicate
}

interface Dominant {
  readonly currency: Field<"text">
  readonly price: Field<"money">
}

interface Definition {
  readonly label: string
  /** The text must say what is counted and what is not. */
  readonly description: string
  readonly from: Population
  readonly where?: Predicate
  readonly measure: Measure
  readonly unit: Unit
  /** The timeframe limits this time. A metric without `at` counts all current rows. */
  readonly at?: Field<"instant">
  readonly charts: readonly [ChartKind, ...Array<ChartKind>]
  readonly filters?: { readonly [key: string]: Field<"text"> | Field<"uuids"> }
  readonly adminOnly?: boolean
  /** `moreIsBetter` is absent if neither a rise nor a fall is good. */
  readonly moreIsBetter?: boolean
  readonly dominant?: Dominant
  /** `past` compares days in the organization's time zone, not instants. */
  readonly byDay?: true
}

/** In days. */
interface Within {
  readonly choices: ReadonlyArray<number>
  readonly usual: number
}

interface Timeseries extends Definition {
  readonly groupBy: { readonly [key: string]: Dimension }
  /** Rows after `asOf` count, and rows before today do not. All open deals decide the currency. */
  readonly ahead?: true
  /** The rows of a bucket are measured so many days after their time. Until then, the bucket is partial. */
  readonly within?: Within
}
interface Stat extends Definition {
  /** The rows are counted by these parts. The number is that of the part `shown`. */
  readonly split?: { readonly parts: ReadonlyArray<Part>; readonly shown: string }
}
/** A category may count rows by a state that they reach with time. Then the rows of an earlier window had longer. */
interface ByState {
  readonly isByStateNow?: true
}
export interface Category extends Definition, ByState {
  readonly by: Dimension
  /** The groups after the `top` largest are added up as `~other`. */
  readonly top?: number
  /** The first values of `by` if each value also counts the rows of the values after it, as in a funnel. */
  readonly steps?: ReadonlyArray<string>
}
interface Breakdown extends Definition, ByState {
  readonly parts: ReadonlyArray<Part>
}

interface Leaderboard extends Definition {
  readonly omitsZero?: boolean
}

export type Metric =
  | { readonly shape: "timeseries" } & Timeseries
  | { readonly shape: "category" } & (Category | Breakdown)
  | { readonly shape: "stat" } & Stat
  | { readonly shape: "leaderboard" } & Leaderboard

type Shaped<S extends Shape, D> = D & { readonly shape: S }

export const timeseries = <const D extends Timeseries>(definition: D): Shaped<"timeseries", D> => ({
  ...definition,
  shape: "timeseries"
})

/** Only counts may be grouped by a list: a row is in several groups, and sums would repeat its amount. */
export const category = <const D extends Category>(
  definition: D & (D["by"] extends Field<"uuids"> ? { readonly measure: Count } : unknown)
): Shaped<"category", D> => ({ ...definition, shape: "category" })

export const breakdown = <const D extends Breakdown>(definition: D): Shaped<"category", D> => ({
  ...definition,
  shape: "category"
})

export const stat = <const D extends Stat>(definition: D): Shaped<"stat", D> => ({ ...definition, shape: "stat" })

export const leaderboard = <const D extends Leaderboard>(
  definition: D
): Shaped<"leaderboard", D & { readonly adminOnly: true }> => ({ ...definition, adminOnly: true, shape: "leaderboard" })

export const isAhead = (metric: Metric): boolean => metric.shape === "timeseries" && metric.ahead === true

/** Whether the values of two windows can be compared. */
export const isComparable = (metric: Metric): boolean => metric.shape !== "category" || metric.isByStateNow !== true

export const withinOf = (metric: Metric): Within | undefined =>
  metric.shape === "timeseries" ? metric.within : undefined

export const isRowByRow = ({ measure }: Metric): boolean => measure._tag !== "Handwritten"

export const groupBysOf = (metric: Metric): ReadonlyArray<string> =>
  metric.shape === "timeseries" ? Object.keys(metric.groupBy) : []

const entryOf = (dimension: Dimension, key: string): DimensionEntry =>
  dimension._tag === "Person"
    ? { key, label: asWords(key), values: [] }
    : { key, label: dimension.label ?? asWords(key), values: dimension.known }

const categoryKey = (by: Dimension): string => {
  if (by._tag === "Person") return "person"
  return by.ofLead === undefined ? by.column : by.name
}

const categoryEntry = (metric: Category | Breakdown): DimensionEntry => {
  if ("by" in metric) return entryOf(metric.by, categoryKey(metric.by))
  const values = metric.parts.map(({ color, key, label }) => ({
    value: key,
    label,
    ...(color !== undefined && { color })
  }))
  return { key: "part", label: "Part", values }
}

export const dimensionsOf = (metric: Metric): ReadonlyArray<DimensionEntry> => {
  switch (metric.shape) {
    case "timeseries":
      return Object.entries(metric.groupBy).map(([key, dimension]) => entryOf(dimension, key))
    case "category":
      return [categoryEntry(metric)]
    case "stat":
      return []
    case "leaderboard":
      return [entryOf(person, "person")]
  }
}

export const stepsOf = (metric: Metric): ReadonlyArray<string> | undefined =>
  metric.shape === "category" && "steps" in metric ? metric.steps : undefined
