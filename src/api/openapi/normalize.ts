import {
  child,
  isJsonObject,
  itemsOf,
  type JsonObject,
  mapValues,
  nameOf,
  schemasOf,
  textsOf,
  withOperations,
  withSchemas
} from "./jsonTree.ts"

const suffix = "Encoded"

/** A request schema that accepts nulls refers to the schema without `Encoded`. */
const isAlias = (schemas: JsonObject, name: string) => nameOf(child(schemas, name)) === name.slice(0, -suffix.length)

const renamer = (schemas: JsonObject) => (name: string) => {
  const short = name.slice(0, -suffix.length)
  return name.endsWith(suffix) && (!(short in schemas) || isAlias(schemas, name)) ? short : name
}

/** `additionalProperties: false` is removed, because later versions may add properties. */
const isRedundant = (key: string, value: unknown): boolean =>
  (key === "additionalProperties" && value === false) || key === "propertyNames" ||
  (key === "minLength" && value === 0) ||
  (key === "minimum" && value === Number.MIN_SAFE_INTEGER) ||
  (key === "maximum" && value === Number.MAX_SAFE_INTEGER)

const isBare = (node: JsonObject) => typeof node["type"] === "string" && Object.keys(node).length === 1
const isNull = (node: JsonObject) => isBare(node) && node["type"] === "null"
const isScalar = ({ type }: JsonObject) => typeof type === "string" && type !== "object" && type !== "array"

const simplifyAnyOf = (node: JsonObject): JsonObject => {
  const { anyOf, ...rest } = node
  const choices = itemsOf(anyOf)
  const [first] = choices
  if (first === undefined) return node
  if (choices.length === 1) return { ...first, ...rest }
  if (choices.every(isBare)) return { ...rest, type: choices.map(({ type }) => type) }
  const [other, none] = choices
  return choices.length === 2 && other !== undefined && none !== undefined && isScalar(other) && isNull(none)
    ? { ...rest, ...other, type: [other["type"], "null"] }
    : node
}

const texts = new Set(["description", "format", "examples"])
const isText = (node: JsonObject) => Object.keys(node).every((key) => texts.has(key))

/** Effect writes the text of a property into an `allOf`: alone, or after a `$ref`. */
const withOwnText = (node: JsonObject): JsonObject => {
  const { allOf, ...rest } = node
  const [first, ...others] = itemsOf(allOf)
  const [text, target] = others.length === 0 ? [first] : [others[0], first]
  if (text === undefined || others.length > 1 || !isText(text)) return node
  const { format, ...own } = text
  return { ...rest, ...target, ...(format !== undefined && { format }), ...own }
}

const simplifyAllOf = (node: JsonObject): JsonObject => {
  const { allOf, ...rest } = node
  const [only, ...others] = itemsOf(allOf)
  // In a query, a whole number is a text.
  if (only?.["type"] === "integer" && rest["type"] === "string") return only
  const merges = only !== undefined && others.length === 0 && rest["type"] === "object" && only["type"] === "object" &&
    Object.keys(only).every((key) => ["type", "additionalProperties"].includes(key))
  return merges ? { ...rest, ...only } : node
}

const rewrite = (rename: (name: string) => string) => {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isJsonObject(value)) return value
    const normalized = Object.fromEntries(
      Object.entries(value).filter(([key, inner]) => !isRedundant(key, inner)).map(([key, inner]) => [
        key,
        key === "$ref" && typeof inner === "string" ? inner.replace(/[^/]+$/, rename) : walk(inner)
      ])
    )
    return simplifyAllOf(withOwnText(simplifyAnyOf(normalized)))
  }
  return walk
}

export const normalizedSchema = (schema: JsonObject): JsonObject =>
  child({ schema: rewrite((name) => name)(schema) }, "schema")

export const normalize = (document: JsonObject): JsonObject => {
  const rename = renamer(schemasOf(document))
  const renamed = withSchemas(
    document,
    (schemas) =>
      Object.fromEntries(
        Object.entries(schemas).filter(([name]) => !isAlias(schemas, name)).map(([name, schema]) => [
          rename(name),
          schema
        ])
      )
  )
  const normalized = rewrite(rename)(renamed)
  return isJsonObject(normalized) ? normalized : document
}

/** A parameter has its text itself. */
export const withOwnDescription = (parameter: JsonObject): JsonObject => {
  const { description, ...schema } = child(parameter, "schema")
  return description === undefined ? parameter : { ...parameter, schema, description }
}

export const withParameterTexts = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => ({
    ...operation,
    parameters: itemsOf(operation["parameters"]).map(withOwnDescription)
  }))

const hasOptionalProperty = (schema: JsonObject) =>
  Object.keys(child(schema, "properties")).some((name) => !textsOf(schema["required"]).includes(name))

/** TypeScript refuses an optional property beside an index signature, so `allOf` separates the two. */
export const withSeparateRecords = (document: JsonObject): JsonObject =>
  withSchemas(document, (schemas) =>
    mapValues(schemas, (schema) => {
      const { additionalProperties, description, ...known } = schema
      return isJsonObject(additionalProperties) && hasOptionalProperty(known)
        ? { description, allOf: [known, { type: "object", additionalProperties }] }
        : schema
    }))
