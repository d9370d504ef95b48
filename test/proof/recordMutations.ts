import type { Mutation } from "./mutations.ts"
import { recordPageMutations } from "./recordPageMutations.ts"

/** With these faults, the records, their totals, or their names are wrong. */
export const recordMutations: ReadonlyArray<Mutation> = [
  {
    name: "records in SQL ignore the group of the point",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "    ...conditions,\n",
    replace: "    ...conditions.slice(0, 0),\n",
    tests: ["services/run/records"]
  },
  {
    name: "records in SQL include other currencies",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "dominant === undefined || !isOneCurrency",
    replace: "dominant === undefined || isOneCurrency",
    tests: ["services/run/records"]
  },
  {
    name: "records in SQL count a shared row once in a point of several people",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "return shape.people === \"one\" ? {",
    replace: "return shape.people !== \"many\" ? {",
    tests: ["services/run/records"]
  },
  {
    name: "records of a previous point are read from the current window",
    file: "src/query/series/pointOf.ts",
    find: "const counting = comparison ?? plan",
    replace: "const counting = { ...plan, buckets: (comparison ?? plan).buckets }",
    tests: ["services/run/records"]
  },
  {
    name: "a group that has rows only in the previous window has no records",
    file: "src/services/run/Records.ts",
    find: " || at.series !== undefined",
    replace: "",
    tests: ["services/run/recordsOther"]
  },
  {
    name: "records in SQL count a repeated tag twice",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "(SELECT count(DISTINCT a.id)",
    replace: "(SELECT count(a.id)",
    tests: ["services/run/records"]
  },
  {
    name: "a page in SQL repeats the last record of the page before",
    file: "src/query/sql/recordPage.ts",
    find: "COLLATE \"C\" < ${",
    replace: "COLLATE \"C\" <= ${",
    tests: ["services/run/records"]
  },
  {
    name: "records in SQL include the start of the next window",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "...(time === undefined ? [] : between(at, shape, params)),",
    replace:
      "...(time === undefined ? [] : between(at, shape, params).map((text) => text.replace(\" < \", \" <= \"))),",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "records in SQL ignore the filters",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "const read = fromWhere(shape, params, [",
    replace: "const read = fromWhere({ ...shape, filters: [] }, params, [",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "the totals in SQL count a shared row once in a point of several people",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "...shared.map(counted(\"0 AS n, 0 AS d\")), ...each]",
    replace: "...shared.map(counted(\"0 AS n, 0 AS d\")), ...each.slice(1)]",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "the totals in SQL count a repeated assignee twice",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "others: `(SELECT DISTINCT a.id",
    replace: "others: `(SELECT a.id",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "~other in SQL includes a named group",
    file: "src/query/sql/recordsRowByRow.ts",
    find: "groups === \"some\" ? matches : `(${matches} OR ${group} IS NULL)`",
    replace: "groups === \"some\" ? matches : `(${matches} OR true)`",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "~other in memory includes a named group",
    file: "src/query/memory/evaluateRowByRow.ts",
    find: "point.groups?.includes(group) ?? true",
    replace: "point.groups?.includes(group) !== false || point.groups.length > 1",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "the records of spells in SQL ignore the status of the point",
    file: "src/query/handwritten/timeInStatus.ts",
    find: "const statuses = shape.groups === \"all\"",
    replace: "const statuses = shape.groups !== undefined",
    tests: ["services/run/recordPoints"]
  },
  {
    name: "later pages lose the totals of the first page",
    file: "src/services/run/RecordCursor.ts",
    find: "): Totals => ({ rows, ",
    replace: "): Totals => ({ rows: rows * 0, ",
    tests: ["services/run/recordRequests"]
  },
  {
    name: "records in memory ignore the filters",
    file: "src/query/memory/evaluateRowByRow.ts",
    find: "populationRows(point, tables)",
    replace: "populationRows({ ...point, filters: { applied: [], ignored: [] } }, tables)",
    tests: ["services/run/recordsInMemory"]
  },
  {
    name: "the records of an average include rows without a value",
    file: "src/query/memory/evaluateRowByRow.ts",
    find: "of._tag === \"Sum\"",
    replace: "of._tag !== \"Count\"",
    tests: ["services/run/recordsOther"]
  },
  {
    name: "the records of a bucket include the next bucket",
    file: "src/query/series/pointOf.ts",
    find: "bucketIn(plan, index + 1)",
    replace: "bucketIn(plan, index + 2)",
    tests: ["services/run/recordsInMemory"]
  },
  {
    name: "the records of the previous period are those of the current one",
    file: "src/query/series/pointOf.ts",
    find: "if (period !== \"previous\") return bucketIn(plan, plan.current)",
    replace: "if (period !== undefined) return bucketIn(plan, plan.current)",
    tests: ["services/run/recordsInMemory"]
  },
  {
    name: "the records of ~other include every group",
    file: "src/query/series/pointOf.ts",
    find: "...withGroups(counting, choice.groups),",
    replace: "...withGroups(counting, asked.key === \"~other\" ? everything(plan) : choice.groups),",
    tests: ["services/run/recordsOther"]
  },
  {
    name: "a record names people outside the scope",
    file: "src/services/run/recordOf.ts",
    find: "if (column.is === \"person\") return peopleField(stored, scope)",
    replace: "if (column.is === \"person\" && scope.people.length > 9) return peopleField(stored, scope)",
    tests: ["services/run/recordsInMemory"]
  },
  {
    name: "the records of a commission share include every agent",
    file: "src/query/handwritten/byAgent.ts",
    find: ".filter(({ agent }) => point.groups?.includes(agent) ?? true)",
    replace: ".filter(({ agent }) => agent !== \"\")",
    tests: ["services/run/recordRequests"]
  },
  ...recordPageMutations
]
