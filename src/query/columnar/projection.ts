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

interface Projection {
  readonly population: Population
  readonly fields: ReadonlyArray<Field>
  /** `undefined` stands for metrics without a time. */
  readonly times: ReadonlyArray<Field<"instant"> | undefined>
}

const rowByRow = [...metricsById.values()].filter(isRowByRow)

const projectionOf = (population: Population): Projection => {
  const metrics = rowByRow.filter(({ from }) => from === population)
  const times = metrics.map(({ at }) => at)
  return { population, fields: [...new Set(metrics.flatMap(inMetric))], times: [...new Set(times)] }
}

export const projections: ReadonlyMap<string, Projection> = new Map(
  rowByRow.map(({ from }) => [from.table, projectionOf(from)])
)

export const imageFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([
  ...[...projections].map(([table, { fields }]) => [table, fields] as const),
  [tags.name, [tags.fields.tagId, tags.fields.name]]
])
