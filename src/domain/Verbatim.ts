import { Result, Schema } from "effect"

const isAnything = <A>(_value: unknown): _value is A => true

/** A JSON value that passes as it is, told to clients as the schema. */
const documented = <S extends Schema.Constraint>(
  schema: S,
  filter: Parameters<typeof Schema.makeFilter<S["Type"]>>[0]
) =>
  Schema.declare(isAnything<S["Type"]>, { toCodecJson: () => undefined }).check(Schema.makeFilter(filter, {
    representation: { id: "crm-reports/verbatim", payload: null, schemas: [schema.ast] },
    toJsonSchema: ({ schemas: [shape] }) => shape ?? {}
  }))

/** Checked against the schema, and then kept as it came: the same value, with every key that the schema does not know. */
export const verbatim = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownResult(schema)
  return documented(
    schema,
    (value, _ast, options) =>
      Result.match(decode(value, options), { onSuccess: () => undefined, onFailure: ({ issue }) => issue })
  )
}

/** What was stored, perhaps by another version: given back as it was, and told to clients as the schema. */
export const stored = <S extends Schema.Constraint>(schema: S) => documented(schema, () => true)
