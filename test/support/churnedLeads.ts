import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Inserts this number of leads and updates them. The change log gets three changes for each lead. */
export const churnedLeads = Effect.fnUntraced(function*(rows: number, status: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
    SELECT 'org', concat(${status}::text, i), 'ana', ${status}, '2024-05-01' FROM generate_series(1, ${rows}::int) i`
  yield* sql`UPDATE crm.leads SET status = 'client' WHERE organization_id = 'org' AND status = ${status}`
})
