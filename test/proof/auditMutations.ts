import type { Mutation } from "./mutations.ts"

export const auditMutations: ReadonlyArray<Mutation> = [
  {
    name: "in PostgreSQL, members read the audit log",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "    yield* refuseMembers(caller)\n",
    replace: "",
    tests: ["services/reports/repos"]
  },
  {
    name: "in memory, members read the audit log",
    file: "src/services/reports/AuditLog/memory.ts",
    find: "    yield* refuseMembers(caller)\n",
    replace: "",
    tests: ["services/reports/repos", "api/access"]
  },
  {
    name: "in PostgreSQL, an admin reads the audit log of all organizations",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "sql`e.organization_id = ${caller.organizationId}`",
    replace: "sql`e.organization_id > ${caller.organizationId.slice(0, 0)}`",
    tests: ["services/reports/repos", "query/sql/tenantSql"]
  },
  {
    name: "in memory, an admin reads the audit log of all organizations",
    file: "src/services/reports/AuditLog/memory.ts",
    find: "event.organizationId === caller.organizationId &&",
    replace: "event.organizationId !== \"\" && caller.userId !== \"\" &&",
    tests: ["services/reports/repos"]
  },
  {
    name: "in PostgreSQL, an admin reads the titles of other people's private reports in the audit log",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "r.id = e.report_id AND ${readable(sql, caller)}",
    replace: "r.id = e.report_id AND r.organization_id = ${caller.organizationId}",
    tests: ["services/reports/repos"]
  },
  {
    name: "in memory, an admin reads the titles of other people's private reports in the audit log",
    file: "src/services/reports/AuditLog/memory.ts",
    find: "report.id === event.reportId && mayRead(caller, report)",
    replace: "report.id === event.reportId && (mayRead(caller, report) || caller.role === \"admin\")",
    tests: ["services/reports/repos"]
  },
  {
    name: "in PostgreSQL, an event of the same millisecond is missing from the next page of the audit log",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "sql`(e.at, e.id) < (${DateTime.toDate(after.at)}::timestamptz, ${after.id}::uuid)`",
    replace: "sql`e.at < ${DateTime.toDate(after.at)}::timestamptz`",
    tests: ["services/reports/auditPages"]
  },
  {
    name: "a change is made although it could not be recorded",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "return event === undefined ? Effect.void : insert(actor, event)",
    replace: "return event === undefined ? Effect.void : Effect.ignoreCause(transaction(sql)(insert(actor, event)))",
    tests: ["services/reports/auditPages"]
  },
  {
    name: "a change and its event are stored in two transactions",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "    }).pipe(transaction(sql), withSqlDeadline)\n",
    replace: "    }).pipe(withSqlDeadline)\n",
    tests: ["services/reports/auditPages"]
  },
  {
    name: "in PostgreSQL, a change of a report is not recorded",
    file: "src/services/reports/ReportRepo/sqlChanges.ts",
    find: "      yield* audit.record(caller, changeEvent(id, change, before.version + 1, restoredVersion))\n",
    replace: "",
    tests: ["services/reports/repos"]
  },
  {
    name: "the end of a share is not recorded",
    file: "src/services/reports/AuditLog/recorded.ts",
    find: "reportId && event(\"unshare\", \"snapshot\", id, reportId)",
    replace: "reportId && undefined",
    tests: ["services/reports/repos"]
  },
  {
    name: "in PostgreSQL, the end of no share is recorded",
    file: "src/services/reports/SnapshotRepo/sql.ts",
    find: "${manageableById(caller, id)} AND s.shared IS NOT NULL\n",
    replace: "${manageableById(caller, id)}\n",
    tests: ["services/reports/repos"]
  },
  {
    name: "a mail that another process has sent is recorded as delivered twice",
    file: "src/services/reports/AuditLog/recorded.ts",
    find: "isOurs ? repo.ordered(claimed) : Effect.succeed(undefined)",
    replace: "isOurs === undefined ? Effect.succeed(undefined) : repo.ordered(claimed)",
    tests: ["services/reports/repos"]
  },
  {
    name: "an exported file is not recorded",
    file: "src/services/export/Exporting.ts",
    find: "({ format }) => audit.record(caller, { ...what, action: \"export\", details: { format } })",
    replace: "() => Effect.void",
    tests: ["services/reports/audit"]
  },
  {
    name: "a revoked key is not recorded",
    file: "src/http/Keys.ts",
    find: "recording(caller, keys.revoke(caller, params.keyId), () => keyEvent(\"delete\", params.keyId))",
    replace: "keys.revoke(caller, params.keyId)",
    tests: ["services/reports/audit"]
  },
  {
    name: "a transaction waits for Clerk's answers",
    file: "src/http/Keys.ts",
    find: "keys.areAtClerk === true ? recordingAfter(audit.record) : audit.recording",
    replace: "keys.areAtClerk !== true ? recordingAfter(audit.record) : audit.recording",
    tests: ["services/keys/keyEvents"]
  },
  {
    name: "a client that leaves ends the record of a change at Clerk",
    file: "src/services/reports/AuditLog/recordingAfter.ts",
    find: "Effect.uninterruptible(",
    replace: "Effect.interruptible(",
    tests: ["services/keys/keyEvents"]
  },
  {
    name: "a formula in a title is not guarded in the file of the audit log",
    file: "src/documents/csvText.ts",
    find: "typeof cell === \"string\" ? guarded(cell) : cell",
    replace: "cell",
    tests: ["services/reports/audit", "services/export/recordFiles"]
  },
  {
    name: "a file of the audit log ends when its session token expires",
    file: "src/services/export/auditFile.ts",
    find: "yield* laterPageCheck(admission)",
    replace: "admission.check",
    tests: ["services/export/auditFileAccess"]
  },
  {
    name: "a file of the audit log checks the credential only before its first page",
    file: "src/services/export/auditFile.ts",
    find: "Effect.andThen(check, pageAt(cursor))",
    replace: "pageAt(cursor)",
    tests: ["services/export/auditFileAccess"]
  },
  {
    name: "events of the audit log are deleted after a month",
    file: "src/domain/Audit.ts",
    find: "auditKeptFor = { days: 365 }",
    replace: "auditKeptFor = { days: 30 }",
    tests: ["services/reports/repos"]
  },
  {
    name: "the event of a sent alert does not say that it is an alert",
    file: "src/services/reports/AuditLog/recorded.ts",
    find: "alert: when !== null",
    replace: "alert: false",
    tests: ["services/reports/repos"]
  },
  {
    name: "in PostgreSQL, events of older versions cannot be read",
    file: "src/services/reports/AuditLog/sql.ts",
    find: "COALESCE(e.details->'alert', 'false')",
    replace: "e.details->'alert'",
    tests: ["services/reports/auditPages"]
  },
  {
    name: "of two deletions at once, both succeed and are recorded",
    file: "src/services/reports/SubscriptionRepo/sql.ts",
    find: "count === 0 ?",
    replace: "count < 0 ?",
    tests: ["services/reports/concurrentSubscriptions"]
  }
]
