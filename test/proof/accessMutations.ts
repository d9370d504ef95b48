import { comparisonFormats } from "../../src/domain/DocumentFormat.ts"
import type { Mutation } from "./mutations.ts"

/** With most of these faults, a run uses members or settings of an earlier moment. */
const ofComparisons: ReadonlyArray<Mutation> = comparisonFormats.map((format) => ({
  name: `a ${format} file of a comparison is made as if its caller were an admin`,
  file: "src/services/export/Exporting.ts",
  find: "const compared = yield* comparing.compare(",
  replace:
    `if (format === "${format}") caller = { ...caller, role: "admin" as const }; const compared = yield* comparing.compare(`,
  tests: ["services/export/comparisonFiles"]
}))

export const accessMutations: ReadonlyArray<Mutation> = [
  ...ofComparisons,
  {
    name: "the PDF file of a comparison has any number of rows",
    file: "src/documents/cost.ts",
    find: "Math.floor((shares.get(index) ?? 0) / comparedColumns)",
    replace: "Infinity + (shares.get(index) ?? 0)",
    tests: ["documents/comparison"]
  },
  {
    name: "a file of a comparison does not say why a widget is not compared",
    file: "src/documents/comparison.ts",
    find: "if (incomparable !== undefined) return",
    replace: "if (incomparable === undefined && points.length < 0) return",
    tests: ["documents/comparison"]
  },
  {
    name: "a snapshot is compared with the numbers that an admin sees now",
    file: "src/services/reports/Comparing.ts",
    find: "runner.run(caller, { ...viewOf(snapshot), widgets })",
    replace: "runner.run({ ...caller, role: \"admin\" as const }, { ...viewOf(snapshot), widgets, everyone: true })",
    tests: ["services/reports/comparing"]
  },
  {
    name: "a snapshot is compared with a snapshot that the caller may not see",
    file: "src/services/reports/Comparing.ts",
    find: "const other = yield* find(caller, id)",
    replace: "const other = yield* find({ ...caller, role: \"admin\" as const }, id)",
    tests: ["services/reports/comparing"]
  },
  {
    name: "snapshots of different people are compared",
    file: "src/query/series/compare.ts",
    find: "[\"scope\", !isScopeEqual]",
    replace: "[\"scope\", false]",
    tests: ["services/reports/comparing"]
  },
  {
    name: "a comparison takes numbers that a member may not see for 0",
    file: "src/query/series/compare.ts",
    find: "from.meta.gated !== to.meta.gated",
    replace: "from.meta.gated !== from.meta.gated",
    tests: ["query/comparedGroups"]
  },
  {
    name: "a replica keeps the result of the access query although a member has changed",
    file: "src/services/replica/Replica.ts",
    find: "if (accessTables.has(table)) accessVersion = Symbol()",
    replace: "if (accessTables.has(table)) version += 0",
    tests: ["services/replica/sharedLooks", "services/replica/replicaAccess"]
  },
  {
    name: "changes of members are not logged",
    file: "src/services/replica/loggedFields.ts",
    find: "new Map([...countedFields, ...accessFields])",
    replace: "new Map([...countedFields, ...[...accessFields].slice(0, 1)])",
    tests: ["services/replica/replicaAccess"]
  },
  {
    name: "a refresh confirms a result of the access query that is older than the last change of a member",
    file: "src/services/replica/Replicas.ts",
    find: "replica.accessVersion === check.version\n",
    replace: "check.version !== undefined\n",
    tests: ["services/replica/sharedLooks", "services/replica/replicaAccess"]
  },
  {
    name: "a result of the access query gets the version of a later moment",
    file: "src/services/access/Gating.ts",
    find: "last.membership, last.version)",
    replace: "last.membership, version)",
    tests: ["services/replica/sharedLooks"]
  },
  {
    name: "without a replica, the access query is not sent again",
    file: "src/services/replica/Replicas.ts",
    find: "check !== undefined && replica !== undefined && replica.accessVersion",
    replace: "check !== undefined && replica?.accessVersion",
    tests: ["services/replica/replicaAccess"]
  },
  {
    name: "a run uses a refresh of the replica that began before the run",
    file: "src/domain/shared.ts",
    find:
      "next.set(key, undefined)\n        Deferred.doneUnsafe(current.done, yield* Effect.exit(current.work))\n        current = next.get(key)",
    replace:
      "next.set(key, current)\n        Deferred.doneUnsafe(current.done, yield* Effect.exit(current.work))\n        current = undefined",
    tests: ["domain/sharedNext", "services/replica/sharedLooks"]
  },
  {
    name: "a result of the access query that has become too long stays remembered",
    file: "src/services/access/Gating.ts",
    find: "if (!isSmall) memberships.delete(key)",
    replace: "if (!isSmall) key.at(0)",
    tests: ["services/run/readInScope"]
  },
  {
    name: "a key without the key scope reports:read gets the report that it writes",
    file: "src/domain/Report.ts",
    find: "hasScope(caller, \"reports:read\")",
    replace: "hasScope(caller, \"reports:write\")",
    tests: ["api/access"]
  },
  {
    name: "a key without the key scope reports:read gets the snapshot that it writes",
    file: "src/domain/Snapshot.ts",
    find: "hasScope(caller, \"reports:read\")",
    replace: "hasScope(caller, \"snapshots:write\")",
    tests: ["api/access"]
  },
  {
    name: "a key without the key scope reports:read gets the stored response of a key that has it",
    file: "src/http/Idempotent.ts",
    find: "!hasScope(caller, \"reports:read\")",
    replace: "caller.userId === \"\"",
    tests: ["api/access"]
  }
]
