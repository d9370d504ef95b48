import { PgTypes } from "@effect/sql-pg"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { contract, type Tables } from "../metrics/crm.ts"
import type { Field, Kind, Table } from "../metrics/Table.ts"

type Rows = ReadonlyArray<Readonly<Record<string, unknown>>>

interface Encoding {
  readonly oid: number
  readonly type: string
  readonly cell: (column: string) => string
}

const { OID } = PgTypes
const unchanged = (column: string) => column

/** `unnest` flattens nested arrays, so a list is sent as text. */
const encodings: { readonly [K in Kind]: Encoding } = {
  text: { oid: OID.text, type: "text", cell: unchanged },
  uuid: { oid: OID.uuid, type: "uuid", cell: unchanged },
  instant: { oid: OID.timestamptz, type: "timestamptz", cell: unchanged },
  integer: { oid: OID.int4, type: "int4", cell: unchanged },
  money: { oid: OID.int8, type: "int8", cell: (column) => `${column} / 100::numeric` },
  percent: { oid: OID.int8, type: "int8", cell: (column) => `${column} / 10000::numeric` },
  texts: { oid: OID.text, type: "text", cell: (column) => `${column}::text[]` },
  uuids: { oid: OID.text, type: "text", cell: (column) => `${column}::uuid[]` }
}

const quoted = (value: unknown) => `"${String(value).replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** A list as PostgreSQL writes it, such as `{"a","b c"}`. */
export const listText = (values: ReadonlyArray<unknown>) => `{${values.map(quoted).join(",")}}`

const sent = (cell: unknown): unknown => Array.isArray(cell) ? listText(cell) : cell

export const keyFields = (table: Table): ReadonlyArray<Field> =>
  fieldsOf(table).filter(({ name }) => name === "organizationId" || table.key.includes(name))

export const fieldsOf = (table: Table): ReadonlyArray<Field> => Object.values(table.fields)

const onConflict = (table: Table, fields: ReadonlyArray<Field>): string => {
  const keys = keyFields(table)
  const changes = fields.filter((field) => !keys.includes(field)).map(({ column }) => `${column} = EXCLUDED.${column}`)
  const action = changes.length === 0 ? "NOTHING" : `UPDATE SET ${changes.join(", ")}`
  return `ON CONFLICT (${keys.map(({ column }) => column).join(", ")}) DO ${action}`
}

const insertion = (table: Table, fields: ReadonlyArray<Field>, conflict: string): string => {
  const columns = fields.map(({ column }) => column)
  const arrays = fields.map(({ kind }, index) => `$${index + 1}::${encodings[kind].type}[]`)
  return `
    INSERT INTO crm.${table.name} (${columns.join(", ")})
    SELECT ${fields.map(({ column, kind }) => encodings[kind].cell(`sent.${column}`)).join(", ")}
    FROM unnest(${arrays.join(", ")}) AS sent(${columns.join(", ")})
    ${conflict}
  `
}

/** A column that `rows` lacks gets its default, or keeps its value in an update. */
export const writeRows = Effect.fnUntraced(function*(
  table: Table,
  rows: Rows,
  { fields = fieldsOf(table), isUpdating = false, updated = fields }: {
    readonly fields?: ReadonlyArray<Field>
    /** If `isUpdating` is false, an existing row is an error. */
    readonly isUpdating?: boolean
    /** Only these fields of an existing row change. */
    readonly updated?: ReadonlyArray<Field>
  } = {}
) {
  const sql = yield* SqlClient.SqlClient
  const arrays = fields.map(({ kind, name }) =>
    Effect.fromResult(PgTypes.array(rows.map((row) => sent(row[name])), encodings[kind].oid))
  )
  const conflict = isUpdating ? onConflict(table, updated) : ""
  yield* sql.unsafe(insertion(table, fields, conflict), yield* Effect.orDie(Effect.all(arrays)))
})

const rowsAtOnce = 2_000

const inBatches = (rows: Rows): ReadonlyArray<Rows> =>
  Array.from(
    { length: Math.ceil(rows.length / rowsAtOnce) },
    (_, index) => rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce)
  )

/** Index-only scans need the visibility map, which `VACUUM` writes. */
export const vacuumAnalyze = Effect.fnUntraced(function*(tables: ReadonlyArray<Table>) {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.forEach(tables, ({ name }) => sql`VACUUM (ANALYZE) ${sql(`crm.${name}`)}`, { discard: true })
})

export const writeTables = Effect.fn("writeTables")(function*(
  tables: Tables,
  options: { readonly isUpdating?: boolean } = {}
) {
  const rowsOf = new Map<string, Rows>(Object.entries(tables))
  for (const [name, table] of Object.entries<Table>(contract)) {
    yield* Effect.forEach(inBatches(rowsOf.get(name) ?? []), (rows) => writeRows(table, rows, options), {
      discard: true
    })
  }
})
