import { isNode, itemsOf, type Node, schemasOf, withSchemas } from "./jsonTree.ts"

const suffix = "Encoded"

/** `ReportEncoded` is `Report` on the wire, where no other has the name. */
const renamer = (schemas: Node) => (name: string) => {
  const short = name.slice(0, -suffix.length)
  return name.endsWith(suffix) && !(short in schemas) ? short : name
}

/** Unknown keys are ignored in requests and responses may grow, so no object is closed; bounds that bind nothing are noise. */
const isNoise = (key: string, value: unknown): boolean =>
  (key === "additionalProperties" && value === false) ||
  (key === "minLength" && value === 0) ||
  (key === "minimum" && value === Number.MIN_SAFE_INTEGER) ||
  (key === "maximum" && value === Number.MAX_SAFE_INTEGER)

const isBare = (node: Node) => typeof node["type"] === "string" && Object.keys(node).length === 1
const isNull = (node: Node) => isBare(node) && node["type"] === "null"
const isScalar = ({ type }: Node) => typeof type === "string" && type !== "object" && type !== "array"

/** One choice is none, and `anyOf` of plain types is a list of types. */
const withoutNeedlessChoice = (node: Node): Node => {
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

/** A record beside known keys is said in one object. */
const withoutNeedlessMerge = (node: Node): Node => {
  const { allOf, ...rest } = node
  const [only, ...others] = itemsOf(allOf)
  const merges = only !== undefined && others.length === 0 && rest["type"] === "object" && only["type"] === "object" &&
    Object.keys(only).every((key) => ["type", "additionalProperties"].includes(key))
  return merges ? { ...rest, ...only } : node
}

const rewrite = (rename: (name: string) => string) => {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isNode(value)) return value
    const tidied = Object.fromEntries(
      Object.entries(value).filter(([key, inner]) => !isNoise(key, inner)).map(([key, inner]) => [
        key,
        key === "$ref" && typeof inner === "string" ? inner.replace(/[^/]+$/, rename) : walk(inner)
      ])
    )
    return withoutNeedlessMerge(withoutNeedlessChoice(tidied))
  }
  return walk
}

/** What the generated document says differently from what a client should read. */
export const tidy = (document: Node): Node => {
  const rename = renamer(schemasOf(document))
  const renamed = withSchemas(
    document,
    (schemas) => Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [rename(name), schema]))
  )
  const tidied = rewrite(rename)(renamed)
  return isNode(tidied) ? tidied : document
}
