import { isJsonObject } from "../../../src/api/openapi/jsonTree.ts"
import type { Chance } from "./chance.ts"

/** These values have broken other services that did not expect them. */
const extremes: ReadonlyArray<unknown> = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  "",
  "\u0000",
  "\ud800",
  "x".repeat(5_000),
  "' OR 1=1 --",
  "0001-01-01",
  "9998-12-31",
  "2024-02-30T25:00:00Z",
  "Europe/Madrid",
  [],
  {},
  [[[]]],
  Array.from({ length: 1_001 }, () => "x"),
  Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`k${at}`, at])),
  { _tag: "Literal", value: "(select 1)" },
  { select: 1 },
  JSON.parse("{\"__proto__\":{\"polluted\":true}}"),
  { toString: 1, constructor: null }
]

/** Replaces, removes or repeats one part of the value. */
export const spoiled = (value: unknown, chance: Chance): unknown => {
  if (chance.isOneIn(6)) return chance.oneOf(extremes)
  if (Array.isArray(value) && value.length > 0) {
    const at = chance.below(value.length)
    if (chance.isOneIn(8)) return [...value, value[at]]
    return value.with(at, spoiled(value[at], chance))
  }
  if (!isJsonObject(value) || Object.keys(value).length === 0) return chance.oneOf(extremes)
  const name = chance.oneOf(Object.keys(value)) ?? ""
  if (chance.isOneIn(8)) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
  return { ...value, [name]: spoiled(value[name], chance) }
}
