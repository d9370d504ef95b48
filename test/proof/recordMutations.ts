import type { Mutation } from "./mutations.ts"

/** These faults return records that are not the rows behind the number. */
export const recordMutations: ReadonlyArray<Mutation> = [
  {
    name: "records in SQL ignore the group of the point",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "    ...conditions,\n",
    replace: "    ...conditions.slice(0, 0),\n",
    tests: ["records"]
  },
  {
    name: "records in SQL include other currencies",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "dominant === undefined || !isOneCurrency",
    replace: "dominant === undefined || isOneCurrency",
    tests: ["records"]
  },
  {
    name: "records in SQL count a shared row once in a point of several people",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "assignees === undefined || shape.people === \"one\"",
    replace: "assignees === undefined || shape.people !== \"many\"",
    tests: ["records"]
  },
  {
    name: "records of a previous point are read from the current window",
    file: "src/query/series/pointOf.ts",
    find: "const counting = comparison ?? plan",
    replace: "const counting = { ...plan, buckets: (comparison ?? plan).buckets }",
    tests: ["records"]
  },
  {
    name: "records in SQL count a repeated tag twice",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "(SELECT count(DISTINCT a.id)",
    replace: "(SELECT count(a.id)",
    tests: ["records"]
  },
  {
    name: "a page in SQL repeats the last record of the page before",
    file: "src/query/sql/recordPage.ts",
    find: "COLLATE \"C\" < ${",
    replace: "COLLATE \"C\" <= ${",
    tests: ["records"]
  },
  {
    name: "records in memory drop the filters",
    file: "src/query/memory/recordsRowByRow.ts",
    find: "populationRows(point, tables)",
    replace: "populationRows({ ...point, filters: { applied: [], ignored: [] } }, tables)",
    tests: ["recordsInMemory"]
  },
  {
    name: "the records of an average include rows without a value",
    file: "src/query/memory/recordsRowByRow.ts",
    find: "of._tag === \"Sum\"",
    replace: "of._tag !== \"Count\"",
    tests: ["recordsOther"]
  },
  {
    name: "the records of a bucket include the next bucket",
    file: "src/query/series/pointOf.ts",
    find: "bucketIn(plan, index + 1)",
    replace: "bucketIn(plan, index + 2)",
    tests: ["recordsInMemory"]
  },
  {
    name: "the records of the previous period are those of the current one",
    file: "src/query/series/pointOf.ts",
    find: "if (period !== \"previous\") return bucketIn(plan, plan.current)",
    replace: "if (period !== undefined) return bucketIn(plan, plan.current)",
    tests: ["recordsInMemory"]
  },
  {
    name: "the records of ~other include every group",
    file: "src/query/series/pointOf.ts",
    find: "...withGroups(counting, group === undefined ? everything(plan) : group.groups),",
    replace:
      "...withGroups(counting, group === undefined || group.key === \"~other\" ? everything(plan) : group.groups),",
    tests: ["recordsOther"]
  },
  {
    name: "a record names people outside the scope",
    file: "src/services/run/recordOf.ts",
    find: "if (column.is === \"person\") return peopleField(stored, scope)",
    replace: "if (column.is === \"person\" && scope.people.length > 9) return peopleField(stored, scope)",
    tests: ["recordsInMemory"]
  },
  {
    name: "the records of a commission share include every agent",
    file: "src/query/handwritten/byAgent.ts",
    find: ".filter(({ userId }) => point.groups?.includes(userId) ?? true)",
    replace: ".filter(({ userId }) => userId !== \"\")",
    tests: ["recordRequests"]
  }
]
