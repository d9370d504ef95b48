import type { Plan } from "../Plan.ts"
import type { Form } from "./StatementShape.ts"

/** SQL text with its parameters; values are never part of the text. */
export interface Statement {
  readonly text: string
  readonly params: ReadonlyArray<Param>
}

export type Param = string | Date | ReadonlyArray<string> | ReadonlyArray<number> | ReadonlyArray<Date>

/** A value of the plan that a statement is for. */
type Of<A> = (plan: Plan) => A

/** The text for every plan of a form, and what its places hold for one of them. */
export interface Template {
  readonly text: string
  readonly params: ReadonlyArray<Of<Param>>
}

/** The places of a statement's parameters: `$1` is always the organization, `$2` the people in scope, or the only one. */
export interface Places {
  readonly text: (of: Of<string>) => string
  readonly texts: (of: Of<ReadonlyArray<string>>) => string
  readonly uuids: (of: Of<ReadonlyArray<string>>) => string
  readonly integers: (of: Of<ReadonlyArray<number>>) => string
  readonly instant: (of: Of<number>) => string
  readonly instants: (of: Of<ReadonlyArray<number>>) => string
  readonly params: ReadonlyArray<Of<Param>>
}

export const organization = "$1"
const inScope = "$2"
export const people = `${inScope}::text[]`
export const person = `${inScope}::text`

/** Cheaper a row for one than looking into a list of one. */
export const isOneOf = (column: string, place: string, isOne: boolean): string =>
  isOne ? `${column} = ${place}::text` : `${column} = ANY (${place}::text[])`

export const isAmong = (column: string, { people: count }: Form): string => isOneOf(column, inScope, count === "one")

/** The only one as a text, several as a list. */
export const oneOrAll = (userIds: ReadonlyArray<string>): string | ReadonlyArray<string> => {
  const [only, ...others] = userIds
  return only !== undefined && others.length === 0 ? only : userIds
}

const peopleIn = ({ scope }: Plan): Param => oneOrAll(scope.people.map(({ userId }) => userId))

export const makePlaces = (): Places => {
  const params: Array<Of<Param>> = [({ scope }) => scope.organization.organizationId, peopleIn]
  const place = (of: Of<Param>, type: string) => `$${params.push(of)}::${type}`
  return {
    text: (of) => place(of, "text"),
    texts: (of) => place(of, "text[]"),
    // The driver sends texts: without the sub-select every row would turn them into ids again.
    uuids: (of) => `(SELECT ${place(of, "uuid[]")})`,
    integers: (of) => place(of, "integer[]"),
    instant: (of) => place((plan) => new Date(of(plan)), "timestamptz"),
    instants: (of) => place((plan) => of(plan).map((instant) => new Date(instant)), "timestamptz[]"),
    params
  }
}

/** A constant of the vocabulary, never what somebody asked for: the planner sees which partial index it is about. */
export const literal = (constant: string): string => `'${constant.replaceAll("'", "''")}'`

/** Lines without the empty ones, so that optional clauses can be written in place. */
export const lines = (...parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join("\n")
