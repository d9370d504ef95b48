import { Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import type { OrgId } from "../../../domain/Ids.ts"

/** `chosen` is a condition on the subscriptions `s`. Call this in a transaction. A delivery that is being made waits for it. */
export const deleteSubscriptions = Effect.fnUntraced(function*(
  sql: SqlClient.SqlClient,
  organizationId: OrgId,
  chosen: Statement.Fragment
) {
  const rows = yield* sql`
    DELETE FROM crm_report_subscriptions s WHERE s.organization_id = ${organizationId} AND ${chosen} RETURNING s.id
  `
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  yield* sql`
    DELETE FROM crm_report_recipients p
    WHERE p.organization_id = ${organizationId} AND p.subscription_id = ANY (${ids}::uuid[])
  `
  yield* sql`
    DELETE FROM crm_report_deliveries d
    WHERE d.organization_id = ${organizationId} AND d.subscription_id = ANY (${ids}::uuid[])
  `
  return ids.length
})
