import type { Mutation } from "./mutations.ts"

/** With these faults, a table of people has wrong numbers, or hides why it has none. */
export const tableMutations: ReadonlyArray<Mutation> = [
  {
    name: "a table of people has the numbers of each column in the order of its ranking",
    file: "src/presentation/peopleTable.ts",
    find: "rows: [...keys].map((key) => ({",
    replace: "rows: [...keys].map((_, row, all) => String(all[(row + 1) % all.length])).map((key) => ({",
    tests: ["presentation/peopleTable"]
  },
  {
    name: "a table of people adds up numbers of shared records",
    file: "src/presentation/peopleTable.ts",
    find: "meta.additive && meta.truncated === undefined",
    replace: "meta.truncated === undefined",
    tests: ["presentation/peopleTable"]
  },
  {
    name: "a table of people adds up the numbers of the first people as if there were no others",
    file: "src/presentation/peopleTable.ts",
    find: "meta.additive && meta.truncated === undefined",
    replace: "meta.additive",
    tests: ["presentation/peopleTable"]
  },
  {
    name: "a number that is not a ranking is a column of a table of people",
    file: "src/presentation/inTables.ts",
    find: "(catalog.get(metricId)?.shape ?? \"leaderboard\") === \"leaderboard\"",
    replace: "metricId !== \"\"",
    tests: ["presentation/peopleTable"]
  },
  {
    name: "the percentages of a column have different decimals",
    file: "src/presentation/numberFormat.ts",
    find: "minimumFractionDigits: 1, ",
    replace: "",
    tests: ["presentation/peopleTable"]
  },
  {
    name: "in an XLSX file, a person without a number has a zero in a table of people",
    file: "src/documents/xlsx.ts",
    find: "numberOf(cells[at]?.[of] ?? null, meta)",
    replace: "numberOf(cells[at]?.[of] ?? 0, meta)",
    tests: ["documents/peopleTable"]
  }
]
