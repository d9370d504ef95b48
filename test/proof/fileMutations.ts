import { DocumentFormat, recordFormats } from "../../src/domain/DocumentFormat.ts"
import type { Mutation } from "./mutations.ts"

const surfaces = {
  run: "counted(caller, request, {",
  report: "document(caller, id, view, look)",
  snapshot: "readable(caller, id)"
} as const

type Surface = keyof typeof surfaces
const faultOf = (format: DocumentFormat, surface: Surface, tests: ReadonlyArray<string>): Mutation => ({
  name: `a ${format} file of a ${surface} is made as if its caller were an admin`,
  file: "src/services/export/Exporting.ts",
  find: surfaces[surface],
  replace: surfaces[surface].replace(
    "caller",
    `${surface === "report" ? "" : "file."}format === "${format}" ? { ...caller, role: "admin" as const } : caller`
  ),
  tests
})

/** The request of a member has lost its selection of people, so the fault selects everyone again. */
const ofRecords: ReadonlyArray<Mutation> = recordFormats.map((format) => ({
  name: `a ${format} file of records is made as if its caller were an admin`,
  file: "src/services/export/recordFile.ts",
  find: "read(caller, {",
  replace: `read(format === "${format}" ? { ...caller, role: "admin" as const } : caller, { everyone: true,`,
  tests: ["services/export/recordFileGate"]
}))

/** Only these files of a run have equal bytes each time, so a test can compare them. */
const comparable: ReadonlySet<DocumentFormat> = new Set(["csv", "png"])

const surfacesOf = (format: DocumentFormat): ReadonlyArray<Surface> => [
  ...(comparable.has(format) ? ["run"] as const : []),
  "report",
  "snapshot"
]

/** Each fault makes a file show what the JSON response hides from the same caller. */
export const fileMutations: ReadonlyArray<Mutation> = [
  ...DocumentFormat.literals.flatMap((format) =>
    surfacesOf(format).map((surface) => faultOf(format, surface, ["services/export/fileAccess"]))
  ),
  {
    name: "a bare chart is made as if its caller were an admin",
    file: "src/services/export/Exporting.ts",
    find: surfaces.run,
    replace: surfaces.run.replace("caller", "isOne ? { ...caller, role: \"admin\" as const } : caller"),
    tests: ["services/export/fileAccess"]
  },
  {
    name: "a process that gets two requests at once gives a request the file of the other",
    file: "src/documents/Documents.ts",
    find: "        timeToLive: idleFor\n",
    replace: "        timeToLive: idleFor, concurrency: 9\n",
    tests: ["presentation/chartPictures"]
  },
  {
    name: "a picture of a run ignores its query parameters",
    file: "src/http/Metrics.ts",
    find: "{ locale: yield* acceptedLocale, ...look, format }",
    replace: "{ format }",
    tests: ["presentation/chartPictures"]
  },
  {
    name: "a bare chart leaves out a part of its caption",
    file: "src/documents/picture.ts",
    find: "captionLines(caption, width, 6)",
    replace: "captionLines(caption, width, 2)",
    tests: ["presentation/chartPictures"]
  },
  {
    name: "a picture of a table of people has no room for all of them",
    file: "src/documents/peopleSvg.ts",
    find: "(table.rows.length + 1) * rowHeightOf(table)",
    replace: "rowHeightOf(table)",
    tests: ["presentation/chartPictures"]
  },
  ...ofRecords,
  {
    name: "the numbers of a picture in Marathi are boxes",
    file: "src/documents/render.ts",
    find: "png(picture(drawable(document)))",
    replace: "png(picture(document))",
    tests: ["services/export/exports"]
  },
  {
    name: "a file fails because the idle process that should make it was killed",
    file: "src/documents/Documents.ts",
    find: "Effect.retry({ times: 1,",
    replace: "Effect.retry({ times: 0,",
    tests: ["documents/documentLimits"]
  },
  {
    name: "a process that made a large file stays",
    file: "src/documents/Documents.ts",
    find: "if (isLarge || isHeavy)",
    replace: "if (isHeavy)",
    tests: ["documents/documentLimits"]
  },
  {
    name: "a process that has become large makes further files",
    file: "src/documents/Documents.ts",
    find: "if (isLarge || isHeavy)",
    replace: "if (isLarge)",
    tests: ["documents/documentLimits"]
  },
  {
    name: "a process that makes files may use all memory",
    file: "src/documents/workerProcess.ts",
    find: "ulimit -d ${dataMebibytes * 1024}; ",
    replace: "",
    tests: ["documents/documentLimits"]
  },
  {
    name: "small files wait for large files",
    file: "src/services/export/Exporting.ts",
    find: "? \"small_files\" : \"files\"",
    replace: "? \"files\" : \"files\"",
    tests: ["services/export/exporting"]
  },
  {
    name: "a file names people and tags that only an admin may see",
    file: "src/services/export/Exporting.ts",
    find: "isListed || hasNames(request) ? options.of(caller)",
    replace: "isListed || hasNames(request) ? options.of({ ...caller, role: \"admin\" })",
    tests: ["services/export/viewInFiles"]
  },
  {
    name: "the head of a file does not name the filters of its view",
    file: "src/documents/captions.ts",
    find: "[document.scope, viewFilters(document, mostShown)]",
    replace: "[document.scope]",
    tests: ["services/export/viewInFiles"]
  },
  {
    name: "a CSV file has any number of cells",
    file: "src/services/export/Exporting.ts",
    find: "format !== \"pdf\" && cells > mostCells",
    replace: "format === \"pdf\" && cells < 0",
    tests: ["services/export/exporting"]
  },
  {
    name: "the appendix of a PDF file has any number of rows",
    file: "src/documents/pdf.ts",
    find: "fitted({ cards, locale: document.locale })",
    replace: "cards.map((card) => ({ card, series: card.series, rows: card.series.points.length, note: \"\" }))",
    tests: ["documents/documentCost"]
  },
  {
    name: "the file of a report that is requested with POST ignores the chosen people",
    file: "src/http/Reports.ts",
    find: "exporting.report(caller, params.id, payload, {",
    replace: "exporting.report(caller, params.id, {}, {",
    tests: ["services/export/exports"]
  },
  {
    name: "the file of a report has cards without their own titles and places",
    file: "src/services/export/Exporting.ts",
    find: "contentHash: null, ...found",
    replace: "contentHash: null, ...found, widgets: request.widgets",
    tests: ["services/export/exports"]
  },
  {
    name: "a formula after a semicolon gets no apostrophe in CSV",
    file: "src/documents/csvText.ts",
    find: ".replaceAll(hiddenAfter, \"$1'\")",
    replace: "",
    tests: ["services/export/recordFiles"]
  },
  {
    name: "a chart contains characters that XML forbids",
    file: "src/documents/chartSvg.ts",
    find: "printable(chart.renderToSVGString())",
    replace: "chart.renderToSVGString()",
    tests: ["documents/pdf"]
  },
  {
    name: "the files of runs count as runs",
    file: "src/http/door.ts",
    find: "formatIn(accept, formats) === undefined",
    replace: "formatIn(accept, formats) !== null",
    tests: ["services/admission/rateLimitRequests"]
  },
  {
    name: "the columns of a table in a PDF file are narrower than their figures",
    file: "src/documents/appendix.ts",
    find: ": widest(cells)",
    replace: ": narrowest",
    tests: ["documents/pdfAppendix"]
  },
  {
    name: "a wide table in a PDF file leaves the page",
    file: "src/documents/appendix.ts",
    find: "sum(part) + column.width > room",
    replace: "false",
    tests: ["documents/pdfAppendix"]
  }
]
