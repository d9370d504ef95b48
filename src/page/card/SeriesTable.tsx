import { bucketLabel } from "../../presentation/bucketLabel.ts"
import { numberFormat } from "../../presentation/numberFormat.ts"
import type { TableCell, TableColumn } from "../../presentation/Table.ts"
import { tableOf } from "../../presentation/tableOf.ts"
import type { MetricSeries } from "../api/wire.ts"

/** Only files show the key columns. */
const shownKinds = new Set<TableColumn["kind"]>(["bucket", "label", "rank", "value", "previous", "change"])

const numeric = new Set<TableColumn["kind"]>(["rank", "value", "previous", "change"])

const writerOf = (series: MetricSeries) => {
  const { full } = numberFormat(series.meta)
  const bucket = bucketLabel(series.meta.window?.bucket ?? "day")
  return (cell: TableCell, kind: TableColumn["kind"]): string => {
    if (kind === "change") return typeof cell === "number" ? `${cell > 0 ? "+" : ""}${cell} %` : "–"
    if (kind === "bucket") return typeof cell === "string" ? bucket(cell) : "–"
    if (kind === "value" || kind === "previous") return full(typeof cell === "number" ? cell : null)
    return cell === null ? "–" : String(cell)
  }
}

export const SeriesTable = ({ series, title }: { readonly series: MetricSeries; readonly title: string }) => {
  const table = tableOf(series)
  const write = writerOf(series)
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
        {table.rows.map((row) => (
          <tr key={JSON.stringify(row.slice(0, 2))}>
            {shown.map(({ index, kind }) => (
              <td key={index} className={numeric.has(kind) ? "number" : undefined}>
                {write(row[index] ?? null, kind)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
