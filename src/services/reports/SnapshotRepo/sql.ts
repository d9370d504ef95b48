import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, SqlError } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { ReportId, SnapshotId } from "../../../domain/Ids.ts"
import { stored } from "../../../domain/lenient.ts"
import type { Page } from "../../../domain/Page.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import {
  expiryAfter,
  type Frozen,
  FrozenNames,
  keptForDays,
  latestExpiry,
  lifeAt,
  purgeLimit,
  schemaVersion,
  Share,
  type ShareSnapshot,
  Snapshot,
  snapshotFor,
  SnapshotNotFound,
  SnapshotNotYours,
  SnapshotSummary
} from "../../../domain/Snapshot.ts"
import { sqlStateOf } from "../../database/errors.ts"
import { decodeRow, decodeRows, queryRows, snapshotTransaction, SqlFailures } from "../../database/statements.ts"
import { oldRows } from "../oldRows.ts"
import { manageable, readable, visible } from "../reportSql.ts"
import { snapshotHistory } from "./snapshotHistory.ts"

const { deletesAt: _deletesAt, expired: _expired, scope: { fields: scope }, ...ownFields } = SnapshotSummary.fields
const { layout, series, view } = Snapshot.fields

const SummaryRow = Schema.Struct({
  ...ownFields,
  ...scope,
  createdAt: Schema.DateTimeUtcFromDate,
  expiresAt: Schema.DateTimeUtcFromDate
})

const decodeSummaries = decodeRows(SummaryRow)
const names = Schema.NullOr(stored(FrozenNames))
const SnapshotRow = Schema.Struct({ ...SummaryRow.fields, view, names, layout, series })
const decodeCounts = decodeRows(Schema.Struct({ count: Schema.Int }))
const decodeNow = decodeRow(Schema.Struct({ now: Schema.DateTimeUtcFromDate }))

const snapshotAt = <R extends typeof SummaryRow.Type>(
  caller: Caller,
  { assigneeIds, role, ...row }: R,
  now: DateTime.Utc
) => snapshotFor(caller, { ...row, ...lifeAt(now, row.expiresAt), scope: { role, assigneeIds } })

const encodeShare = Schema.encodeSync(Schema.fromJsonString(Share))

/** Returns true if the report was deleted before its snapshot was stored. */
const isOrphaned = (error: unknown): boolean => SqlError.isSqlError(error) && sqlStateOf(error.reason) === "23503"

export const sqlSnapshotRepo = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const querySnapshots = yield* queryRows(SnapshotRow)
  const querySummaries = yield* queryRows(SummaryRow)
  const querySeen = yield* queryRows(Schema.Struct({ id: SnapshotId }))
  const queryReportIds = yield* queryRows(Schema.Struct({ reportId: ReportId }))
  const random = yield* SecureRandom.SecureRandom

  /** Only the clock of the database decides whether a snapshot has expired. */
  const selectNow = Effect.map(decodeNow(sql`SELECT now() AS now`), ({ now }) => now)
  const now = withSqlDeadline(selectNow)

  const summary = sql`s.id, s.report_id AS "reportId", s.title, s.timeframe, s.frozen_as AS role,
    s.assignee_ids AS "assigneeIds", s.created_by AS "createdBy", s.created_at AS "createdAt",
    s.expires_at AS "expiresAt", s.content_hash AS "contentHash", s.schema_version AS "schemaVersion",
    s.shared`

  const columns = sql`${summary}, s.view, s.names, s.layout, s.series`

  const ofReadable = (caller: Caller, id: SnapshotId) =>
    sql`s.id = ${id} AND EXISTS (
      SELECT 1 FROM crm_reports r WHERE r.id = s.report_id AND ${readable(sql, caller)}
    )`
  const visibleById = (caller: Caller, id: SnapshotId) => sql`${visible(sql, caller)} AND ${ofReadable(caller, id)}`
  const manageableById = (caller: Caller, id: SnapshotId) =>
    sql`${manageable(sql, caller)} AND ${ofReadable(caller, id)}`

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
        organization_id, id, report_id, title, layout, timeframe, view, names, series, frozen_as, assignee_ids,
        created_by, created_at, expires_at, content_hash, schema_version
      )
      SELECT r.organization_id, ${id}::uuid, r.id, ${frozen.title}::text, ${JSON.stringify(frozen.layout)}::json,
        ${JSON.stringify(frozen.timeframe)}::json, ${JSON.stringify(frozen.view)}::json,
        ${frozen.names === undefined ? null : JSON.stringify(frozen.names)}::jsonb,
        ${JSON.stringify(frozen.series)}::json, ${frozen.scope.role}::text,
        ${frozen.scope.assigneeIds}::text[], ${caller.userId}::text, ${DateTime.toDate(createdAt)}::timestamptz,
        ${DateTime.toDate(expiresAt)}::timestamptz, ${frozen.contentHash}::text, ${schemaVersion}::int
      FROM crm_reports r
      WHERE r.id = ${reportId} AND ${readable(sql, caller)}
      RETURNING id
    `.pipe(Effect.catchIf(isOrphaned, () => Effect.succeed([])), withSqlDeadline)
    if (inserted.length === 0) return yield* new ReportNotFound()
    const stored = { id, reportId, createdBy: caller.userId, createdAt, expiresAt, schemaVersion, shared: null }
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
      return { results: rows.map((row) => snapshotAt(caller, row, readAt)), total: total.count }
    },
    snapshotTransaction(sql),
    withSqlDeadline
  )

  const find = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [row] = yield* querySnapshots(sql`
      SELECT ${columns} FROM crm_report_snapshots s WHERE ${visibleById(caller, id)}
    `)
    return row === undefined ? yield* new SnapshotNotFound() : snapshotAt(caller, row, yield* now)
  })

  const refusal = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const seen = yield* querySeen(sql`SELECT s.id FROM crm_report_snapshots s WHERE ${visibleById(caller, id)}`)
    return yield* seen.length === 0 ? new SnapshotNotFound() : new SnapshotNotYours()
  })

  const share = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId, share: ShareSnapshot) {
    const { organization = false, people = [] } = share
    const sharedAt = yield* now
    const stored = encodeShare({ organization, people, sharedBy: caller.userId, sharedAt })
    const [row] = yield* querySummaries(sql`
      UPDATE crm_report_snapshots s SET shared = ${stored}::jsonb
      WHERE ${manageableById(caller, id)} AND s.created_by = ${caller.userId}
      RETURNING ${summary}
    `)
    return row === undefined ? yield* refusal(caller, id) : snapshotAt(caller, row, sharedAt)
  })

  const unshare = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [changed] = yield* queryReportIds(sql`
      UPDATE crm_report_snapshots s SET shared = NULL WHERE ${manageableById(caller, id)} AND s.shared IS NOT NULL
      RETURNING s.report_id AS "reportId"
    `)
    if (changed !== undefined) return changed.reportId
    const found = yield* querySeen(sql`SELECT s.id FROM crm_report_snapshots s WHERE ${manageableById(caller, id)}`)
    return found.length === 0 ? yield* refusal(caller, id) : undefined
  })

  const renew = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [row] = yield* querySnapshots(sql`
      UPDATE crm_report_snapshots s
      SET expires_at = least(
        (s.expires_at AT TIME ZONE 'UTC' + ${keptForDays} * interval '1 day') AT TIME ZONE 'UTC',
        ${DateTime.toDate(latestExpiry)}::timestamptz
      )
      WHERE ${manageableById(caller, id)}
      RETURNING ${columns}
    `)
    return row === undefined ? yield* refusal(caller, id) : snapshotAt(caller, row, yield* now)
  })

  const remove = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const [removed] = yield* queryReportIds(sql`
      DELETE FROM crm_report_snapshots s WHERE ${manageableById(caller, id)} RETURNING s.report_id AS "reportId"
    `)
    return removed === undefined ? yield* refusal(caller, id) : removed.reportId
  })

  const history = yield* snapshotHistory
  const deleteOld = yield* oldRows("crm_report_snapshots", "expires_at")
  const purge = Effect.flatMap(now, (at) => deleteOld(sql`${DateTime.toDate(purgeLimit(at))}::timestamptz`))

  return { create, list, history, find, share, unshare, renew, remove, purge }
})
