import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { colorsOf } from "../presentation/Look.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { Table } from "../presentation/Table.ts"
import { light } from "../presentation/themes.ts"
import type { DocumentCard } from "./Document.ts"
import { dayFormat, dayOf, isExcelDate, serialOf } from "./sheetFormats.ts"

type Kind = "area" | "line" | "column" | "bar" | "pie" | "doughnut"

interface ChartSeries {
  readonly column: number
  readonly name: string
  readonly color: string
  readonly values: ReadonlyArray<number | null>
}

/** A chart of a spreadsheet program shows columns of its sheet. The first row has the names of the columns. */
export interface SheetChart {
  readonly kind: Kind
  readonly title: string
  readonly sheet: string
  /** Dates are serial numbers, and have a number format. */
  readonly categories: {
    readonly column: number
    readonly values: ReadonlyArray<string | number>
    readonly format?: string
  }
  readonly series: ReadonlyArray<ChartSeries>
  readonly isStacked: boolean
  /** The colors of the slices of a pie. */
  readonly colors: ReadonlyArray<string>
  readonly format: string
}

/** A pie with more slices is not readable. */
const mostSlices = 12

type Filled = Exclude<MetricSeries, { readonly shape: "stat" }>

const kindOf = (chart: DocumentCard["chart"], series: Filled): Kind => {
  if (series.shape === "timeseries") return chart === "area" || chart === "line" ? chart : "column"
  const values = series.points.map(({ value }) => value ?? 0)
  const isPie = (chart === "pie" || chart === "donut") && values.length <= mostSlices &&
    values.every((value) => value >= 0) && values.some((value) => value > 0)
  if (!isPie) return "bar"
  return chart === "pie" ? "pie" : "doughnut"
}

const keysOf = (series: Filled): ReadonlyArray<string> =>
  series.shape === "timeseries" ? series.series.map(({ key }) => key) : series.points.map(({ category }) => category)

const textOf = (cell: Table["rows"][number][number] | undefined): string => typeof cell === "string" ? cell : ""

const categoriesOf = ({ columns, rows }: Table): SheetChart["categories"] => {
  const column = columns.findIndex(({ kind }) => kind === "bucket" || kind === "label")
  const texts = rows.map((row) => textOf(row[column]))
  const days = columns[column]?.kind === "bucket" ? texts.map(dayOf) : []
  return days.length > 0 && days.every(isExcelDate)
    ? { column, values: days.map(serialOf), format: dayFormat }
    : { column, values: texts }
}

/** A number of its own has no chart, and neither has a widget without numbers. */
export const sheetChartOf = (
  { chart, details, series, title }: DocumentCard,
  table: Table,
  sheet: string,
  format: string,
  localization: Localization
): SheetChart | undefined => {
  if (series.shape === "stat" || stateOf(series, localization).kind !== "filled") return undefined
  const colors = colorsOf(keysOf(series), { details, theme: light })
  const kind = kindOf(chart, series)
  const shown = table.columns.flatMap(({ kind, label }, column) => kind === "value" ? [{ column, name: label }] : [])
  return {
    kind,
    title,
    sheet,
    format,
    colors: kind === "pie" || kind === "doughnut" ? colors : [],
    categories: categoriesOf(table),
    isStacked: shown.length > 1 && kind !== "line" && series.meta.additive,
    series: shown.map(({ column, name }, index) => ({
      column,
      name,
      color: series.shape === "timeseries" ? colors[index] ?? light.colors.blue : light.colors.blue,
      values: table.rows.map((row) => {
        const cell = row[column]
        return typeof cell === "number" ? cell : null
      })
    }))
  }
}
