import { type Schema, SchemaAST } from "effect"

const acceptsNull = (ast: SchemaAST.AST): boolean =>
  ast._tag === "Null" || (ast._tag === "Union" && ast.types.some(acceptsNull))

export const isOptional = (ast: SchemaAST.AST): boolean => ast.context?.isOptional === true

const cleanItem = (ast: SchemaAST.AST, value: unknown): unknown => {
  if (!Array.isArray(value)) return clean(ast, value)
  const item = ast._tag === "Arrays" ? ast.rest[0] : undefined
  if (item === undefined) return value
  const items = value.map((one) => cleanItem(item, one))
  return items.some((one, index) => one !== value[index]) ? items : value
}

/** Most requests have no null, so an object is copied only if it changes. */
const clean = <A>(ast: SchemaAST.AST, value: A): A => {
  if (ast._tag !== "Objects" || typeof value !== "object" || value === null) return value
  const changes = ast.propertySignatures.flatMap(({ name, type }) => {
    const given: unknown = Reflect.get(value, name)
    if (typeof given !== "object") return []
    if (given === null) return isOptional(type) && !acceptsNull(type) ? [{ name, inner: undefined }] : []
    const inner = cleanItem(type, given)
    return inner === given ? [] : [{ name, inner }]
  })
  if (changes.length === 0) return value
  const copy = { ...value }
  for (const { inner, name } of changes) {
    if (inner === undefined) Reflect.deleteProperty(copy, name)
    else Reflect.set(copy, name, inner)
  }
  return copy
}

/** Leaves out each optional property that is null, unless its schema accepts null. */
export const withoutNulls = (schema: Schema.Constraint) => {
  const ast = SchemaAST.toEncoded(schema.ast)
  return <A>(value: A): A => Array.isArray(value) ? value : clean(ast, value)
}
