import type { Mutation } from "./mutations.ts"

/** With these faults, the service does not work on Citus, or a statement needs several shards. */
export const distributionMutations: ReadonlyArray<Mutation> = [
  {
    name: "sessions on Citus force generic plans",
    file: "src/services/database/pool.ts",
    find: "isDistributed ? {} : settings",
    replace: "isDistributed ? settings : settings",
    tests: ["citus"]
  },
  {
    name: "a service on Citus uses replicas",
    file: "src/services/replica/replicasIgnored.ts",
    find: "if (yield* IsDistributed)",
    replace: "if (!(yield* IsDistributed) && (yield* IsDistributed))",
    tests: ["citus"]
  },
  {
    name: "a load of a replica creates triggers on Citus",
    file: "src/services/replica/changeLog.ts",
    find: "SELECT NOT ${hasCitus} AND",
    replace: "SELECT true OR NOT ${hasCitus} AND",
    tests: ["citus"]
  }
]
