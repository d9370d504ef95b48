import { Result, Schema } from "effect"
import { withoutNulls } from "./withoutNulls.ts"

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
