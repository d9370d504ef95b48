import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { Table } from "../metrics/Table.ts"

/** After many rows were written: counts are planned well, and answered from the indexes alone. */
export const vacuumed = Effect.fnUntraced(function*(tables: ReadonlyArray<Table>) {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.forEach(tables, ({ name }) => sql`VACUUM (ANALYZE) ${sql(`crm.${name}`)}`, { discard: true })
})
