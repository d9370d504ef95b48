import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { bucketLabel } from "./bucketLabel.ts"
import { changeTextOf, comparedAt } from "./changeOf.ts"
import { missing, numberFormat, percentFormat } from "./numberFormat.ts"
import type { TableCell, TableColumn } from "./Table.ts"

/** Writes the cells of a table as people read them. A change also depends on the row. */
export const cellText = (series: MetricSeries, localization: Localization) => {
  const { meta } = series
  const { full } = numberFormat(meta, localization)
  const percent = percentFormat(localization.locale)
  const bucket = bucketLabel(meta.window?.bucket ?? "day", localization, true)
  const changeAt = (row: number) => {
    const compared = comparedAt(series, row)
    return compared && changeTextOf(compared, meta, localization)?.text
  }
  return (cell: TableCell, { kind }: TableColumn, row = 0): string => {
    switch (kind) {
      case "change":
        return changeAt(row) ?? missing
      case "value":
      case "previous":
      case "target":
        return full(typeof cell === "number" ? cell : null)
      case "attained":
      case "share":
        return typeof cell === "number" ? percent.format(cell / 100) : missing
      case "bucket":
        return typeof cell === "string" ? bucket(cell) : missing
      case "key":
      case "label":
      case "rank":
      case "partial":
        return cell === null ? missing : String(cell)
    }
  }
}
