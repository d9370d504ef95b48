import type { Condition, Conditions } from "./Mapping.ts"

/** Headers and words are equal if these forms are equal: without case, with `_` as a blank, trimmed. */
export const folded = (text: string): string => text.replaceAll(/[_\s\u00a0]+/g, " ").trim().toLowerCase()

export const asList = <A>(value: A | ReadonlyArray<A> | undefined): ReadonlyArray<A> =>
  value === undefined ? [] : isList(value) ? value : [value]

const isList = <A>(value: A | ReadonlyArray<A>): value is ReadonlyArray<A> => Array.isArray(value)

/** The name of a file, in which `*` stands for any characters. */
export const matches = (pattern: string, name: string): boolean => {
  const parts = pattern.toLowerCase().split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join(".*")}(\\.gz)?$`, "s").test(name.toLowerCase())
}

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
