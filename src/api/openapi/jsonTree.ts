import { Predicate } from "effect"

export type JsonObject = { readonly [key: string]: unknown }

export const isJsonObject = (value: unknown): value is JsonObject => Predicate.isObject(value) && !Array.isArray(value)

export const child = (node: JsonObject, ...path: ReadonlyArray<string>): JsonObject =>
  path.reduce((at: JsonObject, key) => {
    const value = at[key]
    return isJsonObject(value) ? value : {}
  }, node)

export const itemsOf = (value: unknown): ReadonlyArray<JsonObject> =>
  Array.isArray(value) ? value.filter(isJsonObject) : []

export const textsOf = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value) ? value.filter((text) => typeof text === "string") : []

export const mapValues = (node: JsonObject, f: (value: JsonObject, key: string) => JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, isJsonObject(value) ? f(value, key) : value]))

const prefix = "#/components/schemas/"

export const ref = (name: string): JsonObject => ({ $ref: `${prefix}${name}` })

export const nameOf = ({ $ref }: JsonObject): string | undefined =>
  typeof $ref === "string" && $ref.startsWith(prefix) ? $ref.slice(prefix.length) : undefined

export const schemasOf = (document: JsonObject): JsonObject => child(document, "components", "schemas")

export const withSchemas = (document: JsonObject, change: (schemas: JsonObject) => JsonObject): JsonObject => ({
  ...document,
  components: { ...child(document, "components"), schemas: change(schemasOf(document)) }
})

export const withProperties = (schema: unknown, properties: JsonObject): JsonObject => {
  const node = child({ schema }, "schema")
  return { ...node, properties: { ...child(node, "properties"), ...properties } }
}

const isOperation = ([key]: readonly [string, unknown]) => ["get", "post", "put", "patch", "delete"].includes(key)

export const operationsOf = (document: JsonObject): ReadonlyArray<JsonObject> =>
  Object.values(child(document, "paths")).filter(isJsonObject).flatMap((path) =>
    Object.entries(path).filter(isOperation).map(([, operation]) => operation).filter(isJsonObject)
  )

export const withOperations = (document: JsonObject, change: (operation: JsonObject) => JsonObject): JsonObject => ({
  ...document,
  paths: mapValues(
    child(document, "paths"),
    (path) => mapValues(path, (operation, key) => isOperation([key, operation]) ? change(operation) : operation)
  )
})

/** The names of the schemas that the values refer to, also through other schemas. */
export const reachedFrom = (document: JsonObject, roots: ReadonlyArray<unknown>): ReadonlySet<string> => {
  const schemas = schemasOf(document)
  const reached = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isJsonObject(value)) return
    const name = nameOf(value)
    if (name !== undefined && !reached.has(name)) {
      reached.add(name)
      visit(schemas[name])
    }
    Object.values(value).forEach(visit)
  }
  visit(roots)
  return reached
}

export const withoutOrphans = (document: JsonObject): JsonObject => {
  const { schemas: _schemas, ...components } = child(document, "components")
  const reached = reachedFrom(document, [document["paths"], components])
  return withSchemas(
    document,
    (schemas) => Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)))
  )
}
