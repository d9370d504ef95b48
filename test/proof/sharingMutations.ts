import type { Mutation } from "./mutations.ts"

/** These faults show a report or a snapshot to people with whom it is not shared. */
export const sharingMutations: ReadonlyArray<Mutation> = [
  {
    name: "in PostgreSQL, everybody in the organization reads a report with people",
    file: "src/services/reports/visibility.ts",
    find: "AND p.people @> ARRAY[${caller.userId}::text]\n",
    replace: "AND p.people IS NOT NULL AND ${caller.userId}::text IS NOT NULL\n",
    tests: ["services/reports/repos"]
  },
  {
    name: "in memory, everybody in the organization reads a report with people",
    file: "src/domain/Report.ts",
    find: "visibility === \"people\" && people.includes(caller.userId)",
    replace: "visibility === \"people\" && people.length > 0",
    tests: ["services/reports/repos", "services/reports/sharing"]
  },
  {
    name: "PostgreSQL finds a report with people of another organization",
    file: "src/services/reports/visibility.ts",
    find: "WHERE p.organization_id = ${caller.organizationId} AND p.people",
    replace: "WHERE p.organization_id > ${caller.organizationId.slice(0, 0)} AND p.people",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "a person who has left the organization reads what was shared with them",
    file: "src/services/reports/visibility.ts",
    find: "AND m.user_id = ${userId} AND m.left_at <= now()",
    replace: "AND m.user_id = ${userId} AND m.left_at <= now() - interval '100 years'",
    tests: ["services/reports/sharing"]
  },
  {
    name: "a person who has left another organization reads nothing that was shared with them here",
    file: "src/services/reports/visibility.ts",
    find: "WHERE m.organization_id = ${organizationId} AND m.user_id",
    replace: "WHERE m.organization_id > ${organizationId.slice(0, 0)} AND m.user_id",
    tests: ["services/reports/sharing", "query/sql/tenantSql"]
  },
  {
    name: "members among the people of a report change it",
    file: "src/services/reports/visibility.ts",
    find: "    ${caller.role === \"admin\"}::boolean AND (r.visibility",
    replace: "    ${caller.role !== undefined}::boolean AND (r.visibility",
    tests: ["services/reports/repos"]
  },
  {
    name: "members see with whom another person shares a report",
    file: "src/domain/Report.ts",
    find: "role === \"admin\" || userId === ownerId ? report.people",
    replace: "role !== undefined || userId === ownerId ? report.people",
    tests: ["services/reports/repos"]
  },
  {
    name: "the people of a report keep it after it was made private",
    file: "src/services/reports/ReportRepo/reportRows.ts",
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
  }
]
