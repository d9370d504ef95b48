import { Predicate, Schema } from "effect"
import { definitions, type JoinDefinition, maxRowsOfKey } from "../../columnStore/joined/joins.ts"
import type { Row } from "../../columnStore/joined/sourceRows.ts"
import type { Source } from "../../columnStore/joined/sources.ts"
import { lines, literal, organization } from "../../query/sql/Statement.ts"
import { changeTable } from "./captureEpoch.ts"
import { areImages, cellOf } from "./rowImages.ts"

export type Limit = number | "ALL"

/** Selects the changes that the PgSnapshot `$2` does not contain. */
export const unseenIn = (table: string, columns: string, limit: Limit, hasOpen = true) => {
  /** ORDER BY makes PostgreSQL read the index, even if its estimates are wrong. */
  const changesWhere = (condition: string) =>
    lines(
      `SELECT ${columns} FROM ${table} r WHERE r.organization_id = ${organization}`,
      `  AND ${condition} ORDER BY r.xid LIMIT ${limit}`
    )
  const begunSince = "r.xid >= pg_snapshot_xmax($2::pg_snapshot) AND r.xid < pg_snapshot_xmax(pg_current_snapshot())"
  if (!hasOpen) return `(${changesWhere(begunSince)})`
  return lines(
    `(${changesWhere(begunSince)})`,
    "UNION ALL (SELECT e.* FROM pg_snapshot_xip($2::pg_snapshot) x CROSS JOIN LATERAL (",
    changesWhere("r.xid = x"),
    ") e WHERE pg_visible_in_snapshot(x, pg_current_snapshot()))"
  )
}

/** A row of the result has about this many bytes, so that joining it blocks the process only for milliseconds. */
const messageSize = 2 ** 17
/** Joining the rows of a key takes as long as parsing this many bytes. */
const sizeOfJoin = 64

/** A transaction, 1 for an insert or -1 for a delete, and the row. */
type RowChange = readonly [transaction: string, weight: number, row: Row]

/** The rows of a key, and the changes that the reader may lack. The rows contain these changes. */
export type KeyRows = readonly [key: string, rows: ReadonlyArray<Row>, changes: ReadonlyArray<RowChange>]

const isChange = (value: unknown): value is RowChange =>
  Array.isArray(value) && Predicate.isString(value[0]) && Predicate.isNumber(value[1]) && Array.isArray(value[2])

const areKeyRows = (value: unknown): value is ReadonlyArray<KeyRows> =>
  areImages(value) &&
  value.every(([key, rows, changes]) =>
    Predicate.isString(key) && areImages(rows) && Array.isArray(changes) && changes.every(isChange)
  )

const areTouched = (value: unknown): value is ReadonlyArray<ReadonlyArray<KeyRows>> =>
  Array.isArray(value) && value.every(areKeyRows)

/** Checking each cell with a schema would take longer than parsing. */
export const TouchedInJson = Schema.fromJsonString(Schema.declare(areTouched))

export const parseKeys: (text: string) => ReadonlyArray<KeyRows> = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.declare(areKeyRows))
)

const conditionOf = ({ key, only }: Source) =>
  [
    `r.${key.column} IS NOT NULL`,
    ...(only === undefined ? [] : [`r.${only.field.column} = ${literal(only.text)}`])
  ].join(" AND ")

const cellsOf = ({ fields }: Source, index: number) =>
  `json_build_array(${[index, ...fields.map(cellOf)].join(", ")})::text`

/** The statement reads a row more than allowed, so that a key with too many rows is noticed. */
const rowsOf = (source: Source, index: number, condition: string) => {
  const { key, table } = source
  return lines(
    `SELECT key, cells, NULL AS change FROM (SELECT r.${key.column} AS key, ${cellsOf(source, index)} AS cells,`,
    `  row_number() OVER (PARTITION BY r.${key.column}) AS number`,
    `FROM crm.${table} r WHERE r.organization_id = ${organization} AND ${conditionOf(source)}${condition}`,
    `) s WHERE number <= ${maxRowsOfKey + 1}`
  )
}

const byKey = (rows: string) =>
  `SELECT concat('[', to_json(key), ',[', string_agg(cells, ','), '],[', string_agg(change, ','), ']]') AS keyed
FROM (${rows}) u GROUP BY key`

/** Changes that undo each other in one transaction are left out. */
const changesOf = (source: Source, index: number, limit: Limit) => {
  const columns = `r.xid, r.weight, r.${source.key.column} AS key, ${cellsOf(source, index)} AS cells, ${
    conditionOf(source)
  } AS "isJoined"`
  return lines(
    "SELECT key, concat('[\"', xid, '\",', sum(weight), ',', cells, ']') AS change",
    `FROM (${unseenIn(changeTable(source.table), columns, limit)}) c WHERE "isJoined"`,
    "GROUP BY key, xid, cells HAVING sum(weight) <> 0"
  )
}

/** PostgreSQL reads the rows by an index, because the keys are an array. */
const touched = "ARRAY(SELECT key FROM touched)"

const unionOf = (parts: ReadonlyArray<string>) => parts.join("\nUNION ALL ")

/** Selects the rows of each key that has changes which the PgSnapshot `$2` does not contain. */
export const touchedKeys = ({ sources }: JoinDefinition, limit: Limit) => {
  const changes = sources.map((source, index) => changesOf(source, index, limit))
  const rows = sources.map((source, index) => rowsOf(source, index, ` AND r.${source.key.column} = ANY (${touched})`))
  const all = unionOf(["SELECT key, NULL AS cells, change FROM touched", ...rows])
  return lines(
    `WITH touched AS MATERIALIZED (${unionOf(changes)})`,
    byKey(`SELECT * FROM (${all}) a LIMIT ${limit}`)
  )
}

const inMessages = (keys: string) =>
  `SELECT '[' || string_agg(keyed, ',') || ']' FROM (
  SELECT keyed, sum(octet_length(keyed) + ${sizeOfJoin}) OVER (ROWS UNBOUNDED PRECEDING) / ${messageSize} AS message
  FROM (${keys}) k
) m GROUP BY message`

interface KeyQuery {
  readonly join: JoinDefinition
  readonly all: string
  readonly touched: string
}

/** Each row of a result is a message, which has many keys. */
export const keyQueries: ReadonlyArray<KeyQuery> = definitions.map((join) => ({
  join,
  all: inMessages(byKey(unionOf(join.sources.map((source, index) => rowsOf(source, index, ""))))),
  touched: inMessages(touchedKeys(join, "ALL"))
}))

const timesOf = (changes: ReadonlyArray<RowChange>, sign: 1 | -1) =>
  changes.flatMap(([, weight, row]) => Array.from({ length: Math.max(0, sign * weight) }, () => row))

/** Returns the rows that a key had before these changes. */
export const rowsBefore = (rows: ReadonlyArray<Row>, changes: ReadonlyArray<RowChange>): ReadonlyArray<Row> => {
  const inserted = Map.groupBy(timesOf(changes, 1), (row) => JSON.stringify(row))
  return [...rows, ...timesOf(changes, -1)].filter((row) => inserted.get(JSON.stringify(row))?.pop() === undefined)
}
