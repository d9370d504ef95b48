import { isJsonObject, itemsOf, type JsonObject, mapValues, schemasOf, withSchemas } from "./jsonTree.ts"

const isNull = ({ type }: JsonObject) => type === "null"

/** In OpenAPI 3.0, `anyOf: [Stat, null]` becomes a nullable `allOf: [Stat]`. */
const nullableChoice = (node: JsonObject): JsonObject => {
  const { anyOf, ...rest } = node
  const choices = itemsOf(anyOf)
  if (!choices.some(isNull)) return node
  return { ...rest, type: "object", nullable: true, allOf: choices.filter((choice) => !isNull(choice)) }
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

const nullableIn = (value: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value.flatMap(nullableIn)
  if (!isJsonObject(value)) return []
  const here = value["nullable"] === true ? itemsOf(value["allOf"]).map(({ $ref }) => $ref) : []
  return [...here, ...Object.values(value).flatMap(nullableIn)]
}

const withNullable = (document: JsonObject): JsonObject => {
  const refs = new Set(nullableIn(schemasOf(document)))
  return withSchemas(
    document,
    (schemas) =>
      mapValues(
        schemas,
        (schema, name) => refs.has(`#/components/schemas/${name}`) ? { ...schema, nullable: true } : schema
      )
  )
}

const isData = (key: string) => key === "examples" || key === "example"

const lowered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lowered)
  if (!isJsonObject(value)) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isData(key) ? inner : lowered(inner)])
  )
  return [nullableChoice, nullableTypes, soleRef, oneExample].reduce((node, step) => step(node), inner)
}

const licenseOf = (license: unknown): JsonObject => {
  const { identifier, name } = isJsonObject(license) ? license : {}
  return { name, url: `https://spdx.org/licenses/${String(identifier)}.html` }
}

export const downgrade = (document: JsonObject): JsonObject => {
  const { info, ...rest } = document
  const { license, ...described } = isJsonObject(info) ? info : {}
  const low = lowered(rest)
  return withNullable({
    ...(isJsonObject(low) ? low : {}),
    openapi: "3.0.3",
    info: { ...described, license: licenseOf(license) }
  })
}
