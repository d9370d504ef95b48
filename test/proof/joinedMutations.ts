import type { Mutation } from "./mutations.ts"

/** With these faults, joined rows differ from the database, or cost too much time or memory. */
export const joinedMutations: ReadonlyArray<Mutation> = [
  {
    name: "the former joined rows of a changed key are still counted",
    file: "src/query/columnar/joined/Join.ts",
    find: "if (!isEmpty(key)) appendRowsOf(key, -1)",
    replace: "if (isEmpty(key)) appendRowsOf(key, -1)",
    tests: ["joinedRows", "replica"]
  },
  {
    name: "joined rows are not computed again after a change",
    file: "src/query/columnar/ColumnStore.ts",
    find: "    stored: (table) => {\n      settle()\n",
    replace: "    stored: (table) => {\n",
    tests: ["joinedRows", "agreement"]
  },
  {
    name: "a joined row whose delete comes before its insert is counted",
    file: "src/query/columnar/joined/KeyedRows.ts",
    find: "if (!removeEarly(key, cells)) insert(key, cells)",
    replace: "insert(key, cells)",
    tests: ["joinedRows"]
  },
  {
    name: "deleted rows of joins stay in memory",
    file: "src/query/columnar/joined/KeyedRows.ts",
    find: "else if (!remove(key, cells)) deleteEarly(key, cells)",
    replace: "else deleteEarly(key, cells)",
    tests: ["joinedRows", "replica"]
  },
  {
    name: "keys with too many rows are joined",
    file: "src/query/columnar/joined/Join.ts",
    find: "> maxRowsOfKey",
    replace: "> 2 * maxRowsOfKey",
    tests: ["joinedRows"]
  },
  {
    name: "the rows that joins keep are not counted as memory",
    file: "src/query/columnar/ColumnStore.ts",
    find: "sum + sizeOf(table), joins.size())",
    replace: "sum + sizeOf(table), 0)",
    tests: ["joinedRows"]
  },
  {
    name: "a stay that ends at the start of the window is counted",
    file: "src/query/columnar/joined/timeInStatus.ts",
    find: "from === null ? [end] : [from + 1, end]",
    replace: "from === null ? [end] : [from, end]",
    tests: ["agreement"]
  },
  {
    name: "a stay that ends before it begins is not counted",
    file: "src/query/columnar/joined/timeInStatus.ts",
    find: "for (const { group, numerator } of reversed) add(group, 0n, numerator)",
    replace: "for (const { group } of reversed) add(group, 0n, 0n)",
    tests: ["agreement"]
  },
  {
    name: "the milliseconds of stays are not counted",
    file: "src/query/columnar/joined/timeInStatus.ts",
    find: "sum: numerator * BigInt(unit)",
    replace: "sum: unit === 1 ? 0n : numerator * BigInt(unit)",
    tests: ["agreement"]
  }
]
