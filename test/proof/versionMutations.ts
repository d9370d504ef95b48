import type { Mutation } from "./mutations.ts"

/** These faults lose versions of a report, or show them to the wrong people. */
export const versionMutations: ReadonlyArray<Mutation> = [
  {
    name: "everybody reads the versions of a time when the report was private",
    file: "src/domain/ReportVersion.ts",
    find: "mayRead(caller, { ...report, people, visibility })",
    replace:
      "mayRead(caller, { ...report, people, visibility: visibility === \"private\" ? report.visibility : visibility })",
    tests: ["services/reports/versions", "services/reports/repos"]
  },
  {
    name: "PostgreSQL returns the versions of another organization",
    file: "src/services/reports/ReportRepo/sqlVersions.ts",
    find: "WHERE v.organization_id = ${organizationId} AND v.report_id = ${id}\n          AND (",
    replace: "WHERE v.organization_id > ${organizationId.slice(0, 0)} AND v.report_id = ${id}\n          AND (",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "the versions of a report have those of other reports",
    file: "src/services/reports/ReportRepo/sqlVersions.ts",
    find: "AND v.report_id = ${id}\n          AND (",
    replace: "AND ${id}::uuid IS NOT NULL\n          AND (",
    tests: ["services/reports/repos"]
  },
  {
    name: "PostgreSQL returns the versions of a report that the caller may not read",
    file: "src/services/reports/ReportRepo/sqlVersions.ts",
    find: "versionsFor(caller, yield* find(caller, id), yield*",
    replace: "versionsFor(caller, yield* find({ ...caller, userId: \"olga\" as typeof caller.userId }, id), yield*",
    tests: ["services/reports/repos"]
  },
  {
    name: "a list of large versions blocks the event loop",
    file: "src/services/reports/ReportVersions.ts",
    find: "Effect.as(Effect.yieldNow, summaryOf(one, index))",
    replace: "Effect.succeed(summaryOf(one, index))",
    tests: ["services/reports/concurrentVersions"]
  },
  {
    name: "a comparison of large snapshots blocks the event loop",
    file: "src/services/reports/Comparing.ts",
    find: "Effect.as(Effect.yieldNow, compareWidget(side, other, isScopeEqual, id))",
    replace: "Effect.succeed(compareWidget(side, other, isScopeEqual, id))",
    tests: ["services/admission/greedyRequests"]
  },
  {
    name: "a restore ignores If-Match",
    file: "src/services/reports/ReportVersions.ts",
    find: "definitionOf(former), versions, version)",
    replace: "definitionOf(former), versions && undefined, version)",
    tests: ["services/reports/restoredVersions"]
  },
  {
    name: "every reader of a report restores its versions",
    file: "src/services/reports/ReportVersions.ts",
    find: "if (!mayChange(caller, yield* reports.find(caller, id))) return yield* new ReportNotYours()\n",
    replace: "",
    tests: ["services/reports/restoredVersions"]
  },
  {
    name: "a restored version is not checked",
    file: "src/services/reports/ReportVersions.ts",
    find: "yield* check(caller, former)\n",
    replace: "",
    tests: ["services/reports/restoredVersions"]
  },
  {
    name: "a key that may not read a version learns its metrics",
    file: "src/services/reports/ReportVersions.ts",
    find: "hasScope(caller, \"reports:read\")",
    replace: "hasScope(caller, \"reports:write\")",
    tests: ["services/reports/restoredVersions"]
  },
  {
    name: "two concurrent changes replace the same version",
    file: "src/services/reports/ReportRepo/sqlChanges.ts",
    find: " FOR UPDATE\n",
    replace: "\n",
    tests: ["services/reports/concurrentVersions", "services/reports/repos"]
  },
  {
    name: "a deleted report leaves its versions",
    file: "src/services/reports/ReportRepo/sqlChanges.ts",
    find: "        yield* forget(caller, id)\n",
    replace: "",
    tests: ["services/reports/concurrentVersions"]
  },
  {
    name: "all versions are kept",
    file: "src/services/reports/ReportRepo/sqlVersions.ts",
    find: "if (version <= keptVersions) return",
    replace: "if (version > 0) return",
    tests: ["services/reports/concurrentVersions"]
  },
  {
    name: "members see the default people in a version",
    file: "src/domain/ReportVersion.ts",
    find: "...shownTo(caller, report.ownerId, definition)",
    replace: "...shownTo({ ...caller, role: \"admin\" }, report.ownerId, definition)",
    tests: ["services/reports/repos", "services/reports/versions"]
  }
]
