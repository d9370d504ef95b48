import type { Filter } from "../Filters.ts"
import { groupByName, type Plan } from "../Plan.ts"

/** A plan without values. */
export interface StatementShape extends Pick<Plan, "id" | "metric" | "groupBy" | "hasLowerBound"> {
  readonly people: "one" | "few" | "many"
  readonly buckets: "one" | "compared" | "several"
  readonly filters: ReadonlyArray<FilterShape>
}

interface FilterShape extends Pick<Filter, "field" | "orNone"> {
  readonly hasOneValue: boolean
}

/** From here a hash beats comparing lists. */
const manyPeople = 9

const peopleOf = (count: number): StatementShape["people"] => {
  if (count === 1) return "one"
  return count < manyPeople ? "few" : "many"
}

const bucketsOf = ({ boundaries, hasLowerBound, previous }: Plan): StatementShape["buckets"] => {
  if (previous > 0) return "compared"
  return boundaries.length < (hasLowerBound ? 3 : 2) ? "one" : "several"
}

export const statementShapeOf = (plan: Plan): StatementShape => {
  const { filters, groupBy, hasLowerBound, id, metric, scope } = plan
  return {
    id,
    metric,
    groupBy,
    hasLowerBound,
    people: peopleOf(scope.people.length),
    buckets: bucketsOf(plan),
    filters: filters.applied.map(({ field, orNone, values }) => ({ field, orNone, hasOneValue: values.length === 1 }))
  }
}

/** Must name everything that the text depends on. */
export const cacheKey = ({ buckets, filters, groupBy, hasLowerBound, id, people }: StatementShape): string =>
  filters.reduce(
    (key, { field, hasOneValue, orNone }) => `${key},${field.column},${hasOneValue},${orNone}`,
    `${id},${groupByName(groupBy)},${hasLowerBound},${people},${buckets}`
  )
