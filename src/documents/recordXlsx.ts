import { strFromU8, unzipSync } from "fflate"
import writeExcelFile, { type Row, type Sheet } from "write-excel-file/node"
import type { Record, RecordColumn, RecordsRequest, RecordsResponse } from "../domain/Records.ts"
import { catalogTextsIn } from "../languages/catalogTexts.ts"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { fieldText } from "../presentation/inLanguage.ts"
import { peopleIn } from "../presentation/peopleCount.ts"
import { windowLabel } from "../presentation/windowLabel.ts"
import { filtersOf } from "./filtersOf.ts"
import { ownColumns, type RecordCell, recordCells, type RecordFormat } from "./recordTable.ts"
import { isExcelDate, moneyFormatOf, serialOf } from "./sheetFormats.ts"
import { bold, longestText, written } from "./xlsx.ts"
import { escaped } from "./xml.ts"
import { zipStream } from "./zipStream.ts"

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

const headOf = (locale: string) => (column: RecordColumn) => {
  const { documents, presentation } = messagesOf(locale)
  const label = presentation.recordColumn(column)
  return bold(column.kind === "time" ? documents.inUtc({ label }) : label)
}

const aboutOf = (
  { amountUnit, meta, sums, total }: RecordsResponse,
  { at = {}, widget }: RecordsRequest,
  locale: string
): Sheet<Buffer> => {
  const t = messagesOf(locale).documents
  const localization = localizationOf(locale)
  const { asOf, currency = "", filters, scope, window } = meta
  const point = Object.entries(at).map(([key, value]) => `${key}: ${value}`).join("; ")
  // The request named the tags by their ids.
  const tags = [filters.applied, filters.also ?? {}].flatMap(({ leadTag = [], tag = [] }) => [...tag, ...leadTag])
  const tagNames = Object.fromEntries(tags.map((id) => [id, id]))
  const facts: ReadonlyArray<readonly [string, string]> = [
    [t.metric(), widget.metricId],
    [t.point(), point],
    [t.groupBy(), widget.groupBy ?? ""],
    [t.recordsOf(), scope.kind === "own" ? t.theCaller() : peopleIn(scope, localization)],
    [t.window(), windowLabel(window, localization)],
    [t.timeZone(), window?.timeZone ?? ""],
    [t.filters(), filtersOf(filters, { locale, tagNames })],
    [t.asOfHead(), asOf],
    [t.records(), String(total ?? "")],
    [t.sumOfN(), sums === null ? "" : `${sums.n} (${t.unitName({ unit: amountUnit })})`],
    [t.sumOfD(), sums?.d ?? ""],
    [t.currency(), currency]
  ]
  return {
    sheet: t.aboutSheet(),
    columns: [{ width: 16 }, { width: 48 }],
    data: facts.filter(([, value]) => value !== "").map(([name, value]) => [bold(name), written(value)])
  }
}

/** Each record has its own currency, and currencies have up to four decimals. */
const moneyFormats = ["#,##0", "#,##0.00", "#,##0.000", "#,##0.0000"]

const styled: Row = [
  { value: new Date(0), type: Date, format: "yyyy-mm-dd hh:mm:ss" },
  ...moneyFormats.map((format) => ({ value: 0, type: Number, format }))
]

const sheetPath = "xl/worksheets/sheet1.xml"
const sampleRow = "<row r=\"2\">"

const workbookOf = async (first: RecordsResponse, asked: RecordsRequest, locale: string) => {
  const columns = [...ownColumns, ...first.columns]
  const records: Sheet<Buffer> = {
    sheet: messagesOf(locale).documents.recordsSheet(),
    stickyRowsCount: 1,
    columns: columns.map(({ kind }) => ({ width: kind === "number" || kind === "money" ? 12 : 20 })),
    data: [columns.map(headOf(locale)), styled]
  }
  const files = unzipSync(await writeExcelFile([records, aboutOf(first, asked, locale)]).toBuffer())
  const { [sheetPath]: sheet = new Uint8Array(), ...others } = files
  const [before = "", sample = ""] = strFromU8(sheet).split(sampleRow)
  const [time = "0", ...money] = [...sample.matchAll(/ s="(\d+)"/g)].map(([, style = "0"]) => style)
  const styles = { time, money: new Map(money.map((style, index) => [moneyFormats[index], style])) }
  return { others, before, after: sample.slice(sample.indexOf("</sheetData>")), styles }
}

type Workbook = Awaited<ReturnType<typeof workbookOf>>

const textCell = (address: string, text: string) =>
  `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, longestText))}</t></is></c>`

const timeCell = (address: string, time: Date, styles: Workbook["styles"]) =>
  isExcelDate(time)
    ? `<c r="${address}" s="${styles.time}"><v>${serialOf(time)}</v></c>`
    : textCell(address, time.toISOString())

/** A CRM may contain a currency that `Intl` refuses. */
const currencyOf = ({ fields }: Record): string | undefined => {
  const code = fields["currency"]?.text ?? ""
  return /^[A-Z]{3}$/i.test(code) ? code : undefined
}

/** A spreadsheet does not run a formula in a text cell. */
const cellXml = (
  cell: RecordCell,
  address: string,
  { kind }: RecordColumn,
  currency: string | undefined,
  styles: Workbook["styles"]
): string => {
  if (cell === null) return ""
  if (cell instanceof Date) return timeCell(address, cell, styles)
  if (typeof cell === "string") return textCell(address, cell)
  const style = kind === "money" ? ` s="${styles.money.get(moneyFormatOf(currency, "en", false)) ?? "0"}"` : ""
  return `<c r="${address}"${style}><v>${cell}</v></c>`
}

export const recordXlsx: RecordFormat = async (first, asked, locale) => {
  const columns = [...ownColumns, ...first.columns]
  const label = catalogTextsIn(locale)
  const localization = localizationOf(locale)
  const cellsOf = recordCells(
    first.columns,
    (field, { key }) => fieldText(field, key, label, localization)
  )
  const { after, before, others, styles } = await workbookOf(first, asked, locale)
  let last = 1
  const rowXml = (record: Record) => {
    last += 1
    const cells = cellsOf(record)
    const currency = currencyOf(record)
    const xml = columns.map((column, index) =>
      cellXml(cells[index] ?? null, `${letters[index]}${last}`, column, currency, styles)
    )
    return `<row r="${last}">${xml.join("")}</row>`
  }
  const zip = zipStream()
  await Promise.all(Object.entries(others).map(([name, bytes]) => zip.entry(name).end(strFromU8(bytes))))
  const sheet = zip.entry(sheetPath)
  await sheet.write(before)
  return {
    start: zip.taken(),
    rows: async (records) => {
      await sheet.write(records.map(rowXml).join(""))
      return zip.taken()
    },
    end: async () => {
      await sheet.end(after)
      zip.end()
      return zip.taken()
    }
  }
}
