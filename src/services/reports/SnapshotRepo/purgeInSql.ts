import { DateTime, Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { OrgId } from "../../../domain/Ids.ts"
import { purgeLimit } from "../../../domain/Snapshot.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { queryOrganizations } from "../../database/decodeRows.ts"
import { mapSqlErrors } from "../../database/errors.ts"

const batch = 500

/** Organization by organization, in batches that pass over what another cleaner or a renewal holds. */
export const purgeInSql = (
  sql: SqlClient.SqlClient,
  now: Effect.Effect<DateTime.Utc, Unreachable>
) => {
  const purgeBatch = (organizationId: OrgId, limit: Date) =>
    mapSqlErrors(sql`
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

  const purgeAll = Effect.fnUntraced(
    function*(organizationId: OrgId, limit: Date): Effect.fn.Return<number, Unreachable> {
      const deleted = yield* purgeBatch(organizationId, limit)
      return deleted < batch ? deleted : deleted + (yield* purgeAll(organizationId, limit))
    }
  )

  return Effect.gen(function*() {
    const limit = DateTime.toDate(purgeLimit(yield* now))
    const due = yield* queryOrganizations(sql`
      SELECT DISTINCT s.organization_id AS "organizationId" FROM crm_report_snapshots s WHERE s.expires_at <= ${limit}
    `)
    const purged = yield* Effect.forEach(
      due,
      ({ organizationId }) => Effect.map(purgeAll(organizationId, limit), (deleted) => ({ organizationId, deleted }))
    )
    return purged.filter(({ deleted }) => deleted > 0)
  })
}
