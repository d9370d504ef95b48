import { Effect, Option, Predicate, Schema, SchemaAST, SchemaTransformation, Struct } from "effect"
import { CurrentCaller } from "./Caller.ts"
import { selection } from "./Run.ts"
import { isOptional, stored, withoutNulls } from "./Verbatim.ts"

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
