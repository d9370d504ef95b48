import type { Mutation } from "./mutations.ts"

/** With these faults, a look misses changes, reads too much, or sends needless statements. */
export const lookMutations: ReadonlyArray<Mutation> = [
  {
    name: "a transaction that ends during a refresh counts as ended before the refresh",
    file: "src/services/replica/keyQueries.ts",
    find: "WHERE pg_visible_in_snapshot(x, pg_current_snapshot())",
    replace: "WHERE NOT pg_visible_in_snapshot(x, pg_current_snapshot())",
    tests: ["services/replica/replicaLook"]
  },
  {
    name: "a refresh reads the changes of open transactions",
    file: "src/services/replica/keyQueries.ts",
    find: " WHERE pg_visible_in_snapshot(x, pg_current_snapshot())",
    replace: "",
    tests: ["services/replica/replicaLook"]
  },
  {
    name: "a refresh misses the changes of a transaction that was open at the refresh before",
    file: "src/services/replica/changesSince.ts",
    find: "? afterAll : afterOpen",
    replace: "? afterAll : afterAll",
    tests: ["services/replica/replicaLook"]
  },
  {
    name: "a refresh does not check the server again if the PgSnapshot is the same",
    file: "src/services/replica/captureEpoch.ts",
    find: "starts_with(${epoch}, ${serverEpoch})",
    replace: "${epoch} <> ''",
    tests: ["services/replica/replicaLook"]
  },
  {
    name: "a refresh does not check the schema again after a commit",
    file: "src/services/replica/captureEpoch.ts",
    find: "pg_current_snapshot()::text = ${snapshot}",
    replace: "${snapshot} <> ''",
    tests: ["services/replica/replicaLook"]
  },
  {
    name: "a refresh finds no commit after a short look",
    file: "src/services/replica/changesSince.ts",
    find: "isUnchanged ? {",
    replace: "isUnchanged || at > 0 ? {",
    tests: ["services/replica/replicaLook"]
  },
  {
    name: "a refresh sends the short look although the refresh before found a commit",
    file: "src/services/replica/Replicas.ts",
    find: "last.wasUnchanged\n",
    replace: "last.snapshot !== \"\"\n",
    tests: ["services/replica/sharedLooks"]
  },
  {
    name: "a lost connection discards a replica",
    file: "src/services/replica/Replicas.ts",
    find: "Effect.catchTag([\"TimedOut\", \"Unavailable\"], () =>",
    replace: "Effect.catchTag(\"TimedOut\", () =>",
    tests: ["services/replica/slowLooks"]
  },
  {
    name: "the short look leaves less time for reading the changes",
    file: "src/services/replica/Replicas.ts",
    find: "inTime(fetchChanges(send, organizationId, last))",
    replace: "inTime(Effect.delay(fetchChanges(send, organizationId, last), last.wasUnchanged ? \"20 millis\" : 0))",
    tests: ["services/replica/slowLooks"]
  },
  {
    name: "a run that sends the access query sends the short look, and then the access query alone",
    file: "src/services/replica/Replicas.ts",
    find: "canBeShort && known.wasUnchanged",
    replace: "known.wasUnchanged",
    tests: ["services/replica/sharedLooks"]
  }
]
