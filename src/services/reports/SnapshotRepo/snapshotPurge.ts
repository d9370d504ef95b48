import { DateTime, Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../../../domain/Ids.ts"
import { purgeLimit } from "../../../domain/Snapshot.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { organizationIds, SqlFailures } from "../../database/statements.ts"
import { batchSize, inBatches } from "../oldRows.ts"

/** Deletes snapshots that expired 30 days ago. `now` is the time of the database. */
export const snapshotPurge = Effect.fnUntraced(function*(now: Effect.Effect<DateTime.Utc, Unreachable>) {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const queryOrganizations = yield* organizationIds

  const purgeBatch = (organizationId: OrgId, limit: Date) =>
    mapSqlErrors(sql`
      DELETE FROM crm_report_snapshots s
      WHERE s.organization_id = ${organizationId} AND s.expires_at <= ${limit} AND s.id = ANY (ARRAY (
        SELECT due.id FROM crm_report_snapshots due
        WHERE due.organization_id = ${organizationId} AND due.expires_at <= ${limit}
        ORDER BY due.expires_at
        LIMIT ${batchSize}
        FOR UPDATE SKIP LOCKED
      ))
      RETURNING s.id
    `).pipe(Effect.map((rows) => rows.length))

  return Effect.gen(function*() {
    const limit = DateTime.toDate(purgeLimit(yield* now))
    const due = yield* queryOrganizations(sql`
      SELECT DISTINCT s.organization_id AS "organizationId" FROM crm_report_snapshots s WHERE s.expires_at <= ${limit}
    `)
    const purged = yield* Effect.forEach(
      due,
      (organizationId) =>
        Effect.map(inBatches(purgeBatch(organizationId, limit)), (deleted) => ({ organizationId, deleted }))
    )
    return purged.filter(({ deleted }) => deleted > 0)
  })
})
