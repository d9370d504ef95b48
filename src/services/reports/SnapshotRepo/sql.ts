import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, SqlError } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { type ReportId, SnapshotId } from "../../../domain/Ids.ts"
import type { Page } from "../../../domain/Page.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import {
  expiryAfter,
  type Frozen,
  keptForDays,
  latestExpiry,
  lifeAt,
  schemaVersion,
  Snapshot,
  SnapshotNotFound
} from "../../../domain/Snapshot.ts"
import { queryCounts, queryRows } from "../../database/decodeRows.ts"
import { sqlStateOf, withSqlDeadline } from "../../database/errors.ts"
import { readable, visible } from "../visibility.ts"
import { purgeInSql } from "./purgeInSql.ts"

const { deletesAt: _deletesAt, expired: _expired, layout, scope: { fields: scope }, series, ...ownFields } =
  Snapshot.fields

const SummaryRow = Schema.Struct({
  ...ownFields,
  ...scope,
  createdAt: Schema.DateTimeUtcFromDate,
  expiresAt: Schema.DateTimeUtcFromDate
})

const summaryRows = queryRows(SummaryRow)
const snapshotRows = queryRows(Schema.Struct({ ...SummaryRow.fields, layout, series }))
const moments = queryRows(Schema.Struct({ now: Schema.DateTimeUtcFromDate }))

const shown = <R extends typeof SummaryRow.Type>({ assigneeIds, role, ...row }: R, now: DateTime.Utc) => ({
  ...row,
  ...lifeAt(now, row.expiresAt),
  scope: { role, assigneeIds }
})

/** The report was deleted while its snapshot was computed. */
const isOrphaned = (error: unknown): boolean => SqlError.isSqlError(error) && sqlStateOf(error.reason) === "23503"

export const inSql = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom

  /** The database's clock judges every expiry, and its word is passed on as a value. */
  const now = Effect.gen(function*() {
    const [moment] = yield* moments(sql`SELECT now() AS now`)
    return moment === undefined ? yield* Effect.die("the database has no clock") : moment.now
  })

  const summary = sql`s.id, s.report_id AS "reportId", s.title, s.timeframe, s.frozen_as AS role,
    s.assignee_ids AS "assigneeIds", s.created_by AS "createdBy", s.created_at AS "createdAt",
    s.expires_at AS "expiresAt", s.content_hash AS "contentHash", s.schema_version AS "schemaVersion"`

  const seen = (caller: Caller, id: SnapshotId) =>
    sql`s.id = ${id} AND ${visible(sql, caller)} AND EXISTS (
      SELECT 1 FROM crm_reports r WHERE r.id = s.report_id AND ${readable(sql, caller)}
    )`

  const create = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, frozen: Frozen) {
    const createdAt = yield* now
    const expiresAt = expiryAfter(createdAt)
    const id = SnapshotId.make(yield* random.uuidV4())
    const inserted = yield* sql`
      INSERT INTO crm_report_snapshots (
        organization_id, id, report_id, title, layout, timeframe, series, frozen_as, assignee_ids, created_by,
        created_at, expires_at, content_hash, schema_version
      )
      SELECT r.organization_id, ${id}::uuid, r.id, ${frozen.title}::text, ${JSON.stringify(frozen.layout)}::json,
        ${JSON.stringify(frozen.timeframe)}::json, ${JSON.stringify(frozen.series)}::json, ${frozen.scope.role}::text,
        ${frozen.scope.assigneeIds}::text[], ${caller.userId}::text, ${DateTime.toDate(createdAt)}::timestamptz,
        ${DateTime.toDate(expiresAt)}::timestamptz, ${frozen.contentHash}::text, ${schemaVersion}::int
      FROM crm_reports r
      WHERE r.id = ${reportId} AND ${readable(sql, caller)}
      RETURNING id
    `.pipe(Effect.catchIf(isOrphaned, () => Effect.succeed([])), withSqlDeadline)
    if (inserted.length === 0) return yield* new ReportNotFound()
    const kept = { id, reportId, createdBy: caller.userId, createdAt, expiresAt, schemaVersion }
    return { ...frozen, ...kept, ...lifeAt(createdAt, expiresAt) }
  })

  const list = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, { limit, offset }: Page) {
    const [total] = yield* queryCounts(sql`
      SELECT (
        SELECT count(*)::int FROM crm_report_snapshots s WHERE s.report_id = r.id AND ${visible(sql, caller)}
      ) AS count
      FROM crm_reports r
      WHERE r.id = ${reportId} AND ${readable(sql, caller)}
    `)
    if (total === undefined) return yield* new ReportNotFound()
    const rows = yield* summaryRows(sql`
      SELECT ${summary} FROM crm_report_snapshots s
      WHERE s.report_id = ${reportId} AND ${visible(sql, caller)}
      ORDER BY s.created_at DESC, s.id
      LIMIT ${limit} OFFSET ${offset}
    `)
    const moment = yield* now
    return { results: rows.map((row) => shown(row, moment)), total: total.count }
  })

  const find = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [row] = yield* snapshotRows(sql`
      SELECT ${summary}, s.layout, s.series FROM crm_report_snapshots s WHERE ${seen(caller, id)}
    `)
    return row === undefined ? yield* new SnapshotNotFound() : shown(row, yield* now)
  })

  const renew = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [row] = yield* snapshotRows(sql`
      UPDATE crm_report_snapshots s
      SET expires_at = least(
        (s.expires_at AT TIME ZONE 'UTC' + ${keptForDays} * interval '1 day') AT TIME ZONE 'UTC',
        ${DateTime.toDate(latestExpiry)}::timestamptz
      )
      WHERE ${seen(caller, id)}
      RETURNING ${summary}, s.layout, s.series
    `)
    return row === undefined ? yield* new SnapshotNotFound() : shown(row, yield* now)
  })

  const remove = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const removed = yield* withSqlDeadline(
      sql`DELETE FROM crm_report_snapshots s WHERE ${seen(caller, id)} RETURNING s.id`
    )
    if (removed.length === 0) return yield* new SnapshotNotFound()
  })

  return { create, list, find, renew, remove, purge: purgeInSql(sql, now) }
})
