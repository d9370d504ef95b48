import type { Mutation } from "./mutations.ts"

/** These faults make too many or too few snapshots on a schedule, or show them to the wrong people. */
export const scheduleMutations: ReadonlyArray<Mutation> = [
  {
    name: "two processes store a snapshot of the same time due",
    file: "src/services/reports/ReportRepo/sqlSchedules.ts",
    find: "AND r.freeze_at = ${DateTime.toDate(dueAt)}::timestamptz",
    replace: "AND ${DateTime.toDate(dueAt)}::timestamptz IS NOT NULL",
    tests: ["services/reports/repos", "services/reports/freezeProcesses"]
  },
  {
    name: "a freeze that ends overwrites a schedule that was set again for the same time",
    file: "src/services/reports/ReportRepo/sqlSchedules.ts",
    find: "AND r.freeze_schedule->>'createdAt' = ${DateTime.formatIso(createdAt)}",
    replace: "AND ${DateTime.formatIso(createdAt)}::text IS NOT NULL",
    tests: ["services/reports/repos"]
  },
  {
    name: "a process that ends after it has settled a time due stores no snapshot",
    file: "src/services/reports/ReportRepo/sqlSchedules.ts",
    find: ".pipe(transaction(sql), withSqlDeadline)",
    replace: ".pipe(withSqlDeadline)",
    tests: ["services/reports/freezeProcesses"]
  },
  {
    name: "a time due that another process has taken is never tried again",
    file: "src/services/reports/ReportRepo/sqlSchedules.ts",
    find: " OR due.freeze_retry_at <= ${at}::timestamptz",
    replace: "",
    tests: ["services/reports/repos"]
  },
  {
    name: "an organization whose times due cannot be taken stops the freezes of the others",
    file: "src/services/reports/FreezeSchedules.ts",
    find: "Effect.logWarning(\"times due of freeze schedules could not be taken\", cause)",
    replace: "Effect.failCause(cause)",
    tests: ["services/reports/failedFreezes"]
  },
  {
    name: "PostgreSQL returns a schedule to everybody in the organization",
    file: "src/services/reports/ReportRepo/sqlSchedules.ts",
    find: "FROM crm_reports r\n      WHERE r.id = ${id} AND ${changeable(sql, caller)}",
    replace: "FROM crm_reports r\n      WHERE r.id = ${id} AND r.organization_id = ${caller.organizationId}",
    tests: ["services/reports/repos"]
  },
  {
    name: "a schedule freezes with the role that its creator had when it was set",
    file: "src/services/reports/FreezeSchedules.ts",
    find: "userId: schedule.createdBy, role }",
    replace: "userId: schedule.createdBy, role: schedule.role }",
    tests: ["services/reports/freezeSchedules"]
  },
  {
    name: "a schedule freezes as an admin",
    file: "src/services/reports/FreezeSchedules.ts",
    find: "freezing.compute(caller, reportId, view)",
    replace: "freezing.compute({ ...caller, role: \"admin\" as const }, reportId, view)",
    tests: ["services/reports/freezeSchedules", "services/reports/freezeGate"]
  },
  {
    name: "a schedule freezes without the filters of its view",
    file: "src/services/reports/FreezeSchedules.ts",
    find: "freezing.compute(caller, reportId, view)",
    replace: "freezing.compute(caller, reportId, { ...view, filters: {} })",
    tests: ["services/reports/freezeSchedules"]
  },
  {
    name: "the dialog sets a schedule without the view of the page",
    file: "src/page/report/View.ts",
    find: "keepDays: former.keepDays }),\n  view\n",
    replace: "keepDays: former.keepDays }),\n  view: view && {}\n",
    tests: ["page/view"]
  },
  {
    name: "the dialog of a schedule forgets its time zone and how long snapshots are kept",
    file: "src/page/report/View.ts",
    find: "former !== null && { timeZone",
    replace: "former === undefined && { timeZone",
    tests: ["page/view"]
  },
  {
    name: "a member sees which people an admin chose in a schedule",
    file: "src/domain/FreezeSchedule.ts",
    find: "Struct.omit(schedule.view, [\"assigneeIds\"])",
    replace: "schedule.view",
    tests: ["services/reports/repos"]
  },
  {
    name: "the schedule of a former admin goes on",
    file: "src/services/reports/FreezeSchedules.ts",
    find: "if (role === \"member\" && schedule.role === \"admin\")",
    replace: "if (role === undefined)",
    tests: ["services/reports/freezeSchedules"]
  },
  {
    name: "a freeze may be later than six hours",
    file: "src/domain/dueTimes.ts",
    find: "now - due > latestMillis",
    replace: "now - due > 2 * latestMillis",
    tests: ["domain/dueTimes", "services/reports/freezeSchedules"]
  },
  {
    name: "a local time that the clock repeats is due the second time",
    file: "src/domain/Calendar.ts",
    find: "toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds",
    replace: "toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: \"later\" }).epochMilliseconds",
    tests: ["domain/dueTimes"]
  },
  {
    name: "a history in PostgreSQL has snapshots that the caller may not read",
    file: "src/services/reports/SnapshotRepo/snapshotHistory.ts",
    find: "WHERE s.report_id = ${reportId} AND ${visible(sql, caller)}",
    replace: "WHERE s.report_id = ${reportId} AND s.organization_id = ${caller.organizationId}",
    tests: ["services/reports/repos"]
  },
  {
    name: "a history in memory has snapshots that the caller may not read",
    file: "src/services/reports/SnapshotRepo/memory.ts",
    find: "maySee(caller, snapshot) && createdAt >= from",
    replace: "createdAt >= from",
    tests: ["services/reports/history"]
  },
  {
    name: "a history joins the numbers of different people",
    file: "src/query/series/history.ts",
    find: "reasonFor(reference.side, recorded.side, isScopeEqual)",
    replace: "reasonFor(reference.side, recorded.side, isScopeEqual || !isScopeEqual)",
    tests: ["services/reports/history"]
  },
  {
    name: "numbers with different weights of stages are joined and compared",
    file: "src/query/series/compare.ts",
    find: "differ(weightsOf(from), weightsOf(to))",
    replace: "differ(weightsOf(from), weightsOf(from))",
    tests: ["services/reports/history"]
  },
  {
    name: "a snapshot with filters that are not an object decides which others a history joins",
    file: "src/query/series/history.ts",
    find: "meta.gated === undefined && recorded.side.series.meta.filters.invalid !== true",
    replace: "meta.gated === undefined",
    tests: ["services/reports/history"]
  },
  {
    name: "a history joins numbers of different timeframes",
    file: "src/query/series/history.ts",
    find: "timeframeOf(reference) === timeframeOf(recorded) ? undefined",
    replace: "timeframeOf(reference) === timeframeOf(reference) ? undefined",
    tests: ["services/reports/history"]
  },
  {
    name: "groups over time are compared with nothing if the other side has no group",
    file: "src/query/series/timeseries.ts",
    find: "series.series.length > 0 || isUnscoped",
    replace: "series.series.length >= 0 || isUnscoped",
    tests: ["query/comparedGroups"]
  }
]
