import { DateTime, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import {
  type DueFreeze,
  type FreezeSchedule,
  FreezeScheduleNotFound,
  retryAfter,
  scheduleFor,
  StoredSchedule
} from "../../../domain/FreezeSchedule.ts"
import { type OrgId, ReportId } from "../../../domain/Ids.ts"
import { ReportNotFound, type ReportNotYours } from "../../../domain/Report.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { organizationIds, queryRows, SqlFailures, transaction } from "../../database/statements.ts"
import { changeable } from "../reportSql.ts"

const ScheduleRow = Schema.Struct({
  schedule: Schema.NullOr(StoredSchedule),
  nextAt: Schema.NullOr(Schema.DateTimeUtcFromDate)
})

const DueRow = Schema.Struct({
  reportId: ReportId,
  dueAt: Schema.DateTimeUtcFromDate,
  schedule: StoredSchedule
})

const encode = Schema.encodeSync(Schema.fromJsonString(StoredSchedule))

const stored = ({ nextAt, ...schedule }: FreezeSchedule) => ({
  text: encode(schedule),
  next: nextAt === null ? null : DateTime.toDate(nextAt)
})

/** `refuseUnchangeable` fails if the caller may not change the report. */
export const sqlSchedules = Effect.fnUntraced(function*(
  refuseUnchangeable: (
    caller: Caller,
    id: ReportId
  ) => Effect.Effect<void, ReportNotFound | ReportNotYours | Unreachable>
) {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const querySchedules = yield* queryRows(ScheduleRow)
  const queryIds = yield* queryRows(Schema.Struct({ id: ReportId }))
  const queryDue = yield* queryRows(DueRow)
  const queryOrganizations = yield* organizationIds

  /** If the caller may change the report, it was deleted or shared in the meantime. */
  const refusal = (caller: Caller, id: ReportId) =>
    Effect.andThen(refuseUnchangeable(caller, id), Effect.fail(new ReportNotFound()))

  const schedule = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const [row] = yield* querySchedules(sql`
      SELECT r.freeze_schedule AS schedule, r.freeze_at AS "nextAt" FROM crm_reports r
      WHERE r.id = ${id} AND ${changeable(sql, caller)}
    `)
    if (row === undefined) return yield* refusal(caller, id)
    if (row.schedule === null) return yield* new FreezeScheduleNotFound()
    return scheduleFor(caller, { ...row.schedule, nextAt: row.nextAt })
  })

  const setSchedule = Effect.fnUntraced(function*(caller: Caller, id: ReportId, set: FreezeSchedule) {
    const { next, text } = stored(set)
    const changed = yield* queryIds(sql`
      UPDATE crm_reports r SET freeze_schedule = ${text}::jsonb, freeze_at = ${next}::timestamptz, freeze_retry_at = NULL
      WHERE r.id = ${id} AND ${changeable(sql, caller)}
      RETURNING r.id
    `)
    if (changed.length === 0) return yield* refusal(caller, id)
  })

  const removeSchedule = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const removed = yield* queryIds(sql`
      UPDATE crm_reports r SET freeze_schedule = NULL, freeze_at = NULL, freeze_retry_at = NULL
      WHERE r.id = ${id} AND ${changeable(sql, caller)} AND r.freeze_schedule IS NOT NULL
      RETURNING r.id
    `)
    if (removed.length === 0) yield* schedule(caller, id)
  })

  const organizationsDue = (now: DateTime.Utc) =>
    queryOrganizations(sql`
      SELECT DISTINCT r.organization_id AS "organizationId" FROM crm_reports r
      WHERE r.freeze_at <= ${DateTime.toDate(now)}::timestamptz
    `)

  const takeDue = (organizationId: OrgId, now: DateTime.Utc) => {
    const at = DateTime.toDate(now)
    return Effect.map(
      queryDue(sql`
        UPDATE crm_reports r
        SET freeze_retry_at = ${DateTime.toDate(DateTime.addDuration(now, retryAfter))}::timestamptz
        WHERE r.organization_id = ${organizationId} AND r.id = ANY (ARRAY (
          SELECT due.id FROM crm_reports due
          WHERE due.organization_id = ${organizationId} AND due.freeze_at <= ${at}::timestamptz
            AND (due.freeze_retry_at IS NULL OR due.freeze_retry_at <= ${at}::timestamptz)
          ORDER BY due.freeze_at, due.id
          LIMIT 1
          FOR UPDATE SKIP LOCKED
        ))
        RETURNING r.id AS "reportId", r.freeze_at AS "dueAt", r.freeze_schedule AS schedule
      `),
      ([row]): DueFreeze | undefined => row && { ...row, organizationId }
    )
  }

  const settle = <A, E2>(
    { dueAt, organizationId, reportId, schedule: { createdAt } }: DueFreeze,
    settled: FreezeSchedule,
    work: Effect.Effect<A, E2>
  ) => {
    const { next, text } = stored(settled)
    return Effect.gen(function*() {
      const moved = yield* queryIds(sql`
        UPDATE crm_reports r
        SET freeze_schedule = ${text}::jsonb, freeze_at = ${next}::timestamptz, freeze_retry_at = NULL
        WHERE r.organization_id = ${organizationId} AND r.id = ${reportId}
          AND r.freeze_at = ${DateTime.toDate(dueAt)}::timestamptz
          AND r.freeze_schedule->>'createdAt' = ${DateTime.formatIso(createdAt)}
        RETURNING r.id
      `)
      return moved.length === 0 ? undefined : yield* work
    }).pipe(transaction(sql), withSqlDeadline)
  }

  return { schedule, setSchedule, removeSchedule, organizationsDue, takeDue, settle }
})
