import { isJsonObject, itemsOf, type JsonObject, mapValues, withSchemas } from "./jsonTree.ts"

interface Nullables {
  /** The types of the schemas that may be null wherever they are used, by reference. */
  readonly types: ReadonlyMap<unknown, unknown>
  /** The enumerations that may be null only at some places. */
  readonly enumerations: ReadonlyMap<unknown, JsonObject>
}

const isNull = ({ type }: JsonObject) => type === "null"

/** A nullable enumeration must list null. */
const nullableSchema = (schema: JsonObject): JsonObject => {
  const { enum: values } = schema
  return { ...schema, ...(Array.isArray(values) && { enum: [...values, null] }), nullable: true }
}

/**
 * In OpenAPI 3.0, `anyOf: [Stat, null]` becomes a nullable `allOf: [Stat]`, if `Stat` may be null everywhere. An
 * enumeration that may be null only at some places is written out there.
 */
const nullableChoice = ({ enumerations, types }: Nullables) => (node: JsonObject): JsonObject => {
  const { anyOf, ...rest } = node
  const choices = itemsOf(anyOf)
  const [first, ...others] = choices.filter((choice) => !isNull(choice))
  if (first === undefined || others.length + 1 === choices.length) return node
  if (others.length > 0) return { ...rest, anyOf: [first, ...others] }
  const enumeration = enumerations.get(first["$ref"])
  if (enumeration !== undefined) return { ...nullableSchema(enumeration), ...rest }
  return types.has(first["$ref"])
    ? { ...rest, type: types.get(first["$ref"]), nullable: true, allOf: [first] }
    : { ...rest, ...first }
}

const nullableTypes = (node: JsonObject): JsonObject => {
  const { type, ...rest } = node
  if (!Array.isArray(type)) return node
  const [first, ...others] = type.filter((name) => name !== "null").map((name) => ({ type: name }))
  const nullable = type.includes("null") ? { ...first, nullable: true } : { ...first }
  return others.length === 0 ? { ...rest, ...nullable } : { ...rest, anyOf: [nullable, ...others] }
}

/** OpenAPI 3.0 ignores properties beside a `$ref`. */
const soleRef = (node: JsonObject): JsonObject => {
  const { $ref, ...rest } = node
  return $ref === undefined || Object.keys(rest).length === 0 ? node : { ...rest, allOf: [{ $ref }] }
}

const oneExample = (node: JsonObject): JsonObject => {
  const { examples, ...rest } = node
  return Array.isArray(examples) ? { ...rest, example: examples[0] } : node
}

interface Refs {
  readonly nullable: Set<unknown>
  readonly plain: Set<unknown>
}

const collectRefs = (value: unknown, { nullable, plain }: Refs): void => {
  if (Array.isArray(value)) return value.forEach((one) => collectRefs(one, { nullable, plain }))
  if (!isJsonObject(value)) return
  if (value["$ref"] !== undefined) plain.add(value["$ref"])
  const choices = itemsOf(value["anyOf"])
  const isChoice = choices.length === 2 && choices.some(isNull)
  if (isChoice) choices.forEach(({ $ref }) => $ref !== undefined && nullable.add($ref))
  for (const [key, inner] of Object.entries(value)) {
    if (!isChoice || key !== "anyOf") collectRefs(inner, { nullable, plain })
  }
}

const refOf = (name: string) => `#/components/schemas/${name}`

const nullablesIn = (document: JsonObject): Nullables => {
  const refs: Refs = { nullable: new Set(), plain: new Set() }
  collectRefs(document, refs)
  const types = new Map<unknown, unknown>()
  const enumerations = new Map<unknown, JsonObject>()
  withSchemas(document, (schemas) =>
    mapValues(schemas, (schema, name) => {
      const ref = refOf(name)
      const isAlways = refs.nullable.has(ref) && !refs.plain.has(ref)
      if (isAlways) types.set(ref, schema["type"])
      else if (Array.isArray(schema["enum"])) enumerations.set(ref, schema)
      return schema
    }))
  return { types, enumerations }
}

const withNullable = (document: JsonObject, { types }: Nullables): JsonObject =>
  withSchemas(
    document,
    (schemas) => mapValues(schemas, (schema, name) => types.has(refOf(name)) ? nullableSchema(schema) : schema)
  )

const isData = (key: string) => key === "examples" || key === "example"

const lowered = (value: unknown, nullables: Nullables): unknown => {
  if (Array.isArray(value)) return value.map((one) => lowered(one, nullables))
  if (!isJsonObject(value)) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isData(key) ? inner : lowered(inner, nullables)])
  )
  return [nullableChoice(nullables), nullableTypes, soleRef, oneExample].reduce((node, step) => step(node), inner)
}

const licenseOf = (license: unknown): JsonObject => {
  const { identifier, name } = isJsonObject(license) ? license : {}
  return { name, url: `https://spdx.org/licenses/${String(identifier)}.html` }
}

export const downgrade = (document: JsonObject): JsonObject => {
  const { info, ...rest } = document
  const { license, ...described } = isJsonObject(info) ? info : {}
  const nullables = nullablesIn(rest)
  const low = lowered(rest, nullables)
  return withNullable({
    ...(isJsonObject(low) ? low : {}),
    openapi: "3.0.3",
    info: { ...described, license: licenseOf(license) }
  }, nullables)
}
