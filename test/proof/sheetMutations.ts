import type { Mutation } from "./mutations.ts"

/** With these faults, the sheets of an XLSX file are wrong, an appendix, the name of a file, or the colors of charts. */
export const sheetMutations: ReadonlyArray<Mutation> = [
  {
    name: "a file of records has columns that were not chosen",
    file: "src/services/export/recordFile.ts",
    find: "columns.filter(({ key }) => keys.includes(key))",
    replace: "columns.filter(({ key }) => key !== \"\")",
    tests: ["services/export/recordFiles"]
  },
  {
    name: "two sheets of an XLSX file have the same name",
    file: "src/documents/xlsx.ts",
    find: "used.has(name.toLowerCase()) ?",
    replace: "name === \"\" ?",
    tests: ["documents/spreadsheets"]
  },
  {
    name: "two sheets of an XLSX file have the same name, because a part of an emoji is dropped",
    file: "src/documents/xlsx.ts",
    find: ".replace(/[\\ud800-\\udbff]$/, \"\")",
    replace: "",
    tests: ["documents/spreadsheets"]
  },
  {
    name: "a shortened appendix of a PDF file has the previous numbers of other days",
    file: "src/documents/cost.ts",
    find: "previousPoints: kept(found.previousPoints)",
    replace: "previousPoints: found.previousPoints.slice(-rows)",
    tests: ["documents/documentCost"]
  },
  {
    name: "a shortened appendix of a PDF file calls its first rows the newest",
    file: "src/documents/cost.ts",
    find: "shape === \"timeseries\" && shown < points.length",
    replace: "shape === \"timeseries\"",
    tests: ["documents/documentCost"]
  },
  {
    name: "the name of a file has the day of UTC",
    file: "src/services/export/Exporting.ts",
    find: "localDay(document.timeZone, ",
    replace: "localDay(\"UTC\", ",
    tests: ["services/export/exporting"]
  },
  {
    name: "an XLSX file shows a change of less than 0.05 percent as no change",
    file: "src/documents/sheetFormats.ts",
    find: "sign === 0 ? unchanged",
    replace: "sign <= 1 ? unchanged",
    tests: ["presentation/oneForm"]
  },
  {
    name: "an XLSX file shows Kuwaiti dinars with two decimals",
    file: "src/documents/sheetFormats.ts",
    find: "return \"0\".repeat(value.length)",
    replace: "return \"00\"",
    tests: ["presentation/oneForm"]
  },
  {
    name: "a chart of an XLSX file is one row above its numbers",
    file: "src/documents/chartXml.ts",
    find: "const rows = [2, values.length + 1] as const",
    replace: "const rows = [1, values.length] as const",
    tests: ["documents/sheetCharts"]
  },
  {
    name: "a chart of an XLSX file shows other values than the cells of its sheet, until it is computed",
    file: "src/documents/SheetChart.ts",
    find: "return typeof cell === \"number\" ? cell : null",
    replace: "return typeof cell === \"number\" ? Math.round(cell) : null",
    tests: ["documents/sheetCharts"]
  },
  {
    name: "a value of a dimension has the color of its place among the values that are shown",
    file: "src/presentation/Look.ts",
    find: "(listed.get(key) ?? placeOf(key)) % free.length",
    replace: "others.indexOf(key) % free.length",
    tests: ["presentation/valueColors"]
  },
  {
    name: "a source has another color in the file of a snapshot than in that of the report",
    file: "src/services/export/Exporting.ts",
    find: "listsOf(widgets, catalog.entriesFor(caller)).length > 0",
    replace: "listsOf(widgets, catalog.entriesFor(caller)).length > 9",
    tests: ["presentation/valueColors"]
  },
  {
    name: "a pie has the group of the smallest values beside the rest, in the same color",
    file: "src/presentation/restOf.ts",
    find: "all.filter(({ key }) => key !== other).toSorted(",
    replace: "all.toSorted(",
    tests: ["presentation/oneForm"]
  }
]
