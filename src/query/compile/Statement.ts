import type { Scope } from "../../domain/Scope.ts"

/** SQL text with its parameters; values are never part of the text. */
export interface Statement {
  readonly text: string
  readonly params: ReadonlyArray<Param>
}

export type Param = string | Date | ReadonlyArray<string> | ReadonlyArray<number> | ReadonlyArray<Date>

/** The places of a statement's parameters: `$1` is always the organization, `$2` the people in scope, or the only one. */
export interface Places {
  readonly text: (value: string) => string
  readonly texts: (values: ReadonlyArray<string>) => string
  readonly uuids: (values: ReadonlyArray<string>) => string
  readonly integers: (values: ReadonlyArray<number>) => string
  readonly instant: (instant: number) => string
  readonly instants: (instants: ReadonlyArray<number>) => string
  readonly params: ReadonlyArray<Param>
}

export const organization = "$1"
export const people = "$2::text[]"
export const person = "$2::text"

/** Cheaper a row for one person than looking into a list of one. */
export const isAmong = (column: string, count: number): string =>
  count === 1 ? `${column} = ${person}` : `${column} = ANY (${people})`

export const makePlaces = ({ organization: { organizationId }, people }: Scope): Places => {
  const userIds = people.map(({ userId }) => userId)
  const [only, ...others] = userIds
  const params: Array<Param> = [organizationId, only !== undefined && others.length === 0 ? only : userIds]
  const place = (value: Param, type: string) => `$${params.push(value)}::${type}`
  return {
    text: (value) => place(value, "text"),
    texts: (values) => place(values, "text[]"),
    uuids: (values) => place(values, "uuid[]"),
    integers: (values) => place(values, "integer[]"),
    instant: (instant) => place(new Date(instant), "timestamptz"),
    instants: (instants) => place(instants.map((instant) => new Date(instant)), "timestamptz[]"),
    params
  }
}

/** A constant of the vocabulary, never what somebody asked for: the planner sees which partial index it is about. */
export const literal = (constant: string): string => `'${constant.replaceAll("'", "''")}'`

/** Lines without the empty ones, so that optional clauses can be written in place. */
export const lines = (...parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join("\n")
