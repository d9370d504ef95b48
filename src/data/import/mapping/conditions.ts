import type { Condition, Conditions } from "./Mapping.ts"
import { asList, folded } from "./words.ts"

/** Returns the value of a column of the file, or an empty text. */
export type Get = (column: string) => string

const holds = (get: Get, condition: Condition): boolean =>
  Object.entries(condition).every(([column, words]) => {
    const value = folded(get(column))
    return asList(words).some((word) => word === "*" ? value !== "" : folded(word) === value)
  })

export const meets = (get: Get, { unless, where }: {
  readonly where?: Conditions | undefined
  readonly unless?: Conditions | undefined
}): boolean =>
  (where === undefined || asList<Condition>(where).some((one) => holds(get, one))) &&
  !asList<Condition>(unless).some((one) => holds(get, one))

export const columnsOf = (...conditions: ReadonlyArray<Conditions | undefined>): ReadonlyArray<string> =>
  conditions.flatMap((one) => asList<Condition>(one).flatMap((condition) => Object.keys(condition)))
