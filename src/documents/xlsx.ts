import { unzipSync, zipSync } from "fflate"
import writeExcelFile, { type Row, type Sheet } from "write-excel-file/node"
import type { Meta, Unit } from "../domain/Series.ts"
import { changeUnitOf } from "../presentation/changeOf.ts"
import { notesOf } from "../presentation/notesOf.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { TableCell, TableColumn } from "../presentation/Table.ts"
import { tableOf } from "../presentation/tableOf.ts"
import { windowLabel } from "../presentation/windowLabel.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { printable } from "./xml.ts"
import { zipTime } from "./zipStream.ts"

const longestName = 31

export const longestText = 32_767

export const bold = (value: string) => ({ value, type: String, fontWeight: "bold" as const })

export const written = (value: string) => ({ value: printable(value).slice(0, longestText), type: String })

const changeFormats = {
  percent: "+0.0\"%\";\"−\"0.0\"%\";\"no change\"",
  points: "+0.0\" points\";\"−\"0.0\" points\";\"no change\""
} as const

const unitFormats: { readonly [U in Exclude<Unit, "money">]: string } = {
  count: "#,##0",
  percent: "#,##0.0\"%\"",
  days: "#,##0.0\" days\"",
  minutes: "#,##0.0\" min\"",
  seconds: "#,##0.0\" s\""
}

/** Some currencies, such as JPY, have no decimals. */
export const moneyFormatOf = (currency: string | undefined, locale = "en", hasSymbol = true): string => {
  if (currency === undefined) return "#,##0.00"
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency }).formatToParts(0)
  return parts.map(({ type, value }) => {
    switch (type) {
      case "integer":
        return "#,##0"
      case "decimal":
        return "."
      case "fraction":
        return "0".repeat(value.length)
      default:
        return hasSymbol ? `"${value.replaceAll("\"", "")}"` : ""
    }
  }).join("")
}

/** A spreadsheet program shows a number with its unit, but computes with the plain number. */
const formatOf = ({ currency, unit }: Meta, kind: TableColumn["kind"], locale: string): string => {
  if (kind === "rank") return "0"
  if (kind === "attained" || kind === "share") return unitFormats.percent
  if (kind === "change") return changeFormats[changeUnitOf(unit)]
  return unit === "money" ? moneyFormatOf(currency, locale) : unitFormats[unit]
}

const firstSerial = 61
const lastSerial = 2_958_465
export const serialOf = (time: Date) => time.getTime() / 86_400_000 + 25_569

/** Excel has no earlier and no later dates. In January and February 1900, its dates are one day late. */
export const isExcelDate = (time: Date) => serialOf(time) >= firstSerial && serialOf(time) <= lastSerial

const bucketCell = (bucket: string) => {
  const value = new Date(`${bucket}T00:00:00Z`)
  return isExcelDate(value) ? { value, type: Date, format: "yyyy-mm-dd" } : written(bucket)
}

const cellOf = (cell: TableCell, { kind }: TableColumn, meta: Meta, locale: string) => {
  if (cell === null) return null
  if (typeof cell === "boolean") return { value: cell, type: Boolean }
  if (typeof cell === "number") return { value: cell, type: Number, format: formatOf(meta, kind, locale) }
  if (kind === "bucket") return bucketCell(cell)
  return written(cell)
}

/** The cut counts UTF-16 units, as Excel does, and does not split a pair of surrogates. */
const cutTo = (text: string, most: number) => text.slice(0, most).replace(/[\ud800-\udbff]$/, "").replace(/[\s']+$/, "")

/** In Excel, a sheet name is unique, has none of `: \ / ? * [ ]`, and does not begin or end with an apostrophe. */
const namesOf = (titles: ReadonlyArray<string>): ReadonlyArray<string> => {
  const used = new Set(["", "about", "history"])
  const numbered = (base: string, number: number): string => {
    const suffix = ` (${number})`
    const name = `${cutTo(base, longestName - suffix.length)}${suffix}`.trim()
    return used.has(name.toLowerCase()) ? numbered(base, number + titles.length) : name
  }
  return titles.map((title, index) => {
    const plain = printable(title).replaceAll(/[:\\/?*[\]\t\n]/g, " ").replace(/^[\s']+/, "")
    const base = cutTo(plain, longestName)
    const name = used.has(base.toLowerCase()) ? numbered(base, index + 1) : base
    used.add(name.toLowerCase())
    return name
  })
}

const sheetOf = (card: DocumentCard, name: string, locale: string): Sheet<Buffer> => {
  const { columns, rows } = tableOf(card.series)
  const state = stateOf(card.series)
  const reason: ReadonlyArray<Row> = state.kind === "filled" ? [] : [[written(`${state.title}: ${state.text}`)]]
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map(({ kind }) => ({ width: kind === "label" || kind === "key" ? 28 : 16 })),
    data: [
      columns.map(({ label }) => bold(label)),
      ...rows.map((row) =>
        row.map((cell, index) => {
          const column = columns[index]
          return column === undefined ? null : cellOf(cell, column, card.series.meta, locale)
        })
      ),
      ...reason
    ]
  }
}

export const filtersOf = ({ also = {}, applied }: Meta["filters"]) =>
  [...Object.entries(applied), ...Object.entries(also)].map(([key, values]) => `${key}: ${values.join(", ")}`).join(
    "; "
  )

const aboutOf = (document: Document, names: ReadonlyArray<string>, locale: string): Sheet<Buffer> => {
  const facts: ReadonlyArray<readonly [string, string]> = [
    ["Title", document.title],
    ["Description", document.description ?? ""],
    ["Records of", document.scope],
    ["As of", document.asOf],
    ["Time zone", document.timeZone],
    ["Content hash", document.contentHash ?? ""]
  ]
  const heads = ["Sheet", "Title", "Metric", "Counts", "Window", "Unit", "Currency", "Filters", "Notes"]
  return {
    sheet: "About",
    columns: [16, 28, 28, 48, 26, 10, 10, 24, 40].map((width) => ({ width })),
    data: [
      ...facts.filter(([, value]) => value !== "").map(([name, value]) => [bold(name), written(value)]),
      [],
      heads.map(bold),
      ...document.cards.map(({ description, metricId, series, title }, index) => {
        const { currency = "", filters, unit, window } = series.meta
        const cells = [title, metricId, description, windowLabel(window, locale), unit, currency, filtersOf(filters)]
        return [names[index] ?? "", ...cells, notesOf(series, locale).join(". ")].map(written)
      })
    ]
  }
}

export const xlsx = async (document: Document): Promise<Uint8Array> => {
  const names = namesOf(document.cards.map(({ title }) => title))
  const sheets = document.cards.map((card, index) => sheetOf(card, names[index] ?? "Sheet", document.locale))
  const file = await writeExcelFile([aboutOf(document, names, document.locale), ...sheets]).toBuffer()
  // With a fixed time in the zip file, equal reports give equal files.
  return zipSync(unzipSync(file), { mtime: zipTime })
}
