import { Schema } from "effect"
import type { KeyPage, Texts } from "../../columnStore/joined/Archive.ts"
import { type JoinDefinition, maxRowsOfKey } from "../../columnStore/joined/Join.ts"
import { definitions } from "../../columnStore/joined/joins.ts"
import type { Source } from "../../columnStore/joined/sources.ts"
import { literal, organization } from "../../query/sql/Statement.ts"
import { Bytes, bytesOfSize, viewOf } from "./bytes.ts"
import { cellOf } from "./rowImages.ts"

/** A row of the result has about this many bytes, so that joining it blocks the process only for milliseconds. */
const messageSize = 2 ** 17
/** Joining the rows of a key takes as long as parsing this many bytes. */
const sizeOfJoin = 64

/** The statement reads a row more than allowed, so that a key with too many rows is noticed. */
const rowsOf = ({ fields, key, only, table }: Source, index: number) =>
  `SELECT key, cells FROM (
    SELECT r.${key.column} AS key, row_number() OVER (PARTITION BY r.${key.column}) AS number,
      json_build_array(${[index, ...fields.map(cellOf)].join(", ")})::text AS cells
    FROM crm.${table} r WHERE r.organization_id = ${organization} AND r.${key.column} IS NOT NULL
      ${only === undefined ? "" : `AND r.${only.field.column} = ${literal(only.text)}`}
  ) s WHERE number <= ${maxRowsOfKey + 1}`

const queryOf = ({ sources }: JoinDefinition) =>
  `SELECT string_agg(int4send(octet_length(key)), ''), string_agg(key, ''),
    string_agg(int4send(octet_length(list)), ''), string_agg(list, ',')
  FROM (
    SELECT *, sum(octet_length(list) + ${sizeOfJoin}) OVER (ROWS UNBOUNDED PRECEDING) / ${messageSize} AS message
    FROM (
      SELECT convert_to(key, 'UTF8') AS key, convert_to('[' || string_agg(cells, ',') || ']', 'UTF8') AS list
      FROM (${sources.map(rowsOf).join(" UNION ALL ")}) u GROUP BY key
    ) k
  ) m GROUP BY message`

export const keyQueries: ReadonlyArray<readonly [JoinDefinition, string]> = definitions.map((definition) => [
  definition,
  queryOf(definition)
])

const textsOf = (sizes: Uint8Array, bytes: Uint8Array, separator: number): Texts => {
  const view = viewOf(sizes)
  const ends = new Int32Array(sizes.length / bytesOfSize)
  let start = 0
  for (let index = 0; index < ends.length; index++) {
    const end = start + view.getInt32(index * bytesOfSize)
    ends[index] = end
    start = end + separator
  }
  return { bytes, separator, ends }
}

const decodeMessage = Schema.decodeUnknownSync(Schema.Tuple([Bytes, Bytes, Bytes, Bytes]))

/** The texts are copied. Otherwise they would keep the whole buffer of the driver in memory. */
export const keyPageOf = (message: unknown): KeyPage => {
  const [keySizes, keys, listSizes, lists] = decodeMessage(message)
  return { keys: textsOf(keySizes, new Uint8Array(keys), 0), rows: textsOf(listSizes, new Uint8Array(lists), 1) }
}
