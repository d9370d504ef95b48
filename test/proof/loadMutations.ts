import type { Mutation } from "./mutations.ts"

/** With these faults, a load reads other rows than the database has, or keeps rows that it does not need. */
export const loadMutations: ReadonlyArray<Mutation> = [
  {
    name: "a load joins keys with too many rows",
    file: "src/services/replica/keyQueries.ts",
    find: "maxRowsOfKey + 1",
    replace: "maxRowsOfKey",
    tests: ["replicas"]
  },
  {
    name: "a change of a loaded key forgets the other rows of the key",
    file: "src/query/columnar/joined/Join.ts",
    find: "for (const archived of archive.take(name)) restore(archived)",
    replace: "archive.take(name)",
    tests: ["loadedKeys"]
  },
  {
    name: "the rows of a loaded key are joined twice",
    file: "src/query/columnar/joined/Archive.ts",
    find: "pageOf.values[entry] = gone",
    replace: "pageOf.values[entry] = number",
    tests: ["loadedKeys"]
  },
  {
    name: "the rows of loaded keys stay in memory although all have changed",
    file: "src/query/columnar/joined/Archive.ts",
    find: "size -= page.size",
    replace: "size -= 0 * page.size",
    tests: ["loadedKeys"]
  },
  {
    name: "a load reads instants that are off by some milliseconds",
    file: "src/services/replica/eachAlike.ts",
    find: "high * 296",
    replace: "high * 295",
    tests: ["eachAlike"]
  },
  {
    name: "a load reads a missing number as 0",
    file: "src/services/replica/eachAlike.ts",
    find: "Number.NaN",
    replace: "0",
    tests: ["eachAlike"]
  },
  {
    name: "a load reads numbers of other rows",
    file: "src/services/replica/eachAlike.ts",
    find: "column.start += size * bytesOfNumber",
    replace: "column.start += 0 * size * bytesOfNumber",
    tests: ["eachAlike"]
  }
]
