import type { Mutation } from "./mutations.ts"

/** These faults show a report or a snapshot to people with whom it is not shared. */
export const sharingMutations: ReadonlyArray<Mutation> = [
  {
    name: "in PostgreSQL, everybody in the organization reads a report with people",
    file: "src/services/reports/reportSql.ts",
    find: "AND p.people @> ARRAY[${caller.userId}::text]\n",
    replace: "AND p.people IS NOT NULL AND ${caller.userId}::text IS NOT NULL\n",
    tests: ["services/reports/repos"]
  },
  {
    name: "in memory, everybody in the organization reads a report with people",
    file: "src/domain/Caller.ts",
    find: "visibility === \"people\" && people.includes(caller.userId)",
    replace: "visibility === \"people\" && people.length > 0",
    tests: ["services/reports/repos", "services/reports/sharing"]
  },
  {
    name: "PostgreSQL finds a report with people of another organization",
    file: "src/services/reports/reportSql.ts",
    find: "WHERE p.organization_id = ${caller.organizationId} AND p.people",
    replace: "WHERE p.organization_id > ${caller.organizationId.slice(0, 0)} AND p.people",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "a person who has left the organization reads what was shared with them",
    file: "src/services/reports/reportSql.ts",
    find: "AND m.user_id = ${userId} AND m.left_at <= now()",
    replace: "AND m.user_id = ${userId} AND m.left_at <= now() - interval '100 years'",
    tests: ["services/reports/sharing"]
  },
  {
    name: "a person who has left another organization reads nothing that was shared with them here",
    file: "src/services/reports/reportSql.ts",
    find: "WHERE m.organization_id = ${organizationId} AND m.user_id",
    replace: "WHERE m.organization_id > ${organizationId.slice(0, 0)} AND m.user_id",
    tests: ["services/reports/sharing", "query/sql/tenantSql"]
  },
  {
    name: "members among the people of a report change it",
    file: "src/services/reports/reportSql.ts",
    find: "    ${caller.role === \"admin\"}::boolean AND (r.visibility",
    replace: "    ${caller.role !== undefined}::boolean AND (r.visibility",
    tests: ["services/reports/repos"]
  },
  {
    name: "members see with whom another person shares a report",
    file: "src/domain/Caller.ts",
    find: "role === \"admin\" || userId === ownerId ? report.people",
    replace: "role !== undefined || userId === ownerId ? report.people",
    tests: ["services/reports/repos"]
  },
  {
    name: "the people of a report keep it after it was made private",
    file: "src/services/reports/reportSql.ts",
    find: "people: visibility === \"people\" ? people ?? [] : null",
    replace: "people: visibility === \"people\" ? people ?? [] : [\"carl\"]",
    tests: ["services/reports/repos"]
  },
  {
    name: "an older version of the service cannot read a report with people",
    file: "src/services/reports/ReportRepo/sqlVersions.ts",
    find: "{ ...definition, ...storedReaders(definition) }",
    replace: "definition",
    tests: ["services/reports/sharing"]
  },
  {
    name: "people who are no members can be named as readers",
    file: "src/services/access/ReportValidation.ts",
    find: "present.has(id) ? []",
    replace: "present.size >= 0 ? []",
    tests: ["services/reports/sharing"]
  },
  {
    name: "people who have left can be named as readers",
    file: "src/services/access/ReportValidation.ts",
    find: "leftAt === null || leftAt > now",
    replace: "leftAt === null || now > 0",
    tests: ["services/reports/sharing"]
  },
  {
    name: "a report gets people without the visibility for it",
    file: "src/domain/Report.ts",
    find: "return isNamed && visibility !== \"people\"",
    replace: "return isNamed && visibility === undefined",
    tests: ["services/reports/sharing"]
  },
  {
    name: "in PostgreSQL, everybody reads a snapshot that is shared with some people",
    file: "src/services/reports/reportSql.ts",
    find: "OR h.shared->'people' @> to_jsonb(${caller.userId}::text)",
    replace: "OR ${caller.userId}::text IS NOT NULL",
    tests: ["services/reports/repos"]
  },
  {
    name: "in memory, everybody reads a snapshot that is shared with some people",
    file: "src/domain/Snapshot.ts",
    find: "shared !== null && (shared.organization || shared.people.includes(userId))",
    replace: "shared !== null && (userId !== \"\" || shared.people.includes(userId))",
    tests: ["services/reports/repos", "services/reports/sharedSnapshots"]
  },
  {
    name: "a shared snapshot is read by people who may not read its report",
    file: "src/services/reports/SnapshotRepo/sql.ts",
    find: "sql`${visible(sql, caller)} AND ${ofReadable(caller, id)}`",
    replace: "sql`${visible(sql, caller)} AND s.id = ${id}`",
    tests: ["services/reports/repos"]
  },
  {
    name: "PostgreSQL lets the readers of a shared snapshot change it",
    file: "src/services/reports/SnapshotRepo/sql.ts",
    find: "sql`${manageable(sql, caller)} AND ${ofReadable(caller, id)}`",
    replace: "sql`${visible(sql, caller)} AND ${ofReadable(caller, id)}`",
    tests: ["services/reports/repos"]
  },
  {
    name: "an admin shares the snapshots of other people",
    file: "src/services/reports/SnapshotRepo/sql.ts",
    find: "AND s.created_by = ${caller.userId}\n",
    replace: "AND ${caller.userId}::text IS NOT NULL\n",
    tests: ["services/reports/repos"]
  },
  {
    name: "readers of a snapshot see with whom else it is shared",
    file: "src/domain/Snapshot.ts",
    find: "snapshot.shared === null || mayManage(caller, snapshot) ?",
    replace: "snapshot.shared === null || maySee(caller, snapshot) ?",
    tests: ["services/reports/repos"]
  },
  {
    name: "an admin shares the numbers of other people without saying so",
    file: "src/services/reports/SnapshotSharing.ts",
    find: "hasOthersRows(snapshot) && request.includesOthersRows !== true",
    replace: "hasOthersRows(snapshot) && request.includesOthersRows === null",
    tests: ["services/reports/sharedSnapshots"]
  },
  {
    name: "rows of nobody are not rows of other people",
    file: "src/domain/Snapshot.ts",
    find: "id !== createdBy)",
    replace: "id !== createdBy && !id.startsWith(\"~\"))",
    tests: ["services/reports/sharedSnapshots"]
  },
  {
    name: "a snapshot is shared with people who cannot read its report",
    file: "src/services/reports/SnapshotSharing.ts",
    find: "!isKnown || mayRead(reader, report)",
    replace: "isKnown || mayRead(reader, report)",
    tests: ["services/reports/sharedSnapshots"]
  },
  {
    name: "a snapshot is shared with people who are no members",
    file: "src/services/reports/SnapshotSharing.ts",
    find: "        yield* validation.checkReaders(caller, request.people)\n",
    replace: "",
    tests: ["services/reports/sharedSnapshots"]
  },
  {
    name: "numbers of another person are compared with the reader's own",
    file: "src/services/reports/Comparing.ts",
    find: "if (role !== \"admin\" && assigneeIds.some((id) => id !== userId)) return false",
    replace: "if (role !== \"admin\" && assigneeIds.length === 0) return userId === \"\"",
    tests: ["services/reports/sharedSnapshots"]
  },
  {
    name: "readers of a shared snapshot see the names that its creator could see",
    file: "src/domain/Snapshot.ts",
    find: "mayManage(caller, snapshot) ? { ...snapshot, ...(names && { names }) } : {",
    replace: "mayManage(caller, snapshot) ? { ...snapshot, ...(names && { names }) } : {\n    ...(names && { names }),",
    tests: ["services/export/viewInFiles", "services/reports/repos"]
  },
  {
    name: "the view of a snapshot has names, which the view of a freeze schedule does not accept",
    file: "src/services/reports/Freezing.ts",
    find: "          view,\n          ...(names && { names }),",
    replace: "          view: { ...view, names },\n          ...(names && { names }),",
    tests: ["services/export/viewInFiles"]
  },
  {
    name: "a later name of a tag changes the file of a snapshot",
    file: "src/services/access/viewNames.ts",
    find: "[now, names, inSeries]",
    replace: "[names, now, inSeries]",
    tests: ["services/export/viewInFiles"]
  },
  {
    name: "the file of another person's snapshot calls the records those of its reader",
    file: "src/services/export/Exporting.ts",
    find: "(snapshots.find(caller, id)), readBy(caller))",
    replace: "(snapshots.find(caller, id)), (found) => found)",
    tests: ["services/export/viewInFiles"]
  }
]
