import { Effect, Schema } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import type { Caller } from "../../domain/Caller.ts"
import { type CreateReport, Report } from "../../domain/Report.ts"
import { queryRows } from "../database/statements.ts"

const { snapshotCount, ...ownFields } = Report.fields

const people = Schema.NullOr(ownFields.people)

export const readersRow = { visibility: ownFields.visibility, people }

type ReadersRow = Schema.Struct.Type<typeof readersRow>

/** A report with people is stored as a private one, so that older versions of the service show it to its owner only. */
export const withReaders = <R extends ReadersRow>(row: R) => ({
  ...row,
  ...(row.visibility === "private" && row.people !== null
    ? { visibility: "people" as const, people: row.people }
    : { visibility: row.visibility, people: [] })
})

export const storedReaders = ({ people, visibility }: Pick<CreateReport, "people" | "visibility">) => ({
  visibility: visibility === "people" ? "private" : visibility,
  people: visibility === "people" ? people ?? [] : null
})

const StoredRow = Schema.Struct({
  ...ownFields,
  people,
  version: Schema.Int,
  createdAt: Schema.DateTimeUtcFromDate,
  updatedAt: Schema.DateTimeUtcFromDate
})
export type StoredRow = ReturnType<typeof withReaders<typeof StoredRow.Type>>

const CountedRow = Schema.Struct({ ...StoredRow.fields, snapshotCount })

const rowsWithReaders = <S extends Schema.Decoder<ReadersRow>>(schema: S) =>
  Effect.map(
    queryRows(schema),
    (query) => (statement: Effect.Effect<ReadonlyArray<unknown>, SqlError.SqlError>) =>
      Effect.map(query(statement), (rows) => rows.map(withReaders))
  )

export const storedRows = rowsWithReaders(StoredRow)
export const countedRows = rowsWithReaders(CountedRow)

export const summaryColumns = (sql: SqlClient.SqlClient) =>
  sql`r.id, r.organization_id AS "organizationId", r.owner_id AS "ownerId", r.title, r.description,
    r.visibility, r.people, r.default_timeframe AS "defaultTimeframe", r.created_at AS "createdAt",
    r.updated_at AS "updatedAt"`

export const storedColumns = (sql: SqlClient.SqlClient) =>
  sql`${summaryColumns(sql)}, r.layout, r.default_filters AS "defaultFilters", r.default_people AS "defaultPeople",
    r.version`

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
