import { Predicate } from "effect"

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => Predicate.isObject(value) && !Array.isArray(value)

const child = (node: Node, key: string): Node => {
  const value = node[key]
  return isNode(value) ? value : {}
}

const suffix = "Encoded"

/** `ReportEncoded` is `Report` on the wire, where no other has the name. */
const renamer = (schemas: Node) => (name: string) => {
  const short = name.slice(0, -suffix.length)
  return name.endsWith(suffix) && !(short in schemas) ? short : name
}

const isClosed = (key: string, value: unknown): boolean => key === "additionalProperties" && value === false

const isSingleChoice = (node: Node): node is { readonly anyOf: readonly [Node] } =>
  Array.isArray(node["anyOf"]) && node["anyOf"].length === 1 && Object.keys(node).length === 1

/** Unknown keys are ignored in requests, and responses may grow: no object is closed. */
const rewrite = (rename: (name: string) => string) => {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isNode(value)) return value
    if (isSingleChoice(value)) return walk(value.anyOf[0])
    return Object.fromEntries(
      Object.entries(value).filter(([key, inner]) => !isClosed(key, inner)).map(([key, inner]) => [
        key,
        key === "$ref" && typeof inner === "string" ? inner.replace(/[^/]+$/, rename) : walk(inner)
      ])
    )
  }
  return walk
}

const header = (description: string) => ({ description, schema: { type: "string" } })

const everywhere = { "X-Request-Id": header("The id of the request, the caller's own where it brought one.") }

const atStatus = new Map<string, Node>([
  ["401", { "WWW-Authenticate": header("Always `Bearer`.") }],
  ["503", { "Retry-After": header("Seconds to wait before the next try.") }]
])

const withHeaders = (responses: Node): Node =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      isNode(response)
        ? { ...response, headers: { ...everywhere, ...atStatus.get(status), ...child(response, "headers") } }
        : response
    ])
  )

const withResponses = (operation: Node): Node => {
  const { 413: tooLarge, 415: otherType, ...responses } = child(operation, "responses")
  const ofBody = "requestBody" in operation ? { 413: tooLarge, 415: otherType } : {}
  return { ...operation, responses: withHeaders({ ...responses, ...ofBody }) }
}

const isNumericText = (schema: Node): boolean =>
  schema["type"] === "string" && typeof schema["pattern"] === "string" && schema["pattern"].startsWith("^[+-]?")

const withNumbers = (operation: Node): Node => {
  const parameters = operation["parameters"]
  if (!Array.isArray(parameters)) return operation
  return {
    ...operation,
    parameters: parameters.map((parameter: unknown) =>
      isNode(parameter) && isNumericText(child(parameter, "schema"))
        ? { ...parameter, schema: { type: "integer" } }
        : parameter
    )
  }
}

const mapValues = (node: Node, f: (value: Node) => Node): Node =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, isNode(value) ? f(value) : value]))

/** What the generated document says differently from what a client should read. */
export const tidy = (document: Node): Node => {
  const components = child(document, "components")
  const schemas = child(components, "schemas")
  const rename = renamer(schemas)
  const walk = rewrite(rename)
  const renamed = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [rename(name), schema]))
  const tidied = walk({ ...document, components: { ...components, schemas: renamed } })
  if (!isNode(tidied)) return document
  return {
    ...tidied,
    paths: mapValues(
      child(tidied, "paths"),
      (path) => mapValues(path, (operation) => withNumbers(withResponses(operation)))
    )
  }
}
