import { imageFields } from "../../columnStore/projection.ts"
import type { Field } from "../../metrics/Table.ts"

/** Times, amounts, and percentages become integers, because integers are exact in JSON. */
export const cellOf = ({ column, kind }: Field): string => {
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

export const rowImages: ReadonlyMap<string, string> = new Map(
  [...imageFields].map(([table, fields]) => [table, `json_build_array(${fields.map(cellOf).join(", ")})`])
)
