import type { Mutation } from "./mutations.ts"

/** These faults make a replica differ from the database. */
export const replicaMutations: ReadonlyArray<Mutation> = [
  {
    name: "the column store counts a shared row once per viewer",
    file: "src/query/columnar/predicate.ts",
    find: "isInScope[rowOwner] === 1 || firstAssignee",
    replace: "firstAssignee",
    tests: ["agreement"]
  },
  {
    name: "the column store ignores assignees that appear during a run",
    file: "src/query/columnar/predicate.ts",
    find: "first?.length === lists.length",
    replace: "first !== undefined",
    tests: ["columnarExecution"]
  },
  {
    name: "the column store shows a row to its owner only",
    file: "src/query/columnar/ColumnTable.ts",
    find: "const viewerFields = [owner, ...(assignees === undefined ? [] : [assignees])]",
    replace: "const viewerFields = [owner]",
    tests: ["agreement"]
  },
  {
    name: "the column store counts the gap between the previous and the current window",
    file: "src/query/columnar/ColumnStore.ts",
    find: "if (bucket !== gapBucket && end > start)",
    replace: "if (gapBucket > -2 && end > start)",
    tests: ["agreement"]
  },
  {
    name: "deleted rows are still counted",
    file: "src/query/columnar/HashAggregate.ts",
    find: "const weight = weights[row] ?? 0",
    replace: "const weight = Math.abs(weights[row] ?? 0)",
    tests: ["columnarExecution", "replica"]
  },
  {
    name: "a change in two overlapping change sets is applied twice",
    file: "src/services/replica/Replica.ts",
    find: "!isVisible(current, transaction)",
    replace: "transaction !== \"\" || !isVisible(current, transaction)",
    tests: ["replica", "replicaRefresh"]
  },
  {
    name: "a transaction that ends during a refresh is taken for an earlier one",
    file: "src/services/replica/changesSince.ts",
    find: "WHERE pg_visible_in_snapshot(x, pg_current_snapshot())",
    replace: "WHERE NOT pg_visible_in_snapshot(x, pg_current_snapshot())",
    tests: ["replicaLook"]
  },
  {
    name: "a look reads the changes of open transactions",
    file: "src/services/replica/changesSince.ts",
    find: " WHERE pg_visible_in_snapshot(x, pg_current_snapshot())",
    replace: "",
    tests: ["replicaLook"]
  },
  {
    name: "changes of other organizations are applied",
    file: "src/services/replica/changesSince.ts",
    find: "WHERE c.organization_id = ${organization}`",
    replace: "WHERE c.organization_id >= left(${organization}, 0)`",
    tests: ["replica", "tenantSql"]
  },
  {
    name: "rows inserted into an empty table are lost",
    file: "src/query/columnar/ColumnTable.ts",
    find: "Math.max(firstCapacity, Math.ceil(weights.length * 1.5))",
    replace: "Math.ceil(weights.length * 1.5)",
    tests: ["replica"]
  }
]
