import { Result, Schema } from "effect"

/** Accepts every value. `verbatim` adds the check; `stored` has none, so its type is only what was written. */
const accept = <A>(_value: unknown): _value is A => true

/** A JSON value that is passed on unchanged; the document shows the schema. */
const documented = <S extends Schema.Constraint>(
  schema: S,
  filter: Parameters<typeof Schema.makeFilter<S["Type"]>>[0]
) =>
  Schema.declare(accept<S["Type"]>, { toCodecJson: () => undefined }).check(Schema.makeFilter(filter, {
    representation: { id: "crm-reports/verbatim", payload: null, schemas: [schema.ast] },
    toJsonSchema: ({ schemas: [shape] }) => shape ?? {}
  }))

/** Checked against the schema, then passed on unchanged, with the keys that the schema does not know. */
export const verbatim = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownResult(schema)
  return documented(
    schema,
    (value, _ast, options) =>
      Result.match(decode(value, options), { onSuccess: () => undefined, onFailure: ({ issue }) => issue })
  )
}

/** A stored value, unchecked because another version may have written it. Decode it before computing with it. */
export const stored = <S extends Schema.Constraint>(schema: S) => documented(schema, () => true)
