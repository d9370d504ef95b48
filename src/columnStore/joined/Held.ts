import type { Field } from "../../metrics/Table.ts"
import { type KeyedRows, makeKeyedRows, type Rows } from "./KeyedRows.ts"
import type { Source } from "./sources.ts"

interface Held {
  readonly rows: KeyedRows
  readonly group: { -readonly [name in keyof Rows]: Rows[name] }
  readonly keyOf: (image: ReadonlyArray<unknown>) => string | undefined
}

export const heldOf = ({ fields: kept, key, only }: Source, fields: ReadonlyArray<Field>): Held => {
  const keyAt = fields.indexOf(key)
  const onlyAt = only === undefined ? -1 : fields.indexOf(only.field)
  const keyOf = (image: ReadonlyArray<unknown>) => {
    const value = image[keyAt]
    if (typeof value !== "string") return undefined
    return only === undefined || image[onlyAt] === only.text ? value : undefined
  }
  const rows = makeKeyedRows(fields, kept)
  return { rows, keyOf, group: { places: [], text: rows.text, texts: rows.texts, number: rows.number } }
}
