import type { Mutation } from "./mutations.ts"

/** These faults concern how changes get into column stores and replicas. */
export const mergeMutations: ReadonlyArray<Mutation> = [
  {
    name: "a new level replaces the others",
    file: "src/columnStore/Levels.ts",
    find: "[...levelsAt(at), level]",
    replace: "[level]",
    tests: ["query/agreement", "columnStore/columnarChurn"]
  },
  {
    name: "sorted changes are counted twice",
    file: "src/columnStore/ColumnStore.ts",
    find: "() => unsorted = [latest])",
    replace: "() => unsorted = [rows, latest])",
    tests: ["query/agreement", "columnStore/columnarChurn"]
  },
  {
    name: "changes that are appended during a sort are lost",
    file: "src/columnStore/ColumnStore.ts",
    find: "() => unsorted = [latest])",
    replace: "() => unsorted = [latest = makeRows(projection, codes)])",
    tests: ["columnStore/columnarExecution", "columnStore/columnarChurn"]
  },
  {
    name: "sorted deletes are not subtracted",
    file: "src/columnStore/count.ts",
    find: "    subtract(tallies, deletions)\n",
    replace: "",
    tests: ["query/agreement", "columnStore/columnarChurn"]
  },
  {
    name: "a track is kept when its order is merged",
    file: "src/columnStore/Levels.ts",
    find: "slice(0, -2), merged]",
    replace: "slice(0, -2), { ...merged, inserted: { ...merged.inserted, tracks: older.inserted.tracks } }]",
    tests: ["columnStore/columnarChurn", "query/agreement"]
  },
  {
    name: "a merge drops the delete of a row, and keeps the insert",
    file: "src/columnStore/mergedOrders.ts",
    find: "else heads[opposite] = headOf(opposite) + 1",
    replace: "else addPiece(kept, 0, 0, 1)",
    tests: ["query/agreement", "columnStore/columnarChurn"]
  },
  {
    name: "rows with equal times count as equal in a merge",
    file: "src/columnStore/compareRows.ts",
    find: "if (earlier === later) return compareAll(i, j)",
    replace: "if (earlier === later) return 0",
    tests: ["columnStore/columnarChurn", "query/agreement"]
  },
  {
    name: "a list is not found while its table grows",
    file: "src/columnStore/interned.ts",
    find: "former === none ? -1 : findIn",
    replace: "former !== slots ? -1 : findIn",
    tests: ["columnStore/interned"]
  },
  {
    name: "after a merge, the insert and the delete of the same row are both kept",
    file: "src/columnStore/mergedOrders.ts",
    find: "isDeleted(a) !== isDeleted(b) && compared",
    replace: "isDeleted(a) !== isDeleted(a) && compared",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "a merge does not pause over empty ranges",
    file: "src/columnStore/mergedOrders.ts",
    find: "if (terms.isDue(comparison)) yield",
    replace: "if (terms.isDue(0)) yield",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "a run sorts no more for a row with many viewers than for a row with one",
    file: "src/columnStore/ColumnStore.ts",
    find: "(latest.entries - entries) * terms",
    replace: "Math.min(1, latest.entries - entries) * terms",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "lists of viewers that no row has any more are not counted as memory",
    file: "src/columnStore/ColumnStore.ts",
    find: "+ viewers.cost",
    replace: "+ 0 * viewers.cost",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "kinds that no row has any more are not counted as memory",
    file: "src/columnStore/ColumnStore.ts",
    find: "kinds.cost + viewers",
    replace: "0 * kinds.cost + viewers",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "levels are never merged",
    file: "src/columnStore/Levels.ts",
    find: "sizeOf(newer) <= sizeOf(older) * mergedShare",
    replace: "sizeOf(newer) >= 0 * mergedShare",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "a deleted tag stays in memory",
    file: "src/columnStore/Dictionary.ts",
    find: "if (names.size === 0) weights.delete(id)",
    replace: "if (names.size < 0) weights.delete(id)",
    tests: ["columnStore/columnarExecution"]
  },
  {
    name: "a run counts in a replica that is still applying pages of changes",
    file: "src/services/replica/Replicas.ts",
    find: "slot.replica === replica && !slot.isLoading",
    replace: "slot.replica === replica",
    tests: ["services/replica/replicaCatchUp"]
  },
  {
    name: "a replica applies changes although the schema has changed",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "if (!replica.trusts(state))",
    replace: "if (state.snapshot === \"\")",
    tests: ["services/replica/replicaPages"]
  },
  {
    name: "only one page of changes is read",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "if (page.length < maxChanges) break",
    replace: "if (page.length < 2 * maxChanges) break",
    tests: ["services/replica/replicaPages"]
  },
  {
    name: "the PgSnapshot of a replica stays the same after pages of changes were applied",
    file: "src/services/replica/ReplicaLoader.ts",
    find: "    replica.moveTo(state)\n",
    replace: "",
    tests: ["services/replica/replicaPages"]
  },
  {
    name: "a run ignores the changes beyond its limit",
    file: "src/services/replica/changesSince.ts",
    find: "changes.length > maxChanges ||",
    replace: "changes.length > 2 * maxChanges ||",
    tests: ["services/replica/replicaCatchUp"]
  },
  {
    name: "a freeze counts in a replica that another run has refreshed since",
    file: "src/services/replica/Replicas.ts",
    find: "replica.version === version && isUsable",
    replace: "replica.version >= version && isUsable",
    tests: ["services/replica/replicaFreeze"]
  },
  {
    name: "a slow refresh of a replica is interrupted during a freeze",
    file: "src/services/replica/Replicas.ts",
    find: "send, Duration.infinity)",
    replace: "send, maxRefresh)",
    tests: ["services/replica/replicaLimits"]
  },
  {
    name: "a failed refresh of a replica ends the transaction of a freeze",
    file: "src/services/run/MetricSource.ts",
    find: "mapSqlErrors(sql.withTransaction(sql.unsafe(text, params)))",
    replace: "mapSqlErrors(sql.unsafe(text, params))",
    tests: ["services/replica/replicaFreeze"]
  },
  {
    name: "a freeze counts in a replica of another moment",
    file: "src/services/replica/Replicas.ts",
    find: "replica.snapshot.text !== state?.snapshot",
    replace: "replica.snapshot.text === \"\"",
    tests: ["services/replica/replicaFreeze"]
  }
]
