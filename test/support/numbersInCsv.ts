import { parse } from "csv-parse/sync"

/** The value, and that of the window before. */
export type Numbers = ReadonlyArray<readonly [value: number | null, previous: number | null]>

const cellOf = (cell: string | undefined): number | null =>
  cell === undefined || cell === "" ? null : Number(cell.replace("'", ""))

/** Returns the numbers of each widget in a CSV file. */
export const numbersInCsv = (text: string) => {
  const [header = [], ...rows]: ReadonlyArray<ReadonlyArray<string>> = parse(text, { bom: true })
  const at = (name: string) => header.indexOf(name)
  return (instanceId: string): Numbers =>
    rows.filter((row) => row[at("widget")] === instanceId && row[at("series")] !== "")
      .map((row) => [cellOf(row[at("value")]), cellOf(row[at("previous")])])
}
