import { Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, type Statement } from "effect/sql"
import { type Caller, mayChange, shownTo } from "../../../domain/Caller.ts"
import { peopleSetBy } from "../../../domain/DefaultView.ts"
import { type OrgId, ReportId } from "../../../domain/Ids.ts"
import {
  type CreateReport,
  ReportNotFound,
  ReportNotYours,
  type ReportPage,
  type ReportSort,
  ReportSummary
} from "../../../domain/Report.ts"
import { defaultTimeframe } from "../../../domain/Timeframe.ts"
import { decodeRow, decodeRows, queryRows, snapshotTransaction, SqlFailures } from "../../database/statements.ts"
import {
  countedRows,
  readable,
  readersRow,
  storedColumns,
  storedReaders,
  storedRows,
  summaryColumns,
  visible,
  withReaders
} from "../reportSql.ts"
import { jsonText, sqlChanges } from "./sqlChanges.ts"
import { sqlSchedules } from "./sqlSchedules.ts"
import { sqlVersions } from "./sqlVersions.ts"

const VersionRow = Schema.Struct({ id: ReportId, version: Schema.Int })
const SummaryRow = Schema.Struct({
  ...ReportSummary.fields,
  ...readersRow,
  createdAt: Schema.DateTimeUtcFromDate,
  updatedAt: Schema.DateTimeUtcFromDate
})
const decodeSummaries = decodeRows(SummaryRow)
const decodeCount = decodeRow(Schema.Struct({ count: Schema.Int }))

export const sqlReportRepo = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryStored = yield* storedRows
  const queryVersions = yield* queryRows(VersionRow)
  const queryReports = yield* countedRows
  const random = yield* SecureRandom.SecureRandom

  const [summary, columns] = [summaryColumns(sql), storedColumns(sql)]

  const snapshotCount = (caller: Caller) =>
    sql`(
      SELECT count(*)::int FROM crm_report_snapshots s WHERE s.report_id = r.id AND ${visible(sql, caller)}
    ) AS "snapshotCount"`

  const find = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const [report] = yield* queryReports(sql`
      SELECT ${columns}, ${snapshotCount(caller)}
      FROM crm_reports r
      WHERE r.id = ${id} AND ${readable(sql, caller)}
    `)
    return report === undefined ? yield* new ReportNotFound() : shownTo(caller, report.ownerId, report)
  })

  const refuseUnchangeable = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const report = yield* find(caller, id)
    if (!mayChange(caller, report)) return yield* new ReportNotYours()
  })

  const orders: { readonly [Sort in ReportSort]: Statement.Fragment } = {
    "-updatedAt": sql`r.updated_at DESC`,
    updatedAt: sql`r.updated_at`,
    "-createdAt": sql`r.created_at DESC`,
    createdAt: sql`r.created_at`,
    title: sql`lower(r.title) COLLATE "C"`,
    "-title": sql`lower(r.title) COLLATE "C" DESC`
  }

  const matching = (caller: Caller, search: string) =>
    search === ""
      ? readable(sql, caller)
      : sql`${readable(sql, caller)} AND (
          strpos(lower(r.title), lower(${search}::text)) > 0 OR strpos(lower(r.description), lower(${search}::text)) > 0
        )`

  const list = Effect.fnUntraced(
    function*(caller: Caller, { limit, offset, search = "", sort = "-updatedAt" }: ReportPage) {
      const results = yield* decodeSummaries(sql`
      SELECT ${summary}, json_array_length(r.layout->'widgets') AS "widgetCount", ${snapshotCount(caller)}
      FROM (
        SELECT r.id FROM crm_reports r
        WHERE ${matching(caller, search)}
        ORDER BY ${orders[sort]}, r.id
        LIMIT ${limit} OFFSET ${offset}
      ) AS page
      JOIN crm_reports r ON r.organization_id = ${caller.organizationId} AND r.id = page.id
      ORDER BY ${orders[sort]}, r.id
    `)
      const { count } = yield* decodeCount(sql`
      SELECT count(*)::int AS count FROM crm_reports r WHERE ${matching(caller, search)}
    `)
      return {
        results: results.map(withReaders).map(({ people: _people, ...report }): ReportSummary => report),
        total: count
      }
    },
    snapshotTransaction(sql),
    withSqlDeadline
  )

  /** The first start saves several reports in one transaction, and `now()` is the time at which it began. */
  const create = Effect.fnUntraced(function*(caller: Caller, report: CreateReport) {
    const { people, visibility = "private" } = storedReaders(report)
    const [created] = yield* queryStored(sql`
      INSERT INTO crm_reports AS r (
        organization_id, id, owner_id, title, description, visibility, people, layout, default_timeframe,
        default_filters, default_people, version, created_at, updated_at
      )
      VALUES (
        ${caller.organizationId}, ${yield* random.uuidV4()}, ${caller.userId}, ${report.title},
        ${report.description ?? null}, ${visibility}, ${people}::text[], ${jsonText(report.layout)},
        ${jsonText(report.defaultTimeframe ?? defaultTimeframe)}, ${jsonText(report.defaultFilters)}::json,
        ${jsonText(peopleSetBy(caller, report))}::json, 1, statement_timestamp(), statement_timestamp()
      )
      RETURNING ${columns}
    `)
    if (created === undefined) return yield* Effect.die("an INSERT returned no row")
    return shownTo(caller, created.ownerId, { ...created, snapshotCount: 0 })
  })

  const versions = (organizationId: OrgId, ids: ReadonlyArray<ReportId>) =>
    Effect.map(
      queryVersions(sql`
        SELECT r.id, r.version FROM crm_reports r WHERE r.organization_id = ${organizationId} AND r.id = ANY (${ids}::uuid[])
      `),
      (rows) => new Map(rows.map(({ id, version }) => [id, version]))
    )

  const { forget, keepReplaced, ...former } = yield* sqlVersions(find)
  return {
    list,
    create,
    find,
    versions,
    ...former,
    ...yield* sqlChanges(refuseUnchangeable, { forget, keepReplaced }),
    ...yield* sqlSchedules(refuseUnchangeable)
  }
})
