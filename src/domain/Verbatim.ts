import { Result, Schema } from "effect"

/** No check: `verbatim` adds one. */
const accept = <A>(_value: unknown): _value is A => true

/** The document shows the schema. */
const documented = <S extends Schema.Constraint>(
  schema: S,
  filter: Parameters<typeof Schema.makeFilter<S["Type"]>>[0]
) =>
  Schema.declare(accept<S["Type"]>, { toCodecJson: () => undefined }).check(Schema.makeFilter(filter, {
    representation: { id: "crm-reports/verbatim", payload: null, schemas: [schema.ast] },
    toJsonSchema: ({ schemas: [shape] }) => shape ?? {}
  }))

/** Checked, then passed on unchanged with unknown keys. */
export const verbatim = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownResult(schema)
  return documented(
    schema,
    (value, _ast, options) =>
      Result.match(decode(value, options), { onSuccess: () => undefined, onFailure: ({ issue }) => issue })
  )
}

/** Unchecked, because another version may have written it: decode it before computing with it. */
export const stored = <S extends Schema.Constraint>(schema: S) => documented(schema, () => true)
