import { Schema } from "effect"
import type { SqlClient } from "effect/sql"
import { type CreateReport, Report } from "../../../domain/Report.ts"

const { snapshotCount, ...ownFields } = Report.fields

export const StoredRow = Schema.Struct({
  ...ownFields,
  version: Schema.Int,
  createdAt: Schema.DateTimeUtcFromDate,
  updatedAt: Schema.DateTimeUtcFromDate
})
export type StoredRow = typeof StoredRow.Type

export const ReportRow = Schema.Struct({ ...StoredRow.fields, snapshotCount })

export const summaryColumns = (sql: SqlClient.SqlClient) =>
  sql`r.id, r.organization_id AS "organizationId", r.owner_id AS "ownerId", r.title, r.description,
    CASE WHEN r.visibility = 'private' AND r.people IS NOT NULL THEN 'people' ELSE r.visibility END AS visibility,
    r.default_timeframe AS "defaultTimeframe", r.created_at AS "createdAt", r.updated_at AS "updatedAt"`

export const storedColumns = (sql: SqlClient.SqlClient) =>
  sql`${summaryColumns(sql)}, r.layout, r.default_filters AS "defaultFilters", r.default_people AS "defaultPeople",
    coalesce(CASE WHEN r.visibility = 'private' THEN r.people END, '{}') AS people, r.version`

/** A report with people is stored as a private one, which is what an older version of the service makes of it. */
export const storedReaders = ({ people, visibility }: Pick<CreateReport, "people" | "visibility">) => ({
  visibility: visibility === "people" ? "private" : visibility,
  people: visibility === "people" ? people ?? [] : null
})
