import { useState } from "react"
import { cellText } from "../../presentation/cellText.ts"
import type { TableColumn } from "../../presentation/Table.ts"
import { tableOf } from "../../presentation/tableOf.ts"
import type { MetricSeries } from "../api/wire.ts"
import { categoryPoint, datePoint, type Point, previousPoint, wholePoint } from "../records/Point.ts"
import { locale, localization, t } from "../shell/messages.ts"
import { SortHead } from "../shell/SortHead.tsx"
import { type Sort, sortedBy } from "../shell/sorting.ts"

const shownKinds = new Set<TableColumn["kind"]>([
  "bucket",
  "label",
  "rank",
  "value",
  "previous",
  "change",
  "target",
  "attained",
  "share"
])

const numeric = new Set<TableColumn["kind"]>(["rank", "value", "previous", "change", "target", "attained", "share"])

const pointOfCell = (series: MetricSeries, row: number, { key, kind }: TableColumn): Point | undefined => {
  if (series.shape === "stat") {
    if (kind === "previous") return previousPoint(series)
    return kind === "value" ? wholePoint(series) : undefined
  }
  if (series.shape === "timeseries") {
    if (kind === "bucket") return datePoint(series, row)
    return kind === "value" ? datePoint(series, row, key) : undefined
  }
  return kind === "value" ? categoryPoint(series, row) : undefined
}

interface CellProps {
  readonly text: string
  readonly point: Point | undefined
  readonly onPoint: ((point: Point) => void) | undefined
}

/** A number that opens its records. */
export const Cell = ({ onPoint, point, text }: CellProps) =>
  onPoint === undefined || point === undefined
    ? text
    : (
      <button
        type="button"
        className="cell-button"
        aria-label={point.label === "" ? t.recordsOfNumber({ text }) : t.recordsOfCell({ text, point: point.label })}
        onClick={() => onPoint(point)}
      >
        {text}
      </button>
    )

/** The columns of the previous period have the keys of the present one. */
const keyOf = ({ key, kind }: TableColumn): string => `${kind} ${key}`

interface SeriesTableProps {
  readonly series: MetricSeries
  readonly title: string
  readonly onPoint?: ((point: Point) => void) | undefined
}

export const SeriesTable = ({ onPoint, series, title }: SeriesTableProps) => {
  const [sort, setSort] = useState<Sort | undefined>(undefined)
  const table = tableOf(series, localization())
  const write = cellText(series, localization())
  const shown = table.columns.map((column, index) => ({ ...column, index })).filter(({ kind }) => shownKinds.has(kind))
  const rows = sortedBy(
    table.rows.map((row, at) => ({ row, at })),
    sort,
    ({ row }, key) => {
      const cell = row[table.columns.findIndex((column) => keyOf(column) === key)]
      return typeof cell === "number" || typeof cell === "string" ? cell : null
    },
    locale()
  )
  return (
    <table>
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          {shown.map((column) => (
            <SortHead
              key={column.index}
              by={keyOf(column)}
              label={column.label}
              isNumber={numeric.has(column.kind)}
              sort={sort}
              onSort={setSort}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, row }) => (
          <tr key={at}>
            {shown.map(({ index, ...column }) => (
              <td key={index} className={numeric.has(column.kind) ? "number" : undefined}>
                <Cell
                  text={write(row[index] ?? null, column, at)}
                  point={pointOfCell(series, at, column)}
                  onPoint={onPoint}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
