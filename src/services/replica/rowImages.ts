import type { Field } from "../../metrics/Table.ts"
import { imageFields } from "../../query/columnar/projection.ts"

/** Times and numbers become integers, which are exact in JSON: milliseconds, cents, or ten-thousandths of a percent. */
const cellOf = ({ kind }: Field, stored: string, typed: (type: string) => string): string => {
  switch (kind) {
    case "text":
    case "uuid":
    case "texts":
    case "uuids":
    case "integer":
      return stored
    case "instant":
      return `(extract(epoch FROM ${typed("timestamptz")}) * 1000)::bigint`
    case "money":
      return `(${typed("numeric")} * 100)::bigint`
    case "percent":
      return `(${typed("numeric")} * 10000)::bigint`
  }
}

const imagesOf = (cell: (field: Field, index: number) => string): ReadonlyMap<string, string> =>
  new Map([...imageFields].map(([table, fields]) => [table, `json_build_array(${fields.map(cell).join(", ")})`]))

/** For each table, the SQL that builds the image of a row `r`: a JSON list of its columns. */
export const rowImages = imagesOf((field) => cellOf(field, `r.${field.column}`, () => `r.${field.column}`))

/** For each table, the SQL that builds the same image from a change `c`. */
export const changeImages = imagesOf((field, index) =>
  cellOf(field, `c.image -> ${index}`, (type) => `(c.image ->> ${index})::${type}`)
)
