import type { Mutation } from "./mutations.ts"

/** With these faults, a run on a standby counts wrong rows, or the service stops using a good standby. */
export const standbyMutations: ReadonlyArray<Mutation> = [
  {
    name: "a run does not wait until the standby has reached the position of the primary",
    file: "src/services/standby/Standby.ts",
    find: "if (yield* reached(target)) return",
    replace: "if ((yield* reached(target)) !== undefined) return",
    tests: ["services/standby/standby"]
  },
  {
    name: "the position of the primary leaves out commits that are not yet on disk",
    file: "src/services/standby/position.ts",
    find: "pg_current_wal_insert_lsn() AS lsn",
    replace: "pg_current_wal_flush_lsn() AS lsn",
    tests: ["services/standby/standby"]
  },
  {
    name: "the position of the primary skips the header of a page that has records",
    file: "src/services/standby/position.ts",
    find: "THEN 24 ELSE 0 END",
    replace: "THEN 24 ELSE 4096 END",
    tests: ["services/standby/standby"]
  },
  {
    name: "a run uses the primary's position of an earlier run",
    file: "src/services/standby/Standby.ts",
    find: "Effect.cached(targetOf(primary, organizationId))",
    replace: "Effect.succeed(globalThis.earlier ??= Effect.runSync(Effect.cached(targetOf(primary, organizationId))))",
    tests: ["services/standby/standby"]
  },
  {
    name: "a statement on the standby sees the moment before the wait",
    file: "src/services/database/statements.ts",
    find: "READ COMMITTED READ ONLY",
    replace: "REPEATABLE READ READ ONLY",
    tests: ["services/standby/standby"]
  },
  {
    name: "the access query is sent to the standby",
    file: "src/services/run/MetricSource.ts",
    find: "Effect.map(askStandby(standby, onPrimary, organizationId), (ask) => readerWithStandby(ask, primary))",
    replace:
      "Effect.map(askStandby(standby, limited, organizationId), (ask) => readerWithStandby(check?.attachTo(ask) ?? ask, primary))",
    tests: ["services/standby/standby"]
  },
  {
    name: "a standby of another server is used",
    file: "src/services/standby/position.ts",
    find: "s.system_identifier::text = $2::text",
    replace: "s.system_identifier::text > left($2::text, 0)",
    tests: ["services/standby/standby"]
  },
  {
    name: "a standby on another timeline is used",
    file: "src/services/standby/position.ts",
    find: "r.min_recovery_end_timeline = (",
    replace: "r.min_recovery_end_timeline <> 1 + (",
    tests: ["services/standby/standby"]
  },
  {
    name: "a run returns to the standby after the primary answered one of its statements",
    file: "src/services/standby/Standby.ts",
    find: "reason === undefined\n          ?",
    replace: "reason !== \"foreign\"\n          ?",
    tests: ["services/standby/standby"]
  },
  {
    name: "after one refused value or statement, no organization uses the standby",
    file: "src/services/standby/Standbys.ts",
    find: "\"busy\", \"conflict\", \"refused\"",
    replace: "\"busy\", \"conflict\"",
    tests: ["services/standby/standbyLosses"]
  }
]
