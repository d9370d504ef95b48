import { light } from "../presentation/themes.ts"
import type { SheetChart } from "./SheetChart.ts"
import { element, escaped } from "./xml.ts"

export const xmlHeader = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

const main = "http://schemas.openxmlformats.org/drawingml/2006/main"
export const chartNamespace = "http://schemas.openxmlformats.org/drawingml/2006/chart"

type Series = SheetChart["series"][number]

const val = (name: string, value: string | number) => element(`c:${name}`, { val: value })

const fill = (color: string) => element("a:solidFill", {}, element("a:srgbClr", { val: color.slice(1) }))

const line = (color: string, width = 9_525) => element("c:spPr", {}, element("a:ln", { w: width }, fill(color)))

/** The name of a column of a sheet, such as `A` or `AB`. */
export const columnName = (column: number): string =>
  (column < 26 ? "" : columnName(Math.floor(column / 26) - 1)) + String.fromCodePoint(65 + column % 26)

export const quoted = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`

type Rows = readonly [first: number, last: number]

const reference = (kind: "str" | "num", sheet: string, column: number, rows: Rows, cache = "") => {
  const name = columnName(column)
  const cells = `${quoted(sheet)}!$${name}$${rows[0]}:$${name}$${rows[1]}`
  return element(`c:${kind}Ref`, {}, element("c:f", {}, escaped(cells)), cache)
}

/** A program that may not compute shows the values that are written here. */
const cacheOf = (kind: "str" | "num", values: ReadonlyArray<string | number | null>, format = "General") =>
  element(
    `c:${kind}Cache`,
    {},
    ...(kind === "num" ? [element("c:formatCode", {}, escaped(format))] : []),
    val("ptCount", values.length),
    ...values.flatMap((value, index) =>
      value === null ? [] : [element("c:pt", { idx: index }, element("c:v", {}, escaped(String(value))))]
    )
  )

const slices = (colors: ReadonlyArray<string>) =>
  colors.map((color, index) =>
    element("c:dPt", {}, val("idx", index), val("bubble3D", 0), element("c:spPr", {}, fill(color)))
  )

const marksOf = ({ colors, kind }: SheetChart, color: string): ReadonlyArray<string> => {
  switch (kind) {
    case "line":
      return [line(color, 28_575), element("c:marker", {}, val("symbol", "none"))]
    case "pie":
    case "doughnut":
      return slices(colors)
    case "area":
      return [element("c:spPr", {}, fill(color))]
    case "column":
    case "bar":
      return [element("c:spPr", {}, fill(color)), val("invertIfNegative", 0)]
  }
}

const seriesXml = (chart: SheetChart, { color, column, name, values }: Series, order: number) => {
  const { categories: { column: labels, format, values: names }, sheet } = chart
  const rows = [2, values.length + 1] as const
  const kind = format === undefined ? "str" : "num"
  // All series have the labels of the first one.
  const cachedLabels = order === 0 ? cacheOf(kind, names, format) : ""
  return element(
    "c:ser",
    {},
    val("idx", order),
    val("order", order),
    element("c:tx", {}, reference("str", sheet, column, [1, 1], cacheOf("str", [name]))),
    ...marksOf(chart, color),
    element("c:cat", {}, reference(kind, sheet, labels, rows, cachedLabels)),
    element("c:val", {}, reference("num", sheet, column, rows, cacheOf("num", values, chart.format))),
    ...(chart.kind === "line" ? [val("smooth", 0)] : [])
  )
}

const plotXml = (chart: SheetChart): string => {
  const { isStacked, kind } = chart
  const all = chart.series.map((series, order) => seriesXml(chart, series, order))
  const axes = [val("axId", 1), val("axId", 2)]
  const grouping = (alone: string) => val("grouping", isStacked ? "stacked" : alone)
  switch (kind) {
    case "pie":
      return element("c:pieChart", {}, val("varyColors", 1), ...all)
    case "doughnut":
      return element("c:doughnutChart", {}, val("varyColors", 1), ...all, val("holeSize", 60))
    case "line":
      return element("c:lineChart", {}, grouping("standard"), val("varyColors", 0), ...all, val("marker", 1), ...axes)
    case "area":
      return element("c:areaChart", {}, grouping("standard"), val("varyColors", 0), ...all, ...axes)
    case "column":
    case "bar":
      return element(
        "c:barChart",
        {},
        val("barDir", kind === "bar" ? "bar" : "col"),
        grouping("clustered"),
        val("varyColors", 0),
        ...all,
        val("gapWidth", 60),
        ...(isStacked ? [val("overlap", 100)] : []),
        ...axes
      )
  }
}

const axesXml = ({ categories, format, kind }: SheetChart): ReadonlyArray<string> => {
  if (kind === "pie" || kind === "doughnut") return []
  const isAcross = kind === "bar"
  const numbers = (code: string) => element("c:numFmt", { formatCode: code, sourceLinked: 0 })
  const ticks = [val("majorTickMark", "none"), val("minorTickMark", "none")]
  const scaling = (orientation: string) => element("c:scaling", {}, val("orientation", orientation))
  return [
    element(
      "c:catAx",
      {},
      val("axId", 1),
      scaling(isAcross ? "maxMin" : "minMax"),
      val("delete", 0),
      val("axPos", isAcross ? "l" : "b"),
      numbers(categories.format ?? "General"),
      ...ticks,
      val("tickLblPos", "low"),
      line("#c3c9d4"),
      val("crossAx", 2),
      val("auto", 0)
    ),
    element(
      "c:valAx",
      {},
      val("axId", 2),
      scaling("minMax"),
      val("delete", 0),
      val("axPos", isAcross ? "b" : "l"),
      element("c:majorGridlines", {}, line(light.line)),
      numbers(format),
      ...ticks,
      val("tickLblPos", "nextTo"),
      element("c:spPr", {}, element("a:ln", {}, element("a:noFill", {}))),
      val("crossAx", 1),
      val("crosses", isAcross ? "max" : "autoZero"),
      val("crossBetween", kind === "area" ? "midCat" : "between")
    )
  ]
}

const titleXml = (title: string) => {
  const run = element("a:r", {}, element("a:rPr", { sz: 1_200, b: 1 }), element("a:t", {}, escaped(title)))
  const paragraph = element("a:p", {}, element("a:pPr", {}, element("a:defRPr", { sz: 1_200, b: 1 })), run)
  return element(
    "c:title",
    {},
    element("c:tx", {}, element("c:rich", {}, element("a:bodyPr", {}), paragraph)),
    val("overlay", 0)
  )
}

/** A part of DrawingML. */
export const chartXml = (chart: SheetChart): string => {
  const hasLegend = chart.series.length > 1 || chart.colors.length > 0
  return xmlHeader + element(
    "c:chartSpace",
    { "xmlns:c": chartNamespace, "xmlns:a": main },
    val("roundedCorners", 0),
    element(
      "c:chart",
      {},
      titleXml(chart.title),
      val("autoTitleDeleted", 0),
      element("c:plotArea", {}, element("c:layout", {}), plotXml(chart), ...axesXml(chart)),
      ...(hasLegend ? [element("c:legend", {}, val("legendPos", "b"), val("overlay", 0))] : []),
      val("plotVisOnly", 1),
      val("dispBlanksAs", "gap")
    )
  )
}
