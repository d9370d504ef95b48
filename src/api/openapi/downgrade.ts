import { isNode, itemsOf, mapValues, type Node, schemasOf, withSchemas } from "./jsonTree.ts"

const isNull = ({ type }: Node) => type === "null"

/** `anyOf: [Stat, null]`. The schema itself must allow null too, or nothing could be both. */
const nullableChoice = (node: Node): Node => {
  const { anyOf, ...rest } = node
  const choices = itemsOf(anyOf)
  if (!choices.some(isNull)) return node
  return { ...rest, type: "object", nullable: true, allOf: choices.filter((choice) => !isNull(choice)) }
}

/** `type: ["number", "null"]` */
const nullableTypes = (node: Node): Node => {
  const { type, ...rest } = node
  if (!Array.isArray(type)) return node
  const [first, ...others] = type.filter((name) => name !== "null").map((name) => ({ type: name }))
  const nullable = type.includes("null") ? { ...first, nullable: true } : { ...first }
  return others.length === 0 ? { ...rest, ...nullable } : { ...rest, anyOf: [nullable, ...others] }
}

/** What stands beside a `$ref` is not read in 3.0. */
const soleRef = (node: Node): Node => {
  const { $ref, ...rest } = node
  return $ref === undefined || Object.keys(rest).length === 0 ? node : { ...rest, allOf: [{ $ref }] }
}

const oneExample = (node: Node): Node => {
  const { examples, ...rest } = node
  return Array.isArray(examples) ? { ...rest, example: examples[0] } : node
}

/** The schemas that stand in a choice with null. */
const nullableIn = (value: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value.flatMap(nullableIn)
  if (!isNode(value)) return []
  const here = value["nullable"] === true ? itemsOf(value["allOf"]).map(({ $ref }) => $ref) : []
  return [...here, ...Object.values(value).flatMap(nullableIn)]
}

const withNullable = (document: Node): Node => {
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
  if (!isNode(value)) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isData(key) ? inner : lowered(inner)])
  )
  return [nullableChoice, nullableTypes, soleRef, oneExample].reduce((node, step) => step(node), inner)
}

const licenseOf = (license: unknown): Node => {
  const { identifier, name } = isNode(license) ? license : {}
  return { name, url: `https://spdx.org/licenses/${String(identifier)}.html` }
}

/** The same contract for generators that do not read 3.1. */
export const downgrade = (document: Node): Node => {
  const { info, ...rest } = document
  const { license, ...told } = isNode(info) ? info : {}
  const low = lowered(rest)
  return withNullable({ ...(isNode(low) ? low : {}), openapi: "3.0.3", info: { ...told, license: licenseOf(license) } })
}
