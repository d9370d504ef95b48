import type { Filter } from "../Filters.ts"
import { type Plan, splitName } from "../Plan.ts"

/** A plan without its values: all that the text of a statement depends on. */
export interface Form extends Pick<Plan, "id" | "metric" | "split" | "isOpen"> {
  readonly people: "one" | "few" | "many"
  /** One stretch of time, the window before and this one, or an axis. */
  readonly buckets: "one" | "compared" | "several"
  readonly filters: ReadonlyArray<FilterForm>
}

interface FilterForm extends Pick<Filter, "field" | "orNone"> {
  readonly hasOneValue: boolean
}

/** With so many a hash is cheaper than comparing lists, and most rows are of an owner in scope. */
const manyPeople = 9

const peopleOf = (count: number): Form["people"] => count === 1 ? "one" : count < manyPeople ? "few" : "many"

const stretchesOf = ({ edges, isOpen, previous }: Plan): Form["buckets"] => {
  if (previous > 0) return "compared"
  return edges.length < (isOpen ? 2 : 3) ? "one" : "several"
}

export const formOf = (plan: Plan): Form => {
  const { filters, id, isOpen, metric, scope, split } = plan
  return {
    id,
    metric,
    split,
    isOpen,
    people: peopleOf(scope.people.length),
    buckets: stretchesOf(plan),
    filters: filters.applied.map(({ field, orNone, values }) => ({ field, orNone, hasOneValue: values.length === 1 }))
  }
}

/** Equal for equal forms of one metric. */
export const keyOf = ({ buckets, filters, id, isOpen, people, split }: Form): string =>
  filters.reduce(
    (key, { field, hasOneValue, orNone }) => `${key},${field.column},${hasOneValue},${orNone}`,
    `${id},${splitName(split)},${isOpen},${people},${buckets}`
  )
