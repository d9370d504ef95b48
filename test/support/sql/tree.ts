import { loadModule, parseSync } from "libpg-query"

await loadModule()

/** A node of PostgreSQL's parse tree has one property, which is named after its kind. */
export interface Tree {
  readonly [property: string]: unknown
}

/** A part of a statement, with its kind or with the name of the property that contains it. */
export interface Part {
  readonly kind: string
  readonly body: Tree
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const listOf = (value: unknown): ReadonlyArray<Tree> => Array.isArray(value) ? value.filter(isTree) : []

/** Returns the body of a node of this kind. */
export const as = (kind: string, node: unknown): Tree | undefined => {
  const body = isTree(node) ? node[kind] : undefined
  return isTree(body) ? body : undefined
}

export const stringsOf = (names: unknown): ReadonlyArray<string> =>
  listOf(names).map((name) => String(as("String", name)?.["sval"] ?? "*"))

const collect = (value: unknown, parts: Array<Part>): void => {
  if (Array.isArray(value)) { for (const one of value) collect(one, parts) }
  else if (isTree(value)) {
    for (const [kind, body] of Object.entries(value)) {
      if (isTree(body)) parts.push({ kind, body })
      collect(body, parts)
    }
  }
}

export const partsOf = (value: unknown): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  collect(value, parts)
  return parts
}

export const bodiesOf = (kind: string, parts: ReadonlyArray<Part>): ReadonlyArray<Tree> =>
  parts.filter((part) => part.kind === kind).map(({ body }) => body)

/** Returns the kind of each statement, and its parts. */
export const parsed = (text: string) =>
  listOf(parseSync(text).stmts).map(({ stmt }) => ({
    kind: isTree(stmt) ? Object.keys(stmt).join() : "",
    parts: partsOf(stmt)
  }))
