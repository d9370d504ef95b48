import type { SqlClient } from "effect/sql"
import type { Caller } from "../../domain/Caller.ts"

/** People who have left the organization read nothing that was shared with them. */
const isPresent = (sql: SqlClient.SqlClient, { organizationId, userId }: Caller) =>
  sql`NOT EXISTS (
    SELECT 1 FROM crm.members m
    WHERE m.organization_id = ${organizationId} AND m.user_id = ${userId} AND m.left_at <= now()
  )`

/** `r` is a report. The inner query has an index of its own, so that lists still read no rows of the table. */
export const readable = (sql: SqlClient.SqlClient, caller: Caller) =>
  sql`r.organization_id = ${caller.organizationId}
    AND (r.owner_id = ${caller.userId} OR r.visibility = 'organization' OR r.id IN (
      SELECT p.id FROM crm_reports p
      WHERE p.organization_id = ${caller.organizationId} AND p.people @> ARRAY[${caller.userId}::text]
        AND p.visibility = 'private' AND ${isPresent(sql, caller)}
    ))`

/** After a wait for a lock, PostgreSQL looks at the columns of `r` again. */
export const changeable = (sql: SqlClient.SqlClient, caller: Caller) =>
  sql`r.organization_id = ${caller.organizationId} AND (r.owner_id = ${caller.userId} OR (
    ${caller.role === "admin"}::boolean AND (r.visibility = 'organization' OR (
      r.people @> ARRAY[${caller.userId}::text] AND r.visibility = 'private' AND ${isPresent(sql, caller)}
    ))
  ))`

/** `s` is a snapshot of a readable report. */
export const manageable = (sql: SqlClient.SqlClient, { organizationId, role, userId }: Caller) =>
  sql`s.organization_id = ${organizationId}
    AND (${role === "admin"}::boolean OR (s.created_by = ${userId} AND s.frozen_as = 'member'))`

/** `s` is a snapshot of a readable report. */
export const visible = (sql: SqlClient.SqlClient, caller: Caller) =>
  sql`s.organization_id = ${caller.organizationId} AND ((${manageable(sql, caller)}) OR s.id IN (
    SELECT h.id FROM crm_report_snapshots h
    WHERE h.organization_id = ${caller.organizationId} AND h.shared IS NOT NULL
      AND (h.shared @> '{"organization":true}' OR h.shared->'people' @> to_jsonb(${caller.userId}::text))
      AND ${isPresent(sql, caller)}
  ))`
