import { metricsById } from "../../metrics/all.ts"
import { tags } from "../../metrics/crm.ts"
import type { Count, Measure, Predicate } from "../../metrics/Measure.ts"
import { type Dimension, isRowByRow, type Metric } from "../../metrics/Metric.ts"
import type { Field, Population } from "../../metrics/Table.ts"

const inPredicate = (of: Predicate | undefined): ReadonlyArray<Field> => {
  switch (of?._tag) {
    case undefined:
      return []
    case "IsAnyOf":
    case "Missing":
    case "Past":
      return [of.field]
    case "Not":
      return inPredicate(of.of)
    case "All":
      return of.of.flatMap(inPredicate)
  }
}

const inCount = ({ where }: Count) => inPredicate(where)

const inMeasure = (of: Measure): ReadonlyArray<Field> => {
  switch (of._tag) {
    case "Count":
      return inCount(of)
    case "Sum":
    case "Average":
      return [of.field, ...inPredicate(of.where)]
    case "Elapsed":
      return [of.start, of.end, ...inPredicate(of.where)]
    case "Ratio":
      return [...inCount(of.part), ...inCount(of.whole)]
    case "Handwritten":
      return []
  }
}

const inDimension = (of: Dimension): ReadonlyArray<Field> => of._tag === "Field" ? [of] : []

const inShape = (metric: Metric): ReadonlyArray<Field> => {
  switch (metric.shape) {
    case "timeseries":
      return Object.values(metric.groupBy).flatMap(inDimension)
    case "category":
      return "parts" in metric ? metric.parts.flatMap(({ where }) => inPredicate(where)) : inDimension(metric.by)
    case "stat":
    case "leaderboard":
      return []
  }
}

/** Every column that a metric looks at. */
const inMetric = (metric: Metric): ReadonlyArray<Field> => {
  const { at, dominant, filters = {}, from: { seenBy }, measure, where } = metric
  return [
    seenBy.owner,
    ...(seenBy.assignees === undefined ? [] : [seenBy.assignees]),
    ...(at === undefined ? [] : [at]),
    ...(dominant === undefined ? [] : [dominant.currency, dominant.price]),
    ...Object.values(filters),
    ...inPredicate(where),
    ...inMeasure(measure),
    ...inShape(metric)
  ]
}

/** A population with what the metrics that are counted row by row look at in it. */
interface Kept {
  readonly population: Population
  readonly fields: ReadonlyArray<Field>
  /** What rows are counted by the time of; undefined for the state now. */
  readonly times: ReadonlyArray<Field<"instant"> | undefined>
}

const countable = [...metricsById.values()].filter(isRowByRow)

const keptOf = (population: Population): Kept => {
  const metrics = countable.filter(({ from }) => from === population)
  const times = metrics.map(({ at }) => at)
  return { population, fields: [...new Set(metrics.flatMap(inMetric))], times: [...new Set(times)] }
}

/** By the name of its table, every population that is counted row by row. */
export const populations: ReadonlyMap<string, Kept> = new Map(countable.map(({ from }) => [from.table, keptOf(from)]))

/** By table, what is kept of a row, in the order of its image. */
export const imageFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([
  ...[...populations].map(([table, { fields }]) => [table, fields] as const),
  [tags.name, [tags.fields.tagId, tags.fields.name]]
])
