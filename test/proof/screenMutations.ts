import type { Mutation } from "./mutations.ts"

const tests = ["services/export/sameNumbers"]

/** With these faults, a snapshot or a file has other numbers than the screen, or the page lacks a part. */
export const screenMutations: ReadonlyArray<Mutation> = [
  {
    name: "a file of a report ignores the filters of its view",
    file: "src/services/export/Exporting.ts",
    find: "counted(caller, runRequestOf(found, view)",
    replace: "counted(caller, runRequestOf(found, { ...view, filters: {} })",
    tests,
    seed: 8
  },
  {
    name: "a file and a snapshot ignore the comparison of the view",
    file: "src/domain/DefaultView.ts",
    find: "...(comparePrevious !== undefined && { comparePrevious })",
    replace: "",
    tests
  },
  {
    name: "the page counts a card under the timeframe of the view instead of its own",
    file: "src/page/report/requestOf.ts",
    find: "...(timeframe !== undefined && { timeframe }),",
    replace: "",
    tests
  },
  {
    name: "in a CSV file, each group has the previous numbers of the first group",
    file: "src/documents/csv.ts",
    find: "find(\"previous\", series.shape === \"timeseries\" ? column.key : undefined)",
    replace: "find(\"previous\")",
    tests
  },
  {
    name: "in an XLSX file, a person has the numbers of the first column in each column",
    file: "src/documents/xlsx.ts",
    find: "numberOf(cells[at]?.[of] ?? null, meta)",
    replace: "numberOf(cells[0]?.[of] ?? null, meta)",
    tests,
    seed: 6
  },
  {
    name: "in a PDF file, a person has the numbers of the first column in each column",
    file: "src/documents/appendix.ts",
    find: "const { change, value = null } = cells[index] ?? {}",
    replace: "const { change, value = null } = cells[0] ?? {}",
    tests,
    seed: 6
  },
  {
    name: "in a PDF file, each row of a table has the numbers of the first row",
    file: "src/documents/appendix.ts",
    find: "textOf(row[index] ?? null, column, at)",
    replace: "textOf((column.kind === \"value\" ? rows[0] : row)?.[index] ?? null, column, at)",
    tests,
    seed: 6
  },
  {
    name: "a dialog that is opened again repeats the lost freeze of the closed one with its idempotency key",
    file: "src/page/api/idempotencyKeys.ts",
    find: "export const idempotencyKeys = () => {\n  const keys = new Map<string, string>()",
    replace: "const keys = new Map<string, string>()\n\nexport const idempotencyKeys = () => {",
    tests: ["page/pageDrafts"]
  },
  {
    name: "a part that the service no longer has is asked for without an end",
    file: "src/page/shell/untilLoaded.ts",
    find: "if (tries === 0) throw error",
    replace: "if (tries === Infinity) throw error",
    tests: ["page/untilLoaded"]
  },
  {
    name: "the page offers the year until records that the view cannot show",
    file: "src/page/report/newestRequests.ts",
    find: "asked.timeframe !== undefined || ",
    replace: "",
    tests: ["page/newestRequests"]
  },
  {
    name: "after an outage, a part of the page has no styles",
    file: "src/page/shell/untilLoaded.ts",
    find: "held.before().then(load)",
    replace: "load()",
    tests: ["page/untilLoaded"]
  },
  {
    name: "a browser without a full screen counts as one whose page fills the screen",
    file: "src/page/finding/fullScreen.ts",
    find: "fullscreenElement = null }",
    replace: "fullscreenElement }",
    tests: ["page/fullScreen"]
  },
  {
    name: "a page of records that took too long is the end of the list",
    file: "src/page/api/Problem.ts",
    find: "error?.code === \"timeout\"",
    replace: "error?.code === \"none\"",
    tests: ["page/recordsAnswer"]
  }
]
