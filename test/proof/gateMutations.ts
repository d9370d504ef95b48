import type { Mutation } from "./mutations.ts"

/** These faults count rows of the wrong people. */
export const gateMutations: ReadonlyArray<Mutation> = [
  {
    name: "SQL counts emails outside the scope",
    file: "src/query/sql/rowFilter.ts",
    find: "where([`r.organization_id = ${organization}`, ...conditions, inScope])",
    replace:
      "where([`r.organization_id = ${organization}`, ...conditions, shape.metric.from.table === \"emails\" ? `(${inScope}) IS NOT NULL` : inScope])",
    tests: ["query/agreement"]
  },
  {
    name: "the name of a tag comes from any organization",
    file: "src/query/sql/compileRowByRow.ts",
    find: "t.organization_id = ${organization} AND t.tag_id = s.id",
    replace: "t.organization_id > '' AND t.tag_id = s.id",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "a leaderboard includes people outside the scope",
    file: "src/query/sql/compileRowByRow.ts",
    find: "`WHERE id = ANY (${people}) AND id IS",
    replace: "`WHERE id > '' AND id IS",
    tests: ["query/agreement"]
  },
  {
    name: "memory counts calls and emails outside the scope",
    file: "src/query/memory/rows.ts",
    find: "viewersOf(row, seenBy, scope).length > 0",
    replace: "(seenBy.assignees === undefined || viewersOf(row, seenBy, scope).length > 0)",
    tests: ["services/access/interference"]
  },
  {
    name: "previous points count the rows of somebody outside the scope",
    file: "src/query/Plan.ts",
    find: "...plan.success, comparison }",
    replace:
      "...plan.success, comparison: { ...comparison, scope: { ...comparison.scope, people: [...comparison.scope.people, { userId: \"user_2\" as never, name: \"\", hasLeft: false }] } } }",
    tests: ["query/comparePrevious"]
  },
  {
    name: "a member may ask for the rows of nobody",
    file: "src/services/access/Gating.ts",
    find: "if (caller.role !== \"admin\") return [caller.userId]",
    replace: "if (caller.role !== \"admin\") return [caller.userId, ...assigneeIds.filter((id) => id === nobody)]",
    tests: ["services/access/gating", "services/access/interference"]
  },
  {
    name: "SQL counts rows that a member is assigned to as rows of nobody",
    file: "src/query/sql/rowFilter.ts",
    find: "`NOT (${cell(assignees)} && ${membersOf(params)})`",
    replace: "\"true\"",
    tests: ["query/agreement"]
  },
  {
    name: "a replica counts unsorted rows of members outside the scope as rows of nobody",
    file: "src/columnStore/viewers.ts",
    find: "nobody === undefined || list.some((code) => isMember[code] === 1) ?",
    replace: "nobody === undefined ?",
    tests: ["query/agreement"]
  },
  {
    name: "the roles admin and member are swapped",
    file: "src/services/access/Gating.ts",
    find: "if (caller.role !== \"admin\") return [caller.userId]",
    replace: "if (caller.role === \"admin\") return [caller.userId]",
    tests: ["services/access/gating", "services/access/interference"]
  },
  {
    name: "members get admin-only metrics",
    file: "src/services/access/Catalog.ts",
    find: "metric.adminOnly !== true || caller.role === \"admin\"",
    replace: "metric.adminOnly !== true || caller.role === \"admin\" || metric.shape !== \"category\"",
    tests: ["services/access/adminOnly", "services/access/interference"]
  },
  {
    name: "ids of other organizations count as members",
    file: "src/services/access/Gating.ts",
    find: "if (id === caller.userId) {\n      people.push({ userId: caller.userId,",
    replace: "{\n      people.push({ userId: id as never,",
    tests: ["services/access/gating", "services/access/interference"]
  },
  {
    name: "rows whose owner is outside a large scope are lost, even if an assignee is in it",
    file: "src/query/sql/accessPaths.ts",
    find: "`(SELECT id FROM owners WHERE (id = ANY (${people})) IS NOT TRUE) AS o`",
    replace: "\"(SELECT id FROM owners WHERE false) AS o\"",
    tests: ["query/agreement"],
    seed: 3
  },
  {
    name: "each person in scope also gets the rows of other owners",
    file: "src/query/sql/accessPaths.ts",
    find: "cell(shape.metric.from.seenBy.owner)} = o.id`",
    replace: "cell(shape.metric.from.seenBy.owner)} >= o.id`",
    tests: ["query/agreement"]
  },
  {
    name: "rows of several owners are not added up",
    file: "src/query/sql/compileRowByRow.ts",
    find: "paths.length === 1 && owned.each === undefined",
    replace: "paths.length === 1",
    tests: ["query/agreement"]
  },
  {
    name: "the last known scope is never re-checked",
    file: "src/services/access/Gating.ts",
    find: "membership === last.membership ?",
    replace: "membership.fingerprint !== \"\" ?",
    tests: ["services/run/readInScope"]
  },
  {
    name: "changed members go unnoticed in the result of the access query",
    file: "src/services/access/Organizations.ts",
    find: "answer === last.fingerprint",
    replace: "answer !== \"\"",
    tests: ["services/access/accessQuery"]
  },
  {
    name: "the access query reads the members of every organization",
    file: "src/services/access/Organizations.ts",
    find: "WHERE m.organization_id = ${organization} AND ${isSelected",
    replace: "WHERE m.organization_id > '' AND ${isSelected",
    tests: ["services/access/accessQuery"]
  },
  {
    name: "the result of the access query is ignored",
    file: "src/services/access/accessQuery.ts",
    find: "if (answerRow !== undefined)",
    replace: "if (rows.length < 0)",
    tests: ["services/access/accessQuery"]
  },
  {
    name: "a member may count the rows of everyone",
    file: "src/services/access/Gating.ts",
    find: "if (caller.role !== \"admin\") return [caller.userId]",
    replace: "if (caller.role !== \"admin\" && !everyone) return [caller.userId]",
    tests: ["services/access/gating", "services/access/interference"]
  },
  {
    name: "`everyone` selects the people of all organizations",
    file: "src/services/access/Organizations.ts",
    find: "row.organizationId === organizationId && isSelected(row.userId)",
    replace: "(row.organizationId === organizationId || selected === \"everyone\") && isSelected(row.userId)",
    tests: ["services/access/interference"]
  },
  {
    name: "a saved report runs with its owner's scope",
    file: "src/http/Reports.ts",
    find: "runner.run(caller, yield* requestOf(caller))",
    replace:
      "runner.run({ ...caller, userId: (yield* reports.find(caller, params.id)).ownerId }, yield* requestOf(caller))",
    tests: ["services/run/savedRun"]
  },
  {
    name: "the options for building a report contain the name of another organization",
    file: "src/services/access/BuilderOptions.ts",
    find: "WHERE o.organization_id = ${caller.organizationId}",
    replace: "WHERE o.organization_id <> ${caller.organizationId}",
    tests: ["services/access/options"]
  },
  {
    name: "a search finds the private reports of others",
    file: "src/services/reports/ReportRepo/sql.ts",
    find: ": sql`${readable(sql, caller)} AND (",
    replace: ": sql`r.organization_id = ${caller.organizationId} AND (",
    tests: ["services/reports/repos"]
  },
  {
    name: "a replayed response skips the access check",
    file: "src/http/Idempotent.ts",
    find: "mayRead(caller, id)",
    replace: "Effect.succeed([mayRead, id])",
    tests: ["services/reports/idempotencyReplay"]
  },
  {
    name: "the development sign-in gives tokens to other machines",
    file: "src/http/PageSignIn.ts",
    find: "Option.exists(remoteAddress, (address) => loopbackAddress.test(address)) &&\n    loopbackHost.test(host) &&",
    replace: "Option.isSome(remoteAddress) && host !== \"\" &&",
    tests: ["page/pageSignIn"]
  },
  {
    name: "the list of people for the sign-in is sent to another machine",
    file: "src/http/PageSignIn.ts",
    find: "Effect.as(localRequest, people)",
    replace: "Effect.as(HttpServerRequest.HttpServerRequest, people)",
    tests: ["page/pageSignIn"]
  }
]
