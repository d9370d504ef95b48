import { child, isJsonObject, itemsOf, type JsonObject } from "../../../src/api/openapi/jsonTree.ts"
import { contract } from "../contract.ts"
import type { Chance } from "./chance.ts"
import { spoiled } from "./spoiled.ts"
import { valueOf } from "./valueOf.ts"

export interface Generated {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export const operations = Object.entries(child(contract, "paths")).flatMap(([path, item]) =>
  Object.entries(isJsonObject(item) ? item : {}).flatMap(([method, operation]) =>
    isJsonObject(operation)
      ? [{ path, method: method.toUpperCase(), operation, id: String(operation["operationId"]) }]
      : []
  )
)

const oddTexts = ["", "%00", "%ff", "..", "-1", "1.5", "999999999999", "null", "a'b", "%F0%9F%98%80"]

const parameters = (operation: JsonObject, place: string, chance: Chance): ReadonlyArray<readonly [string, string]> =>
  itemsOf(operation["parameters"])
    .filter((parameter) => parameter["in"] === place && (parameter["required"] === true || chance.isOneIn(2)))
    .map((parameter) => [
      String(parameter["name"]),
      chance.isOneIn(4) ? chance.oneOf(oddTexts) ?? "" : String(valueOf(child(parameter, "schema"), chance))
    ])

/** Is true if a URL would change this path segment. A URL drops `.` and `..`, and turns a backslash into a slash. */
const isOtherPath = (text: string) => text.includes("\\") || /^(\.|%2e){1,2}$/i.test(text)

const segmentOf = (text: string | undefined) => text === undefined || text === "" || isOtherPath(text) ? "x" : text

const printable = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 300)

/** Makes a request of the operation. About half of the bodies are invalid. `known` contains ids that exist. */
export const requestFor = (
  { method, operation, path }: (typeof operations)[number],
  chance: Chance,
  known: Readonly<Record<string, string>>
): Generated => {
  const named = Object.fromEntries(parameters(operation, "path", chance))
  const place = path.replaceAll(
    /\{(\w+)\}/g,
    (_match, name: string) => chance.isOneIn(2) ? known[name] ?? "" : segmentOf(named[name])
  )
  const query = parameters(operation, "query", chance).map(([name, value]) => `${name}=${value}`).join("&")
  const content = child(operation, "requestBody", "content", "application/json")
  const examples = Object.keys(child(content, "examples"))
  // A value that is made from the schema alone may break a rule between two fields.
  const value = examples.length > 0 && chance.isOneIn(8)
    ? child(content, "examples", chance.oneOf(examples) ?? "")["value"]
    : valueOf(child(content, "schema"), chance)
  const body = JSON.stringify(chance.isOneIn(2) ? value ?? {} : spoiled(value, chance))
  return {
    method,
    path: query === "" ? place : `${place}?${query}`,
    headers: Object.fromEntries(
      parameters(operation, "header", chance).map(([name, text]) => [name, printable(text)])
    ),
    ...("requestBody" in operation && { body })
  }
}
