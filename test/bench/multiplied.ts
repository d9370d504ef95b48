import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { contract } from "../../src/metrics/crm.ts"
import type { Table } from "../../src/metrics/Table.ts"
import { decodeRows } from "../../src/services/database/statements.ts"
import { organizationId } from "./widgets.ts"

const unique = new Set(["lead_id", "deal_id", "task_id", "call_id", "email_id", "thread_id"])
const single = new Set(["organizations", "members", "tags"])

const decodeIndexes = decodeRows(Schema.Struct({ name: Schema.String, definition: Schema.String }))
const decodeColumns = decodeRows(Schema.Struct({ column: Schema.String }))

const tables: ReadonlyArray<Table> = Object.values<Table>(contract)

/** Adds copies of the organization's rows. Without indexes and triggers, the inserts are faster. */
export const multiplied = Effect.fnUntraced(function*(copies: number) {
  const sql = yield* SqlClient.SqlClient
  const indexes = yield* decodeIndexes(sql`
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
    WHERE indexrelid::regclass::text LIKE 'crm.%' AND NOT indisprimary
  `)
  yield* Effect.forEach(indexes, ({ name }) => sql`DROP INDEX ${sql(name)}`)
  for (const { name } of tables.filter((table) => !single.has(table.name))) {
    const columns = yield* decodeColumns(sql`
      SELECT column_name AS column FROM information_schema.columns
      WHERE table_schema = 'crm' AND table_name = ${name} ORDER BY ordinal_position
    `)
    const values = columns.map(({ column }) => unique.has(column) ? `${column} || '_' || copy` : column)
    yield* sql`ALTER TABLE ${sql(`crm.${name}`)} DISABLE TRIGGER USER`
    yield* sql.unsafe(
      `INSERT INTO crm.${name} (${columns.map(({ column }) => column).join(", ")})
       SELECT ${values.join(", ")} FROM crm.${name}, generate_series(1, ${copies}) copy WHERE organization_id = $1`,
      [organizationId]
    )
  }
  yield* Effect.forEach(indexes, ({ definition }) => sql.unsafe(definition))
})
