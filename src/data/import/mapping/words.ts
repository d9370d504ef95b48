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
