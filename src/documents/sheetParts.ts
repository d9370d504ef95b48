import { strFromU8, strToU8, type Unzipped } from "fflate"
import { chartNamespace, chartXml, quoted, xmlHeader } from "./chartXml.ts"
import type { SheetChart } from "./SheetChart.ts"
import { element, escaped } from "./xml.ts"

const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
const drawings = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
const main = "http://schemas.openxmlformats.org/drawingml/2006/main"

/** A sheet of a workbook, in the order of the workbook. */
export interface PrintedSheet {
  readonly name: string
  /** The first row is on each page. */
  readonly hasHeads: boolean
  readonly columns: number
  readonly rows: number
  readonly chart?: SheetChart | undefined
}

/** The chart of a table with more columns is below it, because the sheet would be too small on one page. */
const widest = 8

/** This many columns and rows of usual size are as wide and as high as a chart. */
const chartColumns = 7
const chartRows = 18

/** A chart across has a row for each bar. */
const rowsOf = ({ categories, kind }: SheetChart) =>
  kind === "bar" ? Math.max(chartRows, categories.values.length + 4) : chartRows

const isBelow = ({ columns }: PrintedSheet) => columns > widest

const cell = (name: string, column: number, row: number, offset: number) =>
  element(
    `xdr:${name}`,
    {},
    ...Object.entries({ col: column, colOff: offset, row, rowOff: offset }).map(([part, value]) =>
      element(`xdr:${part}`, {}, String(value))
    )
  )

/**
 * The offsets are within a column, because a frame at its border is cut in print. They are in 1/12,700 of a point. A
 * chart in the first row would be on each page.
 */
const drawingXml = (sheet: PrintedSheet, chart: SheetChart): string => {
  const column = isBelow(sheet) ? 0 : sheet.columns
  const row = isBelow(sheet) ? sheet.rows + 1 : 1
  const frame = element(
    "xdr:graphicFrame",
    { macro: "" },
    element(
      "xdr:nvGraphicFramePr",
      {},
      element("xdr:cNvPr", { id: 2, name: "Chart 1", descr: chart.title }),
      element("xdr:cNvGraphicFramePr", {})
    ),
    element("xdr:xfrm", {}, element("a:off", { x: 0, y: 0 }), element("a:ext", { cx: 0, cy: 0 })),
    element(
      "a:graphic",
      {},
      element(
        "a:graphicData",
        { uri: chartNamespace },
        element("c:chart", { "xmlns:c": chartNamespace, "xmlns:r": relations, "r:id": "rId1" })
      )
    )
  )
  return xmlHeader + element(
    "xdr:wsDr",
    { "xmlns:xdr": drawings, "xmlns:a": main },
    element(
      "xdr:twoCellAnchor",
      {},
      cell("from", column, row, 120_000),
      cell("to", column + chartColumns, row + rowsOf(chart), 120_000),
      frame,
      element("xdr:clientData", {})
    )
  )
}

/** Prints a sheet in landscape, one page wide, on as many pages as its rows need. A footer has at most 255 characters. */
const printedXml = (xml: string, sheet: PrintedSheet, footer: string): string => {
  const setup = element("sheetPr", {}, element("pageSetUpPr", { fitToPage: 1 }))
  const text = `&L${footer.slice(0, 110).toWellFormed().replaceAll("&", "&&")}&R&P / &N`
  const tail = [
    element("pageMargins", { left: 0.5, right: 0.5, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 }),
    element("pageSetup", { paperSize: 9, orientation: "landscape", fitToWidth: 1, fitToHeight: 0 }),
    element("headerFooter", {}, element("oddFooter", {}, escaped(text))),
    ...(sheet.chart !== undefined && isBelow(sheet)
      ? [
        element(
          "rowBreaks",
          { count: 1, manualBreakCount: 1 },
          element("brk", { id: sheet.rows + 1, max: 16_383, man: 1 })
        )
      ]
      : []),
    ...(sheet.chart === undefined ? [] : [element("drawing", { "r:id": "rIdChart" })])
  ]
  return xml.replace(/<worksheet [^>]*>/, (start) => `${start}${setup}`)
    .replace("</worksheet>", () => `${tail.join("")}</worksheet>`)
}

const relation = (id: string, type: string, target: string) =>
  element("Relationship", { Id: id, Type: `${relations}/${type}`, Target: target })

const relationsXml = (relation: string) => xmlHeader + element("Relationships", { xmlns: packageRelations }, relation)

const chartParts = (
  sheet: PrintedSheet,
  chart: SheetChart,
  number: number
): ReadonlyArray<readonly [string, string]> => [
  [
    `xl/worksheets/_rels/sheet${number}.xml.rels`,
    relationsXml(relation("rIdChart", "drawing", `../drawings/drawing${number}.xml`))
  ],
  [`xl/drawings/drawing${number}.xml`, drawingXml(sheet, chart)],
  [
    `xl/drawings/_rels/drawing${number}.xml.rels`,
    relationsXml(relation("rId1", "chart", `../charts/chart${number}.xml`))
  ],
  [`xl/charts/chart${number}.xml`, chartXml(chart)]
]

const typesOf = (number: number) =>
  [
    ["drawings/drawing", "drawing"],
    ["charts/chart", "drawingml.chart"]
  ].map(([path, type]) =>
    element("Override", {
      PartName: `/xl/${path}${number}.xml`,
      ContentType: `application/vnd.openxmlformats-officedocument.${type}+xml`
    })
  ).join("")

/** Rows of column names are on each printed page. */
const titlesXml = (sheets: ReadonlyArray<PrintedSheet>): string =>
  element(
    "definedNames",
    {},
    ...sheets.flatMap(({ hasHeads, name }, index) =>
      hasHeads
        ? [
          element("definedName", { name: "_xlnm.Print_Titles", localSheetId: index }, escaped(`${quoted(name)}!$1:$1`))
        ]
        : []
    )
  )

/** Adds the setup of the pages and the charts to the files of a workbook. */
export const withParts = (files: Unzipped, sheets: ReadonlyArray<PrintedSheet>, footer: string): Unzipped => {
  const textOf = (path: string) => strFromU8(files[path] ?? new Uint8Array())
  const types = sheets.map(({ chart }, index) => chart === undefined ? "" : typesOf(index + 1)).join("")
  const changed = [
    ["[Content_Types].xml", textOf("[Content_Types].xml").replace("</Types>", () => `${types}</Types>`)] as const,
    ["xl/workbook.xml", textOf("xl/workbook.xml").replace("<definedNames/>", () => titlesXml(sheets))] as const,
    ...sheets.flatMap((sheet, index) => {
      const path = `xl/worksheets/sheet${index + 1}.xml`
      return [
        [path, printedXml(textOf(path), sheet, footer)] as const,
        ...(sheet.chart === undefined ? [] : chartParts(sheet, sheet.chart, index + 1))
      ]
    })
  ]
  return { ...files, ...Object.fromEntries(changed.map(([path, text]) => [path, strToU8(text)])) }
}
