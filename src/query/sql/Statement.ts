import { hasNobody, type Scope } from "../../domain/Scope.ts"
import { leadFieldsOf, leadScopeOf } from "../definitions.ts"
import type { Filter } from "../Filters.ts"
import { groupByName, type Plan } from "../Plan.ts"

export interface Statement {
  readonly text: string
  readonly params: ReadonlyArray<SqlValue>
}

export type SqlValue = string | Date | ReadonlyArray<string> | ReadonlyArray<number> | ReadonlyArray<Date>

type Param<A, P> = (plan: P) => A

export interface Template<P extends Plan = Plan> {
  readonly text: string
  readonly params: ReadonlyArray<Param<SqlValue, P>>
}

/** Each function adds a parameter and returns its placeholder. */
export interface Params<P extends Plan = Plan> {
  readonly text: (param: Param<string, P>) => string
  readonly texts: (param: Param<ReadonlyArray<string>, P>) => string
  readonly uuids: (param: Param<ReadonlyArray<string>, P>) => string
  readonly integers: (param: Param<ReadonlyArray<number>, P>) => string
  readonly instant: (param: Param<number, P>) => string
  readonly instants: (param: Param<ReadonlyArray<number>, P>) => string
}

export const organization = "$1"
const inScope = "$2"
export const people = `${inScope}::text[]`
export const person = `${inScope}::text`

/** Comparing with one text costs less per row than searching a list. */
export const isOneOf = (column: string, placeholder: string, isOne: boolean): string =>
  isOne ? `${column} = ${placeholder}::text` : `${column} = ANY (${placeholder}::text[])`

export const isAmong = (column: string, { people: count }: StatementShape): string =>
  isOneOf(column, inScope, count === "one")

export const oneOrAll = (userIds: ReadonlyArray<string>): string | ReadonlyArray<string> => {
  const [only, ...others] = userIds
  return only !== undefined && others.length === 0 ? only : userIds
}

const organizationId = ({ scope }: Plan): SqlValue => scope.organization.organizationId
const peopleInScope = ({ scope }: Plan): SqlValue => {
  const userIds = scope.people.map(({ userId }) => userId)
  return hasNobody(scope) ? userIds : oneOrAll(userIds)
}

export const makeParams = <P extends Plan = Plan>(): Params<P> & Pick<Template<P>, "params"> => {
  const all: Array<Param<SqlValue, P>> = [organizationId, peopleInScope]
  const add = (param: Param<SqlValue, P>, type: string) => `$${all.push(param)}::${type}`
  return {
    text: (param) => add(param, "text"),
    texts: (param) => add(param, "text[]"),
    // A subquery casts once per statement, not once per row.
    uuids: (param) => `(SELECT ${add(param, "uuid[]")})`,
    integers: (param) => add(param, "integer[]"),
    instant: (param) => add((plan) => new Date(param(plan)), "timestamptz"),
    instants: (param) => add((plan) => param(plan).map((instant) => new Date(instant)), "timestamptz[]"),
    params: all
  }
}

/** A partial index matches only constants in the SQL text. Do not use `literal` for values of a request. */
export const literal = (constant: string): string => `'${constant.replaceAll("'", "''")}'`

export const lines = (...parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join("\n")

export interface StatementShape extends Pick<Plan, "id" | "metric" | "groupBy" | "hasLowerBound"> {
  readonly people: "one" | "few" | "many"
  readonly hasNobody: boolean
  readonly buckets: "one" | "compared" | "several"
  readonly filters: ReadonlyArray<FilterShape>
  /** Whether the statement reads the leads behind the rows, and whether it sees the leads of nobody. */
  readonly leads: "none" | "ofPeople" | "ofNobodyToo"
}

interface FilterShape extends Pick<Filter, "field" | "orNone"> {
  readonly hasOneValue: boolean
}

/** From this number of people on, a hash lookup is faster than comparing a list. */
const manyPeople = 9

const peopleOf = (scope: Scope): StatementShape["people"] => {
  const { length } = scope.people
  if (length === 1 && !hasNobody(scope)) return "one"
  return length < manyPeople ? "few" : "many"
}

const bucketsOf = ({ boundaries, hasLowerBound, previous }: Plan): StatementShape["buckets"] => {
  if (previous > 0) return "compared"
  return boundaries.length < (hasLowerBound ? 3 : 2) ? "one" : "several"
}

const leadsOf = (plan: Plan): StatementShape["leads"] => {
  if (leadFieldsOf(plan).length === 0) return "none"
  return hasNobody(leadScopeOf(plan)) ? "ofNobodyToo" : "ofPeople"
}

export const statementShapeOf = (plan: Plan): StatementShape => {
  const { filters, groupBy, hasLowerBound, id, metric, scope } = plan
  return {
    id,
    metric,
    groupBy,
    hasLowerBound,
    people: peopleOf(scope),
    hasNobody: hasNobody(scope),
    buckets: bucketsOf(plan),
    leads: leadsOf(plan),
    filters: filters.applied.map(({ field, orNone, values }) => ({ field, orNone, hasOneValue: values.length === 1 }))
  }
}

export const cacheKey = (
  { buckets, filters, groupBy, hasLowerBound, hasNobody, id, leads, people }: StatementShape
): string =>
  filters.reduce(
    (key, { field, hasOneValue, orNone }) => `${key},${field.column},${hasOneValue},${orNone}`,
    `${id},${groupByName(groupBy)},${hasLowerBound},${people},${hasNobody},${buckets},${leads}`
  )
