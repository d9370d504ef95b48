import type { Mutation } from "./mutations.ts"

/** With these faults, a load reads other rows than the database has, or keeps rows that it does not need. */
export const loadMutations: ReadonlyArray<Mutation> = [
  {
    name: "a load joins keys with too many rows",
    file: "src/services/replica/keyQueries.ts",
    find: "maxRowsOfKey + 1",
    replace: "maxRowsOfKey",
    tests: ["services/replica/replicas"]
  },
  {
    name: "a replica that catches up does not join the rows of changed keys",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "replica.join(join, parseKeys(String(keys)))",
    replace: "parseKeys(String(keys))",
    tests: ["services/replica/replicaCatchUp"]
  },
  {
    name: "a load reads instants that are off by some milliseconds",
    file: "src/services/replica/eachAlike.ts",
    find: "high * 296",
    replace: "high * 295",
    tests: ["services/replica/eachAlike"]
  },
  {
    name: "a load reads a missing number as the number of another row",
    file: "src/services/replica/eachAlike.ts",
    find: "image[field] === null ? undefined : inField.get(field)",
    replace: "inField.get(field)",
    tests: ["services/replica/eachAlike"]
  },
  {
    name: "a load reads a missing time as the first moment of 1970",
    file: "src/columnStore/growing.ts",
    find: "numbers.fill(missing, size)",
    replace: "numbers.fill(0, size)",
    tests: ["columnStore/numberColumn"]
  },
  {
    name: "a load counts rows of other organizations",
    file: "src/services/replica/alikeQueries.ts",
    find: "WHERE organization_id = ${organization}) r",
    replace: "WHERE organization_id >= left(${organization}, 0)) r",
    tests: ["query/agreement"]
  },
  {
    name: "a load joins rows of other organizations",
    file: "src/services/replica/keyQueries.ts",
    find: "r.organization_id = ${organization} AND",
    replace: "r.organization_id >= left(${organization}, 0) AND",
    tests: ["query/agreement"]
  },
  {
    name: "a load joins deals that are not won",
    file: "src/services/replica/keyQueries.ts",
    find: "`r.${only.field.column} = ${literal(only.text)}`",
    replace: "\"true\"",
    tests: ["query/agreement"]
  },
  {
    name: "a load reads numbers of other rows",
    file: "src/services/replica/eachAlike.ts",
    find: "column.start += size",
    replace: "column.start += 0 * size",
    tests: ["services/replica/eachAlike"]
  },
  {
    name: "a load uses only the first of the messages that it reads at once",
    file: "src/services/replica/load.ts",
    find: "const message of messages)",
    replace: "const message of messages.slice(0, 1))",
    tests: ["services/replica/replicas"]
  },
  {
    name: "a request to load a replica that is interrupted prevents later ones",
    file: "src/services/replica/ReplicaLoader.ts",
    find:
      "Effect.sync(() => {\n        const slot = pool.slot(organizationId)\n        if (slot.isLoading) return\n        slot.isLoading = true\n        Queue.offerUnsafe(requests, organizationId)\n      })",
    replace:
      "Effect.suspend(() => {\n        const slot = pool.slot(organizationId)\n        if (slot.isLoading) return Effect.void\n        slot.isLoading = true\n        return Queue.offer(requests, organizationId)\n      })",
    tests: ["services/admission/interruptions"]
  },
  {
    name: "a changed row whose organization has an empty id stops the cleanup of the change log",
    file: "src/services/replica/ChangeCleanup.ts",
    find: "organizationId: Schema.String ",
    replace: "organizationId: Schema.NonEmptyString ",
    tests: ["services/replica/changeCleanup"]
  },
  {
    name: "a replica that catches up does not report the keys that it joins again",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "query: touched, use }, Effect.sync(afterPage))",
    replace: "query: touched, use }, Effect.void)",
    tests: ["services/replica/replicaPages"]
  },
  {
    name: "the shared threads of a join that has ended stay in memory",
    file: "src/columnStore/joined/joins.ts",
    find: "      if (definition === threadsJoin) sharedThreads.clear()\n",
    replace: "",
    tests: ["columnStore/joinedChanges"]
  },
  {
    name: "a replica that is too large alone discards all others first",
    file: "src/services/replica/ReplicaPool.ts",
    find: "costOf(kept.replica) > maxRows)",
    replace: "costOf(kept.replica) > 1_000 * maxRows)",
    tests: ["services/replica/replicaRefresh"]
  }
]
