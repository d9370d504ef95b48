import { projections } from "../../columnStore/projection.ts"
import type { Field } from "../../metrics/Table.ts"
import { organization } from "../../query/sql/Statement.ts"
import { cellOf } from "./rowImages.ts"

export interface AlikeQuery {
  readonly text: string
  /** Lists the number fields of an image, in the order of the result's columns. */
  readonly numbers: ReadonlyArray<{ readonly field: number; readonly isInstant: boolean }>
}

/** PostgreSQL sends eight bytes, which are microseconds since 2000 for an instant. */
const bytesOf = (field: Field): string | undefined => {
  switch (field.kind) {
    case "text":
    case "uuid":
    case "texts":
    case "uuids":
      return undefined
    case "instant":
      return `timestamptz_send(r.${field.column})`
    case "integer":
    case "money":
    case "percent":
      return `int8send(${cellOf(field)}::bigint)`
  }
}

const keyOf = (field: Field) => bytesOf(field) === undefined ? `r.${field.column}` : `r.${field.column} IS NULL`

const sharedCellOf = (field: Field) =>
  bytesOf(field) === undefined ? `r.${field.column}` : `CASE WHEN ${keyOf(field)} THEN NULL ELSE 0 END`

const maxAlike = 2 ** 14
/** A row of the result packs about this many rows, so that reading it blocks the process only for milliseconds. */
const messageSize = 2 ** 14
/** Parsing this many bytes of text takes as long as reading a row. */
const bytesInTimeOfRow = 8

const queryOf = (table: string, fields: ReadonlyArray<Field>): AlikeQuery => {
  const numbers = fields.flatMap((field, index) => {
    const bytes = bytesOf(field)
    return bytes === undefined ? [] : [{ field: index, isInstant: field.kind === "instant", bytes }]
  })
  const columns = numbers.map(({ bytes }, index) => ({ bytes, name: `n${index}` }))
  const alike = `SELECT json_build_array(${fields.map(sharedCellOf).join(", ")})::text AS image, count(*)::int AS size
    ${columns.map(({ bytes, name }) => `, coalesce(string_agg(${bytes}, ''), '') AS ${name}`).join("")}
    FROM (SELECT ${
    fields.map(({ column }) => column).join(", ")
  }, row_number() OVER () / ${maxAlike} AS part FROM crm.${table} WHERE organization_id = ${organization}) r
    GROUP BY part, ${fields.map(keyOf).join(", ")}`
  const messages =
    `SELECT *, sum(size + octet_length(image) / ${bytesInTimeOfRow}) OVER (ROWS UNBOUNDED PRECEDING) / ${messageSize} AS message
    FROM (${alike}) a`
  const text = `SELECT '[' || string_agg(image, ',') || ']' AS images, string_agg(int4send(size), '') AS sizes
    ${columns.map(({ name }) => `, string_agg(${name}, '') AS ${name}`).join("")}
    FROM (${messages}) m GROUP BY message`
  return { text, numbers }
}

/** Rows that differ only in their numbers have one text, and their numbers are packed. */
export const alikeQueries: ReadonlyMap<string, AlikeQuery> = new Map(
  [...projections].map(([table, { fields }]) => [table, queryOf(table, fields)])
)
