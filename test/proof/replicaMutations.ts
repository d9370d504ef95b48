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
    name: "TRUNCATE goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: ", '/', c.relfilenode)",
    replace: ")",
    tests: ["replicaLosses"]
  },
  {
    name: "disabled triggers go unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(t.oid, '/', t.xmin, '/', p.oid",
    replace: "concat(t.oid, '/', p.oid",
    tests: ["replicaLosses"]
  },
  {
    name: "a copy in the place of the database goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "SELECT d.oid FROM pg_database",
    replace: "SELECT 1 FROM pg_database",
    tests: ["replicaTrust"]
  },
  {
    name: "a changed column goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(count(*), '/', sum(a.xmin::text::bigint))",
    replace: "1",
    tests: ["replicaTrust"]
  },
  {
    name: "a renamed table goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(c.oid, '/', c.xmin, '/'",
    replace: "concat(c.oid, '/'",
    tests: ["replicaTrust"]
  },
  {
    name: "a renamed schema goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(n.oid, '/', n.xmin)",
    replace: "n.oid::text",
    tests: ["replicaTrust"]
  },
  {
    name: "a replaced trigger function goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: ", '/', p.oid, '/', p.xmin)",
    replace: ")",
    tests: ["replicaTrust"]
  },
  {
    name: "a trigger that may still run the former function is trusted",
    file: "src/services/replica/changeLog.ts",
    find: " AND age(t.xmin) <= age(p.xmin)",
    replace: "",
    tests: ["replicaTrust"]
  },
  {
    name: "a function of another version is trusted",
    file: "src/services/replica/changeLog.ts",
    find: "md5(p.prosrc) = '${sourceHash}'",
    replace: "p.prosrc <> ''",
    tests: ["replicaTrust"]
  },
  {
    name: "a table with children is read",
    file: "src/services/replica/changeLog.ts",
    find: " AND NOT c.relhassubclass",
    replace: "",
    tests: ["replicaTrust"]
  },
  {
    name: "a column of another type is read",
    file: "src/services/replica/changeLog.ts",
    find: "format_type(a.atttypid, a.atttypmod) = v.type",
    replace: "v.type <> ''",
    tests: ["replicaTrust"]
  },
  {
    name: "a trigger keeps the plan of a changed table",
    file: "src/services/replica/changeLog.ts",
    find: " WHERE NOT EXISTS (SELECT FROM crm.${table} WHERE false)",
    replace: "",
    tests: ["changeLog"]
  },
  {
    name: "a load trusts a schema that changed before its snapshot",
    file: "src/services/replica/load.ts",
    find: "if (state.captureEpoch !== captureEpoch)",
    replace: "if (state.captureEpoch === \"\")",
    tests: ["replicaTrust"]
  },
  {
    name: "changes of another server are applied",
    file: "src/services/replica/load.ts",
    find: "AND NOT pg_visible_in_snapshot(c.xid, pg_current_snapshot())",
    replace: "AND pg_visible_in_snapshot(c.xid, pg_current_snapshot())",
    tests: ["replicaLosses"]
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
    name: "changes are deleted before every replica has applied them",
    file: "src/services/replica/ChangeCleanup.ts",
    find: "yield* Effect.sleep(changeRetention)",
    replace: "yield* Effect.sleep(1)",
    tests: ["changeCleanup"]
  },
  {
    name: "a crash of PostgreSQL goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "pg_stat_get_bgwriter_stat_reset_time(),",
    replace: "",
    tests: ["replicaCrash"]
  },
  {
    name: "rows inserted into an empty table are lost",
    file: "src/query/columnar/ColumnTable.ts",
    find: "Math.max(firstCapacity, Math.ceil(weights.length * 1.5))",
    replace: "Math.ceil(weights.length * 1.5)",
    tests: ["replica"]
  }
]
