import { DateTime, Effect, Schema } from "effect"
import type { SqlClient } from "effect/sql"
import { OrgId } from "../../domain/Ids.ts"
import { purgeLimit } from "../../domain/Snapshot.ts"
import type { TimedOut, Unavailable } from "../../domain/Unavailable.ts"
import { mapped } from "../Database.ts"
import { rowsOf } from "../reports/rowsOf.ts"

const batch = 500

const organizations = rowsOf(Schema.Struct({ organizationId: OrgId }))

/** Organization by organization, in batches that pass over what another cleaner or a renewal holds. */
export const purgeInSql = (
  sql: SqlClient.SqlClient,
  now: Effect.Effect<DateTime.Utc, Unavailable | TimedOut>
) => {
  const purgeBatch = (organizationId: OrgId, limit: Date) =>
    mapped(sql`
      DELETE FROM crm_report_snapshots s
      WHERE s.organization_id = ${organizationId} AND s.expires_at <= ${limit} AND s.id = ANY (ARRAY (
        SELECT due.id FROM crm_report_snapshots due
        WHERE due.organization_id = ${organizationId} AND due.expires_at <= ${limit}
        ORDER BY due.expires_at
        LIMIT ${batch}
        FOR UPDATE SKIP LOCKED
      ))
      RETURNING s.id
    `).pipe(Effect.map((rows) => rows.length))

  const purgeOne = Effect.fnUntraced(function*(organizationId: OrgId, limit: Date) {
    let deleted = 0
    let found = batch
    while (found === batch) {
      found = yield* purgeBatch(organizationId, limit)
      deleted += found
    }
    return { organizationId, deleted }
  })

  return Effect.gen(function*() {
    const limit = DateTime.toDate(purgeLimit(yield* now))
    const due = yield* organizations(sql`
      SELECT DISTINCT s.organization_id AS "organizationId" FROM crm_report_snapshots s WHERE s.expires_at <= ${limit}
    `)
    const purged = yield* Effect.forEach(due, ({ organizationId }) => purgeOne(organizationId, limit))
    return purged.filter(({ deleted }) => deleted > 0)
  })
}
