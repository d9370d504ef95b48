import type { Mutation } from "./mutations.ts"

/** With these faults, the service does not work on Citus, or a statement needs several shards. */
export const distributionMutations: ReadonlyArray<Mutation> = [
  {
    name: "sessions on Citus force generic plans",
    file: "src/services/database/pool.ts",
    find: "isDistributed ? {} : settings",
    replace: "isDistributed ? settings : settings",
    tests: ["services/database/citus"]
  },
  {
    name: "a service on Citus uses replicas",
    file: "src/services/replica/replicaSettings.ts",
    find: "if (yield* IsDistributed)",
    replace: "if (!(yield* IsDistributed) && (yield* IsDistributed))",
    tests: ["services/database/citus"]
  },
  {
    name: "a load of a replica creates triggers on Citus",
    file: "src/services/replica/changeLog.ts",
    find: "SELECT NOT ${hasCitus} AND",
    replace: "SELECT true OR NOT ${hasCitus} AND",
    tests: ["services/database/citus"]
  },
  {
    name: "the cleanup of the change log runs on Citus",
    file: "src/services/replica/ChangeCleanup.ts",
    find: "isDistributed ? Effect.void : deleteMarked",
    replace: "isDistributed ? deleteMarked : deleteMarked",
    tests: ["services/database/citus"]
  },
  {
    name: "a table is not distributed",
    file: "migrations/distribute.sql",
    find: "    'crm_report_idempotency_keys',\n",
    replace: "",
    tests: ["services/database/distribute"]
  },
  {
    name: "the SQL of a snapshot compares the organizations of two tables, without a parameter",
    file: "src/services/reports/SnapshotRepo/sql.ts",
    find: "SELECT 1 FROM crm_reports r WHERE r.id = s.report_id AND ${readable(sql, caller)}",
    replace: "SELECT 1 FROM crm_reports r WHERE r.id = s.report_id AND r.organization_id = s.organization_id",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "an insert of an existing idempotency key calls now(), which Citus refuses",
    file: "src/services/reports/IdempotencyKeys/sql.ts",
    find: "claimed_at = EXCLUDED.claimed_at,",
    replace: "claimed_at = now(),",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "the seed deletes rows of several organizations in one statement",
    file: "src/data/seed.ts",
    find: "WHERE organization_id = ${id}`",
    replace: "WHERE organization_id IN (${id})`",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "a migration adds a column and its constraint in one statement",
    file: "migrations/0010_record_indexes.ts",
    find: "inOrder([spells, threads])",
    replace: "inOrder([spells, threads, \"ALTER TABLE crm.tags ADD COLUMN rank int CHECK (rank > 0)\"])",
    tests: ["services/database/distribute"]
  }
]
