import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { type Caller, shownTo } from "../../../domain/Caller.ts"
import { peopleSetBy } from "../../../domain/DefaultView.ts"
import type { ReportId } from "../../../domain/Ids.ts"
import {
  isEmptyUpdate,
  ReportChanged,
  ReportNotFound,
  type ReportNotYours,
  type UpdateReport
} from "../../../domain/Report.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { countRows, SqlFailures, transaction } from "../../database/statements.ts"
import { AuditLog } from "../AuditLog/AuditLog.ts"
import { changeEvent } from "../AuditLog/recorded.ts"
import { changeable, storedColumns, storedReaders, storedRows, visible } from "../reportSql.ts"
import { deleteSubscriptions } from "../SubscriptionRepo/deleteSubscriptions.ts"
import type { sqlVersions } from "./sqlVersions.ts"

export const jsonText = (value: unknown) => value === undefined ? null : JSON.stringify(value)

type Versions = ReadonlyArray<number> | undefined

/** `refuseUnchangeable` fails if the caller may not change the report. */
export const sqlChanges = Effect.fnUntraced(function*(
  refuseUnchangeable: (
    caller: Caller,
    id: ReportId
  ) => Effect.Effect<void, ReportNotFound | ReportNotYours | Unreachable>,
  { forget, keepReplaced }: Pick<Effect.Success<ReturnType<typeof sqlVersions>>, "forget" | "keepReplaced">
) {
  const audit = yield* AuditLog
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryStored = yield* storedRows
  const queryCounts = yield* countRows
  const columns = storedColumns(sql)

  const refusal = Effect.fnUntraced(function*(caller: Caller, id: ReportId, versions: Versions) {
    yield* refuseUnchangeable(caller, id)
    return yield* versions === undefined ? new ReportNotFound() : new ReportChanged()
  })

  const chosen = (caller: Caller, id: ReportId, versions: Versions) =>
    sql`r.id = ${id} AND ${changeable(sql, caller)}
        AND (${versions === undefined}::boolean OR r.version = ANY (${versions ?? []}::int[]))`

  /** Until the transaction ends, no other one changes the row. */
  const changed = Effect.fnUntraced(
    function*(
      caller: Caller,
      id: ReportId,
      change: UpdateReport,
      versions: Versions,
      restoredVersion: number | undefined
    ) {
      const [before] = yield* queryStored(sql`
        SELECT ${columns} FROM crm_reports r WHERE ${chosen(caller, id, versions)} FOR UPDATE
      `)
      const { defaultFilters, defaultTimeframe, description, layout, title } = change
      const { people, visibility } = storedReaders(change)
      const defaultPeople = peopleSetBy(caller, change)
      if (before === undefined || isEmptyUpdate({ ...change, defaultPeople })) return before
      yield* keepReplaced(caller, before)
      const [after] = yield* queryStored(sql`
        UPDATE crm_reports r SET
          title = COALESCE(${title ?? null}::text, r.title),
          description = CASE WHEN ${description !== undefined}::boolean THEN ${description ?? null}::text
            ELSE r.description END,
          visibility = COALESCE(${visibility ?? null}::text, r.visibility),
          people = CASE WHEN ${visibility !== undefined}::boolean THEN ${people}::text[] ELSE r.people END,
          layout = COALESCE(${jsonText(layout)}::json, r.layout),
          default_timeframe = COALESCE(${jsonText(defaultTimeframe)}::json, r.default_timeframe),
          default_filters = COALESCE(${jsonText(defaultFilters)}::json, r.default_filters),
          default_people = COALESCE(${jsonText(defaultPeople)}::json, r.default_people),
          version = r.version + 1,
          updated_at = GREATEST(now(), (r.updated_at AT TIME ZONE 'UTC' + interval '1 millisecond') AT TIME ZONE 'UTC')
        WHERE r.organization_id = ${caller.organizationId} AND r.id = ${id}
        RETURNING ${columns}
      `)
      yield* audit.record(caller, changeEvent(id, change, before.version + 1, restoredVersion))
      return after
    },
    transaction(sql),
    withSqlDeadline
  )

  const update = Effect.fnUntraced(function*(
    caller: Caller,
    id: ReportId,
    change: UpdateReport,
    versions: Versions,
    restoredVersion?: number
  ) {
    const report = yield* changed(caller, id, change, versions, restoredVersion)
    if (report === undefined) return yield* refusal(caller, id, versions)
    const [counted] = yield* queryCounts(sql`
      SELECT count(*)::int AS count FROM crm_report_snapshots s WHERE s.report_id = ${id} AND ${visible(sql, caller)}
    `)
    return shownTo(caller, report.ownerId, { ...report, snapshotCount: counted?.count ?? 0 })
  })

  const removed = Effect.fnUntraced(
    function*(caller: Caller, id: ReportId, versions: Versions) {
      const found = yield* sql`DELETE FROM crm_reports r WHERE ${chosen(caller, id, versions)} RETURNING r.id`
      if (found.length > 0) {
        yield* forget(caller, id)
        yield* deleteSubscriptions(sql, caller.organizationId, sql`s.report_id = ${id}`)
      }
      return found.length > 0
    },
    transaction(sql),
    withSqlDeadline
  )

  const remove = Effect.fnUntraced(function*(caller: Caller, id: ReportId, versions: Versions) {
    if (!(yield* removed(caller, id, versions))) return yield* refusal(caller, id, versions)
  })

  return { update, remove }
})
