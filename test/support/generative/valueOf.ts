import {
  child,
  isJsonObject,
  itemsOf,
  type JsonObject,
  nameOf,
  schemasOf,
  textsOf
} from "../../../src/api/openapi/jsonTree.ts"
import { contract } from "../contract.ts"
import type { Chance } from "./chance.ts"

const letters = ["a", "Z", "é", "漢", "😀", " ", "'", "\"", "%", "~", "_", "-", ";", "\\", "\u202e"]

const uuidOf = (chance: Chance) =>
  "00000000-0000-4000-8000-000000000000".replaceAll(/0/g, () => chance.below(16).toString(16))

const textOf = (schema: JsonObject, chance: Chance): string => {
  if (schema["format"] === "uuid") return uuidOf(chance)
  const examples = textsOf(schema["examples"])
  if (examples.length > 0 && !chance.isOneIn(4)) return chance.oneOf(examples) ?? ""
  const minimum = Number(schema["minLength"] ?? 0)
  const maximum = Math.min(Number(schema["maxLength"] ?? 40), 300)
  const length = chance.oneOf([minimum, maximum, minimum + chance.below(maximum - minimum + 1)]) ?? minimum
  return Array.from({ length }, () => chance.oneOf(letters)).join("")
}

const listOf = (schema: JsonObject, chance: Chance): ReadonlyArray<unknown> => {
  const length = chance.oneOf([0, 1, 2, 5]) ?? 0
  return Array.from({ length }, () => valueOf(child(schema, "items"), chance))
}

const recordOf = (schema: JsonObject, chance: Chance): JsonObject => {
  const required = textsOf(schema["required"])
  const known = Object.entries(child(schema, "properties"))
    .filter(([name]) => required.includes(name) || chance.isOneIn(2))
    .map(([name, property]) => [name, valueOf(isJsonObject(property) ? property : {}, chance)])
  const { additionalProperties: others } = schema
  const more = isJsonObject(others) ? [[chance.oneOf(["tag", "source", "status", "x"]), valueOf(others, chance)]] : []
  return Object.fromEntries([...known, ...more])
}

const merged = (parts: ReadonlyArray<unknown>): JsonObject => Object.assign({}, ...parts.filter(isJsonObject))

/** Makes a value that the schema allows. */
export const valueOf = (schema: JsonObject, chance: Chance): unknown => {
  const name = nameOf(schema)
  if (name !== undefined) return valueOf(child(schemasOf(contract), name), chance)
  const choices = itemsOf(schema["oneOf"] ?? schema["anyOf"])
  if (choices.length > 0) return valueOf(chance.oneOf(choices) ?? {}, chance)
  if (schema["allOf"] !== undefined) return merged(itemsOf(schema["allOf"]).map((part) => valueOf(part, chance)))
  if (Array.isArray(schema["enum"])) return chance.oneOf(schema["enum"])
  const type = Array.isArray(schema["type"]) ? chance.oneOf(schema["type"]) : schema["type"]
  switch (type) {
    case "string":
      return textOf(schema, chance)
    case "integer":
    case "number":
      return Number(schema["minimum"] ?? 0) + chance.below(Number(schema["maximum"] ?? 12))
    case "boolean":
      return chance.isOneIn(2)
    case "array":
      return listOf(schema, chance)
    case "object":
      return recordOf(schema, chance)
    default:
      return null
  }
}
