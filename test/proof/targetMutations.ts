import type { Mutation } from "./mutations.ts"

/** These faults show targets to the wrong people, compute wrong figures, or lose numbers that were typed. */
export const targetMutations: ReadonlyArray<Mutation> = [
  {
    name: "a member lists the targets of others",
    file: "src/domain/Target.ts",
    find: "role === \"admin\" ? undefined : personOwners([userId])",
    replace: "role === \"\" ? personOwners([userId]) : undefined",
    tests: ["services/access/targetGate", "services/goals/goals"]
  },
  {
    name: "a person with the id `organization` reads the target of the organization",
    file: "src/domain/Target.ts",
    find: "ids.filter((id) => id !== organizationOwner)",
    replace: "ids.filter((id) => id !== \"\")",
    tests: ["services/goals/goals"]
  },
  {
    name: "every run gets the target of the organization",
    file: "src/domain/Target.ts",
    find: "...(isForOrganization ? [organizationOwner] : [])",
    replace: "...(isForOrganization ? [organizationOwner] : [organizationOwner])",
    tests: ["services/goals/goals"]
  },
  {
    name: "a run reads the targets of other organizations",
    file: "src/services/goals/sql.ts",
    find: "WHERE t.organization_id = ${organizationId}\n        AND t.metric_id",
    replace: "WHERE t.organization_id <> ''\n        AND t.metric_id",
    tests: ["query/sql/tenantSql", "services/goals/goals"]
  },
  {
    name: "the list of targets contains those of other organizations",
    file: "src/services/goals/sql.ts",
    find: "sql`t.organization_id = ${caller.organizationId}",
    replace: "sql`t.organization_id <> ''",
    tests: ["services/goals/goals"]
  },
  {
    name: "a member sets the weights of stages",
    file: "src/domain/AdminsOnly.ts",
    find: "role === \"admin\" ? Effect.void",
    replace: "role !== undefined ? Effect.void",
    tests: ["services/goals/goals"]
  },
  {
    name: "a member learns from a refused target which ids are people",
    file: "src/http/Goals.ts",
    find: "yield* refuseMembers(caller)\n        const target",
    replace: "const target",
    tests: ["services/access/targetGate"]
  },
  {
    name: "the target of a percentage over several periods is their sum",
    file: "src/query/series/targetSums.ts",
    find: "isMean(metric)\n    ?",
    replace: "metric.unit === undefined\n    ?",
    tests: ["query/targetMeans"]
  },
  {
    name: "unreadable weights take the time of the other widgets",
    file: "src/services/run/MetricRunner.ts",
    find: "withDeadline(timeout)(stageWeights(id))",
    replace: "stageWeights(id)",
    tests: ["query/forecast"]
  },
  {
    name: "the year of a percentage is the sum of its months",
    file: "src/page/targets/cells.ts",
    find: "if (!isMean) return",
    replace: "if (months.length > 0 || !isMean) return",
    tests: ["page/targetCells"]
  },
  {
    name: "today does not count as a day that has begun",
    file: "src/domain/targetAmounts.ts",
    find: "Calendar.localDay(zone, asOf) + 1",
    replace: "Calendar.localDay(zone, asOf)",
    tests: ["domain/targetAmounts", "query/targets"]
  },
  {
    name: "a clock change takes a day from the month",
    file: "src/domain/targetAmounts.ts",
    find: "Math.round((to - from) / millisADay)",
    replace: "Math.floor((to - from) / millisADay)",
    tests: ["domain/targetAmounts"]
  },
  {
    name: "a window without a value for one of its months has a target",
    file: "src/domain/targetAmounts.ts",
    find: "if (value === undefined) return undefined",
    replace: "if (value === undefined) break",
    tests: ["domain/targetAmounts", "query/targets"]
  },
  {
    name: "a target in another currency is compared",
    file: "src/query/series/target.ts",
    find: "metric.unit === \"money\" && goal.currency !== currency",
    replace: "metric.unit === \"money\" && goal.currency === \"\"",
    tests: ["query/targets"]
  },
  {
    name: "percentages of several people are added",
    file: "src/query/series/target.ts",
    find: "isMean(metric) && owners > 1",
    replace: "isMean(metric) && owners > 100",
    tests: ["query/targetMeans"]
  },
  {
    name: "people who left are missing",
    file: "src/query/series/target.ts",
    find: "goal === undefined && !hasLeft",
    replace: "goal === undefined || hasLeft",
    tests: ["query/targets"]
  },
  {
    name: "a change of one month removes the others",
    file: "src/services/goals/sql.ts",
    find: "(t.period_values || ${JSON.stringify(values)}::jsonb)",
    replace: "(${JSON.stringify(values)}::jsonb)",
    tests: ["services/goals/goals"]
  },
  {
    name: "an open stream does not notice a changed target",
    file: "src/services/live/ChangeFeed.ts",
    find: "next.goals !== lastGoals",
    replace: "next.goals === \"\"",
    tests: ["services/live/liveTargets"]
  },
  {
    name: "the check takes targets of the time before a person left for wrong",
    file: "src/data/check/targetFindings.ts",
    find: "firstDayOf(period) > leftOn",
    replace: "firstDayOf(period) > \"\"",
    tests: ["data/check"]
  },
  {
    name: "a person is compared with the target of another person",
    file: "src/query/series/target.ts",
    find: "owned.get(owner) ?? []",
    replace: "[...owned.values()].flat()",
    tests: ["query/targets"]
  },
  {
    name: "a wish such as “auf Kurs” asks for no targets",
    file: "src/design/targets.ts",
    find: ", anyOf(({ occasions }) => occasions.goals)",
    replace: "",
    tests: ["services/design/designReadings"]
  },
  {
    name: "a pasted target with three decimals loses its decimal separator",
    file: "src/page/targets/cells.ts",
    find: "number === null ? \"\" : numberText(number)",
    replace: "number?.toString() ?? \"\"",
    tests: ["page/targetCells"]
  },
  {
    name: "a save of targets discards the numbers that were typed during it",
    file: "src/page/targets/cells.ts",
    find: "sent?.get(key) !== text",
    replace: "sent?.has(key) !== true",
    tests: ["page/targetCells"]
  },
  {
    name: "a target for nobody is stored",
    file: "src/services/access/TargetValidation.ts",
    find: "!members.some(({ userId }) => userId === owner)",
    replace: "members.length === 0",
    tests: ["services/access/targetOwners"]
  },
  {
    name: "a change of a target without fields makes all streams count again",
    file: "src/services/goals/sql.ts",
    find: "if (isEmptyUpdate(change)) return yield* findTarget(caller, id)",
    replace: "",
    tests: ["services/goals/goals"]
  },
  {
    name: "in a ranking, a person with the id `organization` has the target of the organization",
    file: "src/query/series/target.ts",
    find: "category === organizationOwner ? undefined : ",
    replace: "",
    tests: ["query/targets"]
  }
]
