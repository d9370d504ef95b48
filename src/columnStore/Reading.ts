import type { Weighted } from "../metrics/Measure.ts"
import type { Field } from "../metrics/Table.ts"
import type { Plan } from "../query/Plan.ts"
import type { Classes } from "./classes.ts"
import { maxKinds } from "./Kinds.ts"
import { amountOf, pastOf, type Quantity } from "./projection.ts"
import type { Codes } from "./Rows.ts"

export interface Classified {
  readonly codes: Codes
  classesOf(plan: Plan): Classes
}

export interface Reading {
  readonly plan: Plan
  readonly classes: Classes
  readonly amount: Quantity | Weighted | undefined
  /** The weight of each class, in hundredths of a percent. Undefined if the amounts have no weights. */
  readonly weights: Float64Array | undefined
  readonly price: Quantity | undefined
  readonly past: Field<"instant"> | undefined
  /** `isTagged` is 1 for a list of tags that passes the filters. Without a filter by tag, it is undefined. */
  readonly isTagged: Uint8Array | undefined
  readonly byPerson: boolean
  readonly byTag: boolean
  readonly buckets: number
  /** In each bucket, class `c` and tag `t` have the cell `c * tags + t`. */
  readonly tags: number
  readonly width: number
}

const taggedOf = (
  { filters: { applied } }: Plan,
  { codes: { tagLists, tags } }: Classified
): Uint8Array | undefined => {
  const filters = applied.filter(({ field }) => field.kind === "uuids")
  if (filters.length === 0) return undefined
  const passed = new Uint8Array(tagLists.size)
  for (const { values } of filters) {
    const lists = new Set(tags.codesOf(values).flatMap((tag) => [...tagLists.containing(tag)]))
    for (const list of lists) passed[list] = (passed[list] ?? 0) + 1
  }
  return passed.map((count) => count === filters.length ? 1 : 0)
}

const weightsOf = ({ weights }: Plan, { all }: Classes) =>
  Float64Array.from(all, ({ weightedBy }) => weights?.get(weightedBy ?? "") ?? 0)

const dimensionKind = ({ groupBy }: Plan) => {
  if (groupBy._tag !== "Dimension") return undefined
  return groupBy.dimension._tag === "Person" ? "person" : groupBy.dimension.kind
}

export const readingOf = (plan: Plan, table: Classified): Reading | undefined => {
  const { dominant, measure } = plan.metric
  const [past, ...others] = pastOf(plan.metric)
  const amount = measure._tag === "Weighted" ? measure : amountOf(measure)
  const byTag = dimensionKind(plan) === "uuids"
  if (table.codes.kinds.all.length > maxKinds) return undefined
  if (others.length > 0 || (byTag && (amount !== undefined || dominant !== undefined))) return undefined
  const classes = table.classesOf(plan)
  const tags = byTag ? table.codes.tags.texts.length : 1
  return {
    plan,
    classes,
    amount,
    weights: measure._tag === "Weighted" ? weightsOf(plan, classes) : undefined,
    price: dominant?.price,
    past,
    isTagged: taggedOf(plan, table),
    byPerson: dimensionKind(plan) === "person",
    byTag,
    buckets: Math.max(1, plan.boundaries.length),
    tags,
    width: classes.all.length * tags
  }
}
