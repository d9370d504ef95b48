import type { Mutation } from "./mutations.ts"

/** With these faults, a replica misses changes, needs too much memory, or delays requests. */
export const captureMutations: ReadonlyArray<Mutation> = [
  {
    name: "TRUNCATE goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(sum(c.oid::bigint), '/', ${stateOf(\"c\")}, '/', sum(c.relfilenode::bigint))",
    replace: "sum(c.oid::bigint)::text",
    tests: ["services/replica/replicaLosses"]
  },
  {
    name: "disabled triggers go unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(${stateOf(\"t\")}, '/', ",
    replace: "concat(",
    tests: ["services/replica/replicaLosses"]
  },
  {
    name: "a database that was replaced by a copy goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "pg_relation_filepath('pg_catalog.pg_class'::regclass)",
    replace: "1",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a changed column goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(${stateOf(\"a\")})",
    replace: "count(*)",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a renamed table goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "'/', ${stateOf(\"c\")}, '/'",
    replace: "'/'",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a renamed schema goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(n.oid, '/', n.xmin)",
    replace: "n.oid::text",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a replica reads a table with child tables",
    file: "src/services/replica/changeLog.ts",
    find: " AND NOT c.relhassubclass",
    replace: "",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a replica reads a column of another type",
    file: "src/services/replica/changeLog.ts",
    find: "format_type(a.atttypid, a.atttypmod) = v.type",
    replace: "v.type <> ''",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a replica reads a partition",
    file: "src/services/replica/changeLog.ts",
    find: "\n    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)",
    replace: "",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "the load of a replica trusts a schema that changed before its PgSnapshot",
    file: "src/services/replica/load.ts",
    find: "if (state.captureEpoch !== captureEpoch)",
    replace: "if (state.captureEpoch === \"\")",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "changes of another server are applied",
    file: "src/services/replica/load.ts",
    find: "AND NOT pg_visible_in_snapshot(c.xid, pg_current_snapshot())",
    replace: "AND pg_visible_in_snapshot(c.xid, pg_current_snapshot())",
    tests: ["services/replica/replicaLosses"]
  },
  {
    name: "a refresh waits too long for a locked change log",
    file: "src/services/replica/Replicas.ts",
    find: "            withDeadline(deadline)\n",
    replace: "            withDeadline(Duration.minutes(5))\n",
    tests: ["services/replica/replicaLimits"]
  },
  {
    name: "the failed creation of the triggers is tried again without a pause",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "captureNotBefore = now + Duration.toNanosUnsafe(failurePause)",
    replace: "captureNotBefore = now",
    tests: ["services/replica/replicaLimits"]
  },
  {
    name: "the fixed cost of a replica is not counted",
    file: "src/services/replica/ReplicaPool.ts",
    find: "0 : replica.store.size + rowsPerReplica",
    replace: "0 : replica.store.size",
    tests: ["services/replica/replicaLimits"]
  },
  {
    name: "changes are deleted before every replica has applied them",
    file: "src/services/replica/ChangeCleanup.ts",
    find: "m.made_at <= clock_timestamp() - ${interval(changeRetention)}",
    replace: "true",
    tests: ["services/replica/changeCleanup"]
  },
  {
    name: "a mark of another server deletes changes",
    file: "src/services/replica/ChangeCleanup.ts",
    find: "FROM taken t WHERE t.server = ${server}",
    replace: "FROM taken t",
    tests: ["services/replica/changeCleanup"]
  },
  {
    name: "a crash of PostgreSQL goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "pg_stat_get_bgwriter_stat_reset_time(),",
    replace: "",
    tests: ["services/replica/replicaCrash"]
  },
  {
    name: "after a blocked event loop, a deadline discards a result that has arrived",
    file: "src/services/admission/withDeadline.ts",
    find: "Effect.andThen(Effect.sleep(duration), Effect.yieldNow)",
    replace: "Effect.sleep(duration)",
    tests: ["services/admission/withDeadline"]
  },
  {
    name: "counting in memory does not wait for its turn",
    file: "src/services/run/replicaReader.ts",
    find: "withTurn(organizationId)(countInTurn(counts, plans))",
    replace: "countInTurn(counts, plans)",
    tests: ["services/replica/replicas"]
  },
  {
    name: "the plans of a run are not counted together",
    file: "src/services/run/Reader.ts",
    find: "ahead.count(plans.flatMap(plansFor).filter((plan) => !isEmpty(plan)))",
    replace: "Effect.void",
    tests: ["services/replica/replicas"]
  },
  {
    name: "a plan that was counted in an earlier turn of its run is counted again",
    file: "src/services/run/replicaReader.ts",
    find: "if (known.has(plan)) continue",
    replace: "if (known.has(plan) && plan !== plans.at(-2)) continue",
    tests: ["services/replica/replicas"]
  },
  {
    name: "a replica is loaded although a crash has emptied the log of a prepared transaction",
    file: "src/services/replica/load.ts",
    find: "if (!isComplete) return",
    replace: "if (captureEpoch === \"\") return",
    tests: ["services/replica/replicaCrash"]
  },
  {
    name: "a stream relies on the change log although a crash has emptied the log of a prepared transaction",
    file: "src/services/replica/changeLook.ts",
    find: "if (!isComplete || ",
    replace: "if (",
    tests: ["services/replica/replicaCrash"]
  },
  {
    name: "any prepared transaction delays the load of a replica",
    file: "src/services/replica/changeLog.ts",
    find: "starts_with(l.virtualtransaction, '-1/')",
    replace: "l.virtualtransaction <> ''",
    tests: ["services/replica/replicaCrash"]
  },
  {
    name: "a prepared transaction that changed no rows of the CRM delays the load of a replica",
    file: "src/services/replica/changeLog.ts",
    find: " AND l.relation = ANY (${changeTables})",
    replace: "",
    tests: ["services/replica/replicaCrash"]
  },
  {
    name: "after a prepared transaction has delayed a load, no replica is loaded for ten minutes",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "slot.notBefore = now + Duration.toNanosUnsafe(loadPause)",
    replace: "slot.notBefore = now + Duration.toNanosUnsafe(failurePause)",
    tests: ["services/replica/replicaLimits"]
  },
  {
    name: "a stream relies on the change log of a standby",
    file: "src/services/replica/changeLog.ts",
    find: "NOT pg_is_in_recovery() AND ",
    replace: "",
    tests: ["services/standby/standbyServed"]
  }
]
