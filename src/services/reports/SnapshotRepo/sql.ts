import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, SqlError } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { type OrgId, type ReportId, SnapshotId } from "../../../domain/Ids.ts"
import type { Page } from "../../../domain/Page.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import {
  expiryAfter,
  type Frozen,
  keptForDays,
  latestExpiry,
  lifeAt,
  purgeLimit,
  schemaVersion,
  Snapshot,
  SnapshotNotFound
} from "../../../domain/Snapshot.ts"
import { sqlStateOf } from "../../database/errors.ts"
import { SqlFailures } from "../../database/SqlFailures.ts"
import { decodeRow, decodeRows, organizationRows, queryRows } from "../../database/statements.ts"
import { snapshotTransaction } from "../../database/transaction.ts"
import { batchSize, inBatches } from "../inBatches.ts"
import { readable, visible } from "../visibility.ts"
import { snapshotHistory } from "./snapshotHistory.ts"

const { deletesAt: _deletesAt, expired: _expired, layout, scope: { fields: scope }, series, view, ...ownFields } =
  Snapshot.fields

const SummaryRow = Schema.Struct({
  ...ownFields,
  ...scope,
  createdAt: Schema.DateTimeUtcFromDate,
  expiresAt: Schema.DateTimeUtcFromDate
})

const decodeSummaries = decodeRows(SummaryRow)
const SnapshotRow = Schema.Struct({ ...SummaryRow.fields, view, layout, series })
const decodeCounts = decodeRows(Schema.Struct({ count: Schema.Int }))
const decodeNow = decodeRow(Schema.Struct({ now: Schema.DateTimeUtcFromDate }))

const snapshotAt = <R extends typeof SummaryRow.Type>({ assigneeIds, role, ...row }: R, now: DateTime.Utc) => ({
  ...row,
  ...lifeAt(now, row.expiresAt),
  scope: { role, assigneeIds }
})

/** Returns true if the report was deleted before its snapshot was stored. */
const isOrphaned = (error: unknown): boolean => SqlError.isSqlError(error) && sqlStateOf(error.reason) === "23503"

export const sqlSnapshotRepo = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors, withSqlDeadline } = yield* SqlFailures
  const querySnapshots = yield* queryRows(SnapshotRow)
  const queryOrganizations = yield* organizationRows
  const random = yield* SecureRandom.SecureRandom

  /** Only the clock of the database decides whether a snapshot has expired. */
  const selectNow = Effect.map(decodeNow(sql`SELECT now() AS now`), ({ now }) => now)
  const now = withSqlDeadline(selectNow)

  const summary = sql`s.id, s.report_id AS "reportId", s.title, s.timeframe, s.frozen_as AS role,
    s.assignee_ids AS "assigneeIds", s.created_by AS "createdBy", s.created_at AS "createdAt",
    s.expires_at AS "expiresAt", s.content_hash AS "contentHash", s.schema_version AS "schemaVersion"`

  const columns = sql`${summary}, s.view, s.layout, s.series`

  const visibleById = (caller: Caller, id: SnapshotId) =>
    sql`s.id = ${id} AND ${visible(sql, caller)} AND EXISTS (
      SELECT 1 FROM crm_reports r WHERE r.id = s.report_id AND ${readable(sql, caller)}
    )`

  const create = Effect.fnUntraced(function*(
    caller: Caller,
    reportId: ReportId,
    frozen: Frozen,
    keptDays?: number
  ) {
    const createdAt = yield* now
    const expiresAt = expiryAfter(createdAt, keptDays)
    const id = SnapshotId.make(yield* random.uuidV4())
    const inserted = yield* sql`
      INSERT INTO crm_report_snapshots (
        organization_id, id, report_id, title, layout, timeframe, view, series, frozen_as, assignee_ids, created_by,
        created_at, expires_at, content_hash, schema_version
      )
      SELECT r.organization_id, ${id}::uuid, r.id, ${frozen.title}::text, ${JSON.stringify(frozen.layout)}::json,
        ${JSON.stringify(frozen.timeframe)}::json, ${JSON.stringify(frozen.view)}::json,
        ${JSON.stringify(frozen.series)}::json, ${frozen.scope.role}::text,
        ${frozen.scope.assigneeIds}::text[], ${caller.userId}::text, ${DateTime.toDate(createdAt)}::timestamptz,
        ${DateTime.toDate(expiresAt)}::timestamptz, ${frozen.contentHash}::text, ${schemaVersion}::int
      FROM crm_reports r
      WHERE r.id = ${reportId} AND ${readable(sql, caller)}
      RETURNING id
    `.pipe(Effect.catchIf(isOrphaned, () => Effect.succeed([])), withSqlDeadline)
    if (inserted.length === 0) return yield* new ReportNotFound()
    const stored = { id, reportId, createdBy: caller.userId, createdAt, expiresAt, schemaVersion }
    return { ...frozen, ...stored, ...lifeAt(createdAt, expiresAt) }
  })

  const list = Effect.fnUntraced(
    function*(caller: Caller, reportId: ReportId, { limit, offset }: Page) {
      const [total] = yield* decodeCounts(sql`
      SELECT (
        SELECT count(*)::int FROM crm_report_snapshots s WHERE s.report_id = r.id AND ${visible(sql, caller)}
      ) AS count
      FROM crm_reports r
      WHERE r.id = ${reportId} AND ${readable(sql, caller)}
    `)
      if (total === undefined) return yield* new ReportNotFound()
      const rows = yield* decodeSummaries(sql`
      SELECT ${summary} FROM crm_report_snapshots s
      WHERE s.report_id = ${reportId} AND ${visible(sql, caller)}
      ORDER BY s.created_at DESC, s.id
      LIMIT ${limit} OFFSET ${offset}
    `)
      const readAt = yield* selectNow
      return { results: rows.map((row) => snapshotAt(row, readAt)), total: total.count }
    },
    snapshotTransaction(sql),
    withSqlDeadline
  )

  const find = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [row] = yield* querySnapshots(sql`
      SELECT ${columns} FROM crm_report_snapshots s WHERE ${visibleById(caller, id)}
    `)
    return row === undefined ? yield* new SnapshotNotFound() : snapshotAt(row, yield* now)
  })

  const renew = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [row] = yield* querySnapshots(sql`
      UPDATE crm_report_snapshots s
      SET expires_at = least(
        (s.expires_at AT TIME ZONE 'UTC' + ${keptForDays} * interval '1 day') AT TIME ZONE 'UTC',
        ${DateTime.toDate(latestExpiry)}::timestamptz
      )
      WHERE ${visibleById(caller, id)}
      RETURNING ${columns}
    `)
    return row === undefined ? yield* new SnapshotNotFound() : snapshotAt(row, yield* now)
  })

  const remove = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const removed = yield* withSqlDeadline(
      sql`DELETE FROM crm_report_snapshots s WHERE ${visibleById(caller, id)} RETURNING s.id`
    )
    if (removed.length === 0) return yield* new SnapshotNotFound()
  })

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

  const purge = Effect.gen(function*() {
    const limit = DateTime.toDate(purgeLimit(yield* now))
    const due = yield* queryOrganizations(sql`
      SELECT DISTINCT s.organization_id AS "organizationId" FROM crm_report_snapshots s WHERE s.expires_at <= ${limit}
    `)
    const purged = yield* Effect.forEach(
      due,
      ({ organizationId }) =>
        Effect.map(inBatches(purgeBatch(organizationId, limit)), (deleted) => ({ organizationId, deleted }))
    )
    return purged.filter(({ deleted }) => deleted > 0)
  })

  const history = yield* snapshotHistory

  return { create, list, history, find, renew, remove, purge }
})
