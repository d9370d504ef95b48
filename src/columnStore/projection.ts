import { metricsById } from "../metrics/all.ts"
import { tags } from "../metrics/crm.ts"
import type { Elapsed, Measure, Predicate } from "../metrics/Measure.ts"
import { type Dimension, isRowByRow, type Metric } from "../metrics/Metric.ts"
import type { Field, Population } from "../metrics/Table.ts"

export type Quantity = Field | Elapsed

type Condition = Exclude<Predicate, { readonly _tag: "Not" | "All" }>

const conditionsIn = (of: Predicate | undefined): ReadonlyArray<Condition> => {
  switch (of?._tag) {
    case undefined:
      return []
    case "IsAnyOf":
    case "Missing":
    case "Past":
      return [of]
    case "Not":
      return conditionsIn(of.of)
    case "All":
      return of.of.flatMap(conditionsIn)
  }
}

const conditionsOf = (measure: Measure): ReadonlyArray<Condition> => {
  switch (measure._tag) {
    case "Count":
    case "Sum":
    case "Average":
    case "Elapsed":
      return conditionsIn(measure.where)
    case "Ratio":
      return [...conditionsIn(measure.part.where), ...conditionsIn(measure.whole.where)]
    case "Weighted":
    case "Handwritten":
      return []
  }
}

export const amountOf = (measure: Measure): Quantity | undefined => {
  switch (measure._tag) {
    case "Sum":
    case "Average":
    case "Weighted":
      return measure.field
    case "Elapsed":
      return measure
    case "Count":
    case "Ratio":
    case "Handwritten":
      return undefined
  }
}

const fieldsOf = (quantity: Quantity | undefined): ReadonlyArray<Field> => {
  if (quantity === undefined) return []
  return quantity._tag === "Elapsed" ? [quantity.start, quantity.end] : [quantity]
}

const partsOf = (metric: Metric) => {
  if (metric.shape === "stat") return metric.split?.parts ?? []
  return "parts" in metric ? metric.parts : []
}

const inDimension = (of: Dimension): ReadonlyArray<Field> => of._tag === "Field" ? [of] : []

const inShape = (metric: Metric): ReadonlyArray<Field> => {
  if (metric.measure._tag === "Weighted") return [metric.measure.by]
  if (metric.shape === "timeseries") return Object.values(metric.groupBy).flatMap(inDimension)
  return "by" in metric ? inDimension(metric.by) : []
}

const inMetric = (metric: Metric): ReadonlyArray<Condition> => [
  ...conditionsIn(metric.where),
  ...conditionsOf(metric.measure),
  ...partsOf(metric).flatMap(({ where }) => conditionsIn(where))
]

export const pastOf = (metric: Metric): ReadonlyArray<Field<"instant">> => [
  ...new Set(inMetric(metric).flatMap((condition) => condition._tag === "Past" ? [condition.field] : []))
]

const fieldsIn = (metric: Metric): ReadonlyArray<Field> => {
  const { at, dominant, filters = {}, from: { seenBy }, measure } = metric
  return [
    seenBy.owner,
    ...(seenBy.assignees === undefined ? [] : [seenBy.assignees]),
    ...(at === undefined ? [] : [at]),
    ...(dominant === undefined ? [] : [dominant.currency, dominant.price]),
    ...Object.values(filters),
    ...inMetric(metric).map(({ field }) => field),
    ...fieldsOf(amountOf(measure)),
    ...inShape(metric)
  ].filter(({ ofLead }) => ofLead === undefined)
}

const quantitiesIn = (metric: Metric): ReadonlyArray<Quantity> => {
  const amount = amountOf(metric.measure)
  return [
    ...(metric.at === undefined ? [] : [metric.at]),
    ...(amount === undefined ? [] : [amount]),
    ...(metric.dominant === undefined ? [] : [metric.dominant.price]),
    ...pastOf(metric)
  ]
}

export interface Projection {
  readonly population: Population
  readonly fields: ReadonlyArray<Field>
  /** Each key is a time column. Its value lists the quantities that metrics with this time read. */
  readonly orders: ReadonlyMap<Field<"instant"> | undefined, ReadonlyArray<Quantity>>
}

export const projectionOf = (
  population: Population,
  fields: ReadonlyArray<Field>,
  metrics: ReadonlyArray<Metric>
): Projection => {
  const quantitiesAt = (time: Field | undefined) => metrics.filter(({ at }) => at === time).flatMap(quantitiesIn)
  return {
    population,
    fields,
    orders: new Map(metrics.map(({ at }) => [at, [...new Set(quantitiesAt(at))]]))
  }
}

const rowByRow = [...metricsById.values()].filter(isRowByRow)

const projectionFrom = (population: Population): Projection => {
  const metrics = rowByRow.filter(({ from }) => from === population)
  return projectionOf(population, [...new Set(metrics.flatMap(fieldsIn))], metrics)
}

export const projections: ReadonlyMap<string, Projection> = new Map(
  rowByRow.map(({ from }) => [from.table, projectionFrom(from)])
)

export const imageFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([
  ...[...projections].map(([table, { fields }]) => [table, fields] as const),
  [tags.name, [tags.fields.tagId, tags.fields.name]]
])
