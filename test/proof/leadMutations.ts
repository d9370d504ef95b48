import type { Mutation } from "./mutations.ts"

/** With these faults, a number shows something about a lead that the caller may not see, or counts leads wrongly. */
export const leadMutations: ReadonlyArray<Mutation> = [
  {
    name: "SQL shows the source of a lead outside the scope",
    file: "src/query/sql/rowFilter.ts",
    find: "`  AND (${isSeen.join(\" OR \")})`",
    replace: "`  AND (${isSeen.join(\" OR \")} OR true)`",
    tests: ["query/leadsBehind"]
  },
  {
    name: "memory shows the source of a lead outside the scope",
    file: "src/query/memory/rows.ts",
    find: "isSeen(lead, leads.population.seenBy, leadScopeOf(plan))",
    replace: "lead.organizationId === plan.scope.organization.organizationId",
    tests: ["query/leadsBehind"]
  },
  {
    name: "a replica shows the source of a lead outside the scope",
    file: "src/columnStore/joined/byLead.ts",
    find: "if (allMembers === undefined) return [{ sign: 1n, seenBy: userIds }]",
    replace: "if (allMembers === undefined) return [{ sign: 1n, seenBy: \"anybody\" }]",
    tests: ["query/leadsBehind"]
  },
  {
    name: "the lead behind a deal comes from any organization",
    file: "src/query/sql/rowFilter.ts",
    find: "l.organization_id = ${organization} AND l.lead_id",
    replace: "l.organization_id > '' AND l.lead_id",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "the records of one person see only the leads of this person",
    file: "src/query/series/pointOf.ts",
    find: "leadScope: plan.scope, groups: undefined",
    replace: "groups: undefined",
    tests: ["query/leadsBehind"]
  }
]
