import type { Field } from "./Table.ts"

const machineWord = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/** For example, `walk_in` becomes "Walk in". */
export const asWords = (value: string): string => {
  if (!machineWord.test(value)) return value
  const words = value.replaceAll("_", " ")
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

export const valueLabel = (field: Field, value: string | null): string =>
  value === null ? field.noneLabel : field.known.find((known) => known.value === value)?.label ?? asWords(value)
