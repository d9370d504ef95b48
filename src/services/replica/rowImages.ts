import type { Field } from "../../metrics/Table.ts"
import { imageFields } from "../../query/columnar/projection.ts"

/** Exact in JSON: milliseconds, cents, 1/10,000 percent. */
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

/** SQL of a row `r`, by table. */
export const rowImages: ReadonlyMap<string, string> = new Map(
  [...imageFields].map(([table, fields]) => [table, imageOf(fields)])
)
