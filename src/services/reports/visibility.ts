import type { SqlClient } from "effect/sql"
import type { Caller } from "../../domain/Caller.ts"

/** `r` is a report. */
export const readable = (sql: SqlClient.SqlClient, { organizationId, userId }: Caller) =>
  sql`r.organization_id = ${organizationId} AND (r.owner_id = ${userId} OR r.visibility = 'organization')`

export const changeable = (sql: SqlClient.SqlClient, { organizationId, role, userId }: Caller) =>
  sql`r.organization_id = ${organizationId}
    AND (r.owner_id = ${userId} OR (r.visibility = 'organization' AND ${role === "admin"}::boolean))`

/** `s` is a snapshot of a readable report. */
export const visible = (sql: SqlClient.SqlClient, { organizationId, role, userId }: Caller) =>
  sql`s.organization_id = ${organizationId}
    AND (${role === "admin"}::boolean OR (s.created_by = ${userId} AND s.frozen_as = 'member'))`
