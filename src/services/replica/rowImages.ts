import type { Field } from "../../metrics/Table.ts"
import { imageFields } from "../../query/columnar/projection.ts"

/** JSON represents these numbers exactly: milliseconds, cents, ten-thousandths. */
const cellOf = ({ column, kind }: Field): string => {
  switch (kind) {
    case "text":
    case "uuid":
    case "texts":
    case "uuids":
    case "integer":
      return `r.${column}`
    case "instant":
      return `(extract(epoch FROM r.${column}) * 1000)::bigint`
    case "money":
      return `(r.${column} * 100)::bigint`
    case "percent":
      return `(r.${column} * 10000)::bigint`
  }
}

const imageOf = (fields: ReadonlyArray<Field>): string => `json_build_array(${fields.map(cellOf).join(", ")})`

export const rowImages: ReadonlyMap<string, string> = new Map(
  [...imageFields].map(([table, fields]) => [table, imageOf(fields)])
)
