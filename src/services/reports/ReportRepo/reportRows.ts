import { Effect, Schema } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import { type CreateReport, Report } from "../../../domain/Report.ts"
import { queryRows } from "../../database/statements.ts"

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
