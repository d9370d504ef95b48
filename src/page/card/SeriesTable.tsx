import { cellText } from "../../presentation/cellText.ts"
import type { TableColumn } from "../../presentation/Table.ts"
import { tableOf } from "../../presentation/tableOf.ts"
import type { MetricSeries } from "../api/wire.ts"
import { categoryPoint, datePoint, type Point, previousPoint, wholePoint } from "../records/Point.ts"
import { localization, t } from "../shell/messages.ts"

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

interface SeriesTableProps {
  readonly series: MetricSeries
  readonly title: string
  readonly onPoint?: ((point: Point) => void) | undefined
}

export const SeriesTable = ({ onPoint, series, title }: SeriesTableProps) => {
  const table = tableOf(series, localization())
  const write = cellText(series, localization())
  const shown = table.columns.map((column, index) => ({ ...column, index })).filter(({ kind }) => shownKinds.has(kind))
  return (
    <table>
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          {shown.map(({ index, kind, label }) => (
            <th key={index} scope="col" className={numeric.has(kind) ? "number" : undefined}>{label}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          <tr key={at}>
            {shown.map(({ index, ...column }) => (
              <td key={index} className={numeric.has(column.kind) ? "number" : undefined}>
                <Cell
                  text={write(row[index] ?? null, column)}
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
