import { Effect, Option, Predicate, Result, Schema, SchemaAST, SchemaTransformation, Struct } from "effect"
import { CurrentCaller } from "./Caller.ts"
import { selection } from "./Run.ts"
import { type Timeframe, TimeframeRequest } from "./Timeframe.ts"

const acceptsNull = (ast: SchemaAST.AST): boolean =>
  ast._tag === "Null" || (ast._tag === "Union" && ast.types.some(acceptsNull))

const isOptional = (ast: SchemaAST.AST): boolean => ast.context?.isOptional === true

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

const accept = <A>(_value: unknown): _value is A => true

const documented = <S extends Schema.Constraint>(
  schema: S,
  filter: Parameters<typeof Schema.makeFilter<S["Type"]>>[0]
) =>
  Schema.declare(accept<S["Type"]>, { toCodecJson: () => undefined }).check(Schema.makeFilter(filter, {
    representation: { id: "crm-reports/verbatim", payload: null, schemas: [schema.ast] },
    toJsonSchema: ({ schemas: [shape] }) => shape ?? {}
  }))

export const verbatim = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownResult(schema)
  const clean = withoutNulls(schema)
  return documented(
    schema,
    (value, _ast, options) =>
      Result.match(decode(clean(value), options), { onSuccess: () => undefined, onFailure: ({ issue }) => issue })
  )
}

/** Documents `schema`, but accepts any value: another version of the service may have stored it. Decode before use. */
export const stored = <S extends Schema.Constraint>(schema: S) => documented(schema, () => true)

const decodeTimeframe = Schema.decodeUnknownResult(TimeframeRequest)
const cleanTimeframe = withoutNulls(TimeframeRequest)

/** An unreadable timeframe becomes an empty preset, which each widget reports as invalid. */
export const storedTimeframe = (value: unknown): Timeframe =>
  Result.getOrElse(decodeTimeframe(cleanTimeframe(value)), () => ({ preset: "" }))

const selecting = Struct.keys(selection)

const isMember = Effect.map(Effect.serviceOption(CurrentCaller), Option.exists(({ role }) => role === "member"))

const withoutSelection = (value: unknown) =>
  Predicate.isReadonlyObject(value) && !Array.isArray(value) ? Struct.omit(value, selecting) : value

/**
 * Null in an optional property means that it is absent. If all properties are optional, the body may be absent too.
 * A member's selection of people is ignored, whatever its type.
 */
export const lenient = <S extends Schema.Constraint>(schema: S) => {
  const ast = SchemaAST.toEncoded(schema.ast)
  const properties = ast._tag === "Objects" ? ast.propertySignatures : []
  const absent = properties.every(({ type }) => isOptional(type)) ? {} : undefined
  const selects = properties.some(({ name }) => name === selecting[0])
  const clean = withoutNulls(schema)
  const counting = (value: unknown) =>
    selects ? Effect.map(isMember, (ignored) => ignored ? withoutSelection(value) : value) : Effect.succeed(value)
  const cleaned = Schema.make<Schema.Codec<unknown>>(stored(schema).ast).pipe(
    Schema.decodeTo(
      Schema.make<Schema.Codec<S["Type"], unknown>>(schema.ast),
      SchemaTransformation.transformEffect<unknown, unknown>({
        decode: (value) => Effect.map(counting(value ?? absent), clean),
        encode: (value) => Effect.succeed(value)
      })
    )
  )
  return Schema.make<Schema.Codec<S["Type"], S["Encoded"]>>(cleaned.ast)
}
