import { Schema } from "effect"
import { imageFields } from "../../columnStore/projection.ts"
import type { Field } from "../../metrics/Table.ts"
import { loggedFields } from "./loggedFields.ts"

type Images = ReadonlyArray<ReadonlyArray<unknown>>

export const areImages = (value: unknown): value is Images => Array.isArray(value) && value.every(Array.isArray)

/** Checking each cell with a schema would take longer than parsing. */
export const parseImages: (text: string) => Images = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.declare(areImages))
)

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

/** The image of a row is empty if the column store does not keep rows of the table as they are. */
export const rowImages: ReadonlyMap<string, string> = new Map(
  [...loggedFields.keys()].map((table) => [
    table,
    `json_build_array(${(imageFields.get(table) ?? []).map(cellOf).join(", ")})`
  ])
)
