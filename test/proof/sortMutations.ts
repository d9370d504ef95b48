import type { Mutation } from "./mutations.ts"

/** With these faults, rows of an order are not sorted by all columns, or not at all. */
export const sortMutations: ReadonlyArray<Mutation> = [
  {
    name: "rows with equal times are not sorted by their other columns",
    file: "src/columnStore/sorting.ts",
    find: "else if (length > 1) sortFew",
    replace: "else if (end < start) sortFew",
    tests: ["columnStore/sorting"]
  },
  {
    name: "many rows with equal times are not sorted by their other columns",
    file: "src/columnStore/sorting.ts",
    find: "isExact ? column + 1",
    replace: "isExact ? keys.length",
    tests: ["columnStore/sorting"]
  },
  {
    name: "rows with nearly equal times are not sorted if another time is far from them",
    file: "src/columnStore/radix.ts",
    find: "isExact: grain === 1",
    replace: "isExact: grain > 0",
    tests: ["columnStore/sorting"]
  },
  {
    name: "rows without a number come before rows with a number",
    file: "src/columnStore/radix.ts",
    find: "Number.isNaN(value) ? last",
    replace: "Number.isNaN(value) ? 0",
    tests: ["columnStore/sorting"]
  },
  {
    name: "after one complete sort, no refresh sorts rows any more",
    file: "src/services/replica/Replica.ts",
    find: "if (unseen.length > 0) isSorted = false",
    replace: "",
    tests: ["services/replica/replicaRefresh"]
  },
  {
    name: "a sort that has not ended counts as complete",
    file: "src/columnStore/ColumnStore.ts",
    find: "if (steps < 1) return false",
    replace: "if (steps < 1) return true",
    tests: ["columnStore/columnarChurn"]
  }
]
