import { Schema } from "effect"
import { undocumented } from "./Text.ts"

/** An object with other properties is refused, because a misspelled property must not be ignored. */
export const closed = <const Fields extends Schema.Struct.Fields>(fields: Fields, property: string) => {
  const known = Schema.Struct(fields)
  const names = Object.keys(fields)
  const message = `is not a ${property}, which has ${names.join(", ")}`
  const other = Schema.String.check(Schema.makeFilter((name) => !names.includes(name), undocumented))
  const refused = Schema.Unknown.check(Schema.makeFilter(() => message, undocumented))
  return Schema.make<Schema.Codec<typeof known.Type, typeof known.Encoded>>(
    Schema.StructWithRest(known, [Schema.Record(other, refused)]).ast
  )
}
