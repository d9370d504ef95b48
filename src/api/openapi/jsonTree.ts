import { Predicate } from "effect"

/** An object of the document. */
export type Node = { readonly [key: string]: unknown }

export const isNode = (value: unknown): value is Node => Predicate.isObject(value) && !Array.isArray(value)

export const child = (node: Node, ...path: ReadonlyArray<string>): Node =>
  path.reduce((at: Node, key) => {
    const value = at[key]
    return isNode(value) ? value : {}
  }, node)

export const itemsOf = (value: unknown): ReadonlyArray<Node> => Array.isArray(value) ? value.filter(isNode) : []

export const textsOf = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value) ? value.filter((text) => typeof text === "string") : []

export const mapValues = (node: Node, f: (value: Node, key: string) => Node): Node =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, isNode(value) ? f(value, key) : value]))

const prefix = "#/components/schemas/"

export const ref = (name: string): Node => ({ $ref: `${prefix}${name}` })

export const nameOf = ({ $ref }: Node): string | undefined =>
  typeof $ref === "string" && $ref.startsWith(prefix) ? $ref.slice(prefix.length) : undefined

export const schemasOf = (document: Node): Node => child(document, "components", "schemas")

export const withSchemas = (document: Node, change: (schemas: Node) => Node): Node => ({
  ...document,
  components: { ...child(document, "components"), schemas: change(schemasOf(document)) }
})

/** The schema with these properties beside its own, or in their place. */
export const withProperties = (schema: unknown, properties: Node): Node => {
  const node = child({ schema }, "schema")
  return { ...node, properties: { ...child(node, "properties"), ...properties } }
}

const isOperation = ([key]: readonly [string, unknown]) => ["get", "post", "patch", "delete"].includes(key)

export const operationsOf = (document: Node): ReadonlyArray<Node> =>
  Object.values(child(document, "paths")).filter(isNode).flatMap((path) =>
    Object.entries(path).filter(isOperation).map(([, operation]) => operation).filter(isNode)
  )

export const withOperations = (document: Node, change: (operation: Node) => Node): Node => ({
  ...document,
  paths: mapValues(
    child(document, "paths"),
    (path) => mapValues(path, (operation, key) => isOperation([key, operation]) ? change(operation) : operation)
  )
})

/** Drops the schemas that nothing leads to any more. */
export const withoutOrphans = (document: Node): Node => {
  const schemas = schemasOf(document)
  const reached = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isNode(value)) return
    const name = nameOf(value)
    if (name !== undefined && !reached.has(name)) {
      reached.add(name)
      visit(schemas[name])
    }
    Object.values(value).forEach(visit)
  }
  const { schemas: _schemas, ...components } = child(document, "components")
  visit([document["paths"], components])
  return withSchemas(document, () => Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name))))
}
