import { unzipSync, zipSync } from "fflate"
import writeExcelFile, { type Row, type Sheet } from "write-excel-file/node"
import type { Meta, MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { signAt } from "../presentation/changeOf.ts"
import { notesOf } from "../presentation/notesOf.ts"
import { sentenceOf } from "../presentation/sentenceOf.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { TableCell, TableColumn } from "../presentation/Table.ts"
import { tableOf } from "../presentation/tableOf.ts"
import { windowLabel } from "../presentation/windowLabel.ts"
import { asOfLabel, scopeLine } from "./captions.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { filtersOf, viewFilters } from "./filtersOf.ts"
import { peopleTableOf } from "./peopleSvg.ts"
import { sheetChartOf } from "./SheetChart.ts"
import { dayFormat, dayOf, formatOf, isExcelDate } from "./sheetFormats.ts"
import { type PrintedSheet, withParts } from "./sheetParts.ts"
import { printable } from "./xml.ts"
import { zipTime } from "./zipStream.ts"

const longestName = 31

export const longestText = 32_767

export const bold = (value: string) => ({ value, type: String, fontWeight: "bold" as const })

export const written = (value: string) => ({ value: printable(value).slice(0, longestText), type: String })

const bucketCell = (bucket: string) => {
  const value = dayOf(bucket)
  return isExcelDate(value) ? { value, type: Date, format: dayFormat } : written(bucket)
}

const cellOf = (
  cell: TableCell,
  { kind }: TableColumn,
  row: number,
  series: MetricSeries,
  localization: Localization
) => {
  if (cell === null) return null
  if (typeof cell === "boolean") return { value: cell, type: Boolean }
  if (typeof cell === "number") {
    const sign = kind === "change" ? signAt(series, row) : 0
    return { value: cell, type: Number, format: formatOf(series.meta, kind, localization, sign) }
  }
  if (kind === "bucket") return bucketCell(cell)
  return written(cell)
}

/** The cut counts UTF-16 units, as Excel does, and does not split a pair of surrogates. */
const cutTo = (text: string, most: number) => text.slice(0, most).replace(/[\ud800-\udbff]$/, "").replace(/[\s']+$/, "")

/** In Excel, a sheet name is unique, has none of `: \ / ? * [ ]`, and does not begin or end with an apostrophe. */
const namesOf = (titles: ReadonlyArray<string>, about: string): ReadonlyArray<string> => {
  const used = new Set(["", about.toLowerCase(), "history"])
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

const isText = (kind: TableColumn["kind"]) => kind === "label" || kind === "key"

const headOf = (label: string, isLeft: boolean) =>
  ({ ...bold(label), wrap: true, align: isLeft ? "left" : "right" }) as const

/** A row has the id and the name of a person, and a number of each column. */
const peopleSheetOf = (
  cards: ReadonlyArray<DocumentCard>,
  name: string,
  localization: Localization
): Sheet<Buffer> => {
  const { columns: told, rows } = peopleTableOf(cards, localization)
  const { t } = localization
  const columns = told.flatMap(({ isCompared, label, meta, total }, at) => [
    { at, label, meta, total, of: "value" } as const,
    ...(isCompared ? [{ at, label: t.columnPreviousOf({ label }), meta, total: null, of: "previous" } as const] : [])
  ])
  const numberOf = (value: number | null, meta: Meta) =>
    value === null ? null : { value, type: Number, format: formatOf(meta, "value", localization) }
  const notes = told.flatMap(({ label, note }) => note === undefined ? [] : [[written(`${label}: ${note}`)]])
  const hasTotal = columns.some(({ total }) => total !== null)
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: [{ width: 28 }, { width: 28 }, ...columns.map(() => ({ width: 16 }))],
    data: [
      [headOf(t.columnId(), true), headOf(t.columnPerson(), true), ...columns.map(({ label }) => headOf(label, false))],
      ...rows.map(({ cells, key, name: person }) => [
        written(key),
        written(person),
        ...columns.map(({ at, meta, of }) => numberOf(cells[at]?.[of] ?? null, meta))
      ]),
      ...(hasTotal ? [[null, bold(t.total()), ...columns.map(({ meta, total }) => numberOf(total, meta))]] : []),
      ...notes
    ]
  }
}

const sheetOf = (card: DocumentCard, name: string, localization: Localization): Sheet<Buffer> => {
  if (card.columns !== undefined) return peopleSheetOf(card.columns, name, localization)
  const { columns, rows } = tableOf(card.series, localization)
  const state = stateOf(card.series, localization)
  const reason: ReadonlyArray<Row> = state.kind === "filled" ? [] : [[written(`${state.title}: ${state.text}`)]]
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map(({ kind }) => ({ width: isText(kind) ? 28 : 16 })),
    data: [
      columns.map(({ kind, label }) => headOf(label, isText(kind))),
      ...rows.map((row, at) =>
        row.map((cell, index) => {
          const column = columns[index]
          return column === undefined ? null : cellOf(cell, column, at, card.series, localization)
        })
      ),
      ...reason
    ]
  }
}

/** Long texts are complete on paper. */
const lines = { wrap: true, alignVertical: "top" } as const

const aboutOf = (document: Document, names: ReadonlyArray<string>, localization: Localization): Sheet<Buffer> => {
  const t = messagesOf(document.locale).documents
  const facts: ReadonlyArray<readonly [string, string]> = [
    [t.title(), document.title],
    [t.description(), document.description ?? ""],
    [t.recordsOf(), document.scope],
    [t.filters(), viewFilters(document)],
    [t.asOfHead(), asOfLabel(document)],
    [t.timeZone(), document.timeZone],
    [t.contentHash(), document.contentHash ?? ""]
  ]
  const { inWords } = localization.t
  const heads = [t.sheet, t.title, t.metric, t.counts, t.window, t.unit, t.currency, t.filters, t.notes, inWords]
  return {
    sheet: t.aboutSheet(),
    columns: [16, 20, 20, 30, 18, 8, 9, 16, 26, 34].map((width) => ({ width })),
    data: [
      ...facts.filter(([, value]) => value !== "").map(([name, value]) => [bold(name), written(value)]),
      [],
      heads.map((head) => bold(head())),
      ...document.cards.flatMap((card, index) =>
        (card.columns ?? [card]).map((one) => ({ ...one, sheet: names[index] ?? "" }))
      ).map(({ description, metricId, series, sheet, title }) => {
        const { currency = "", filters, unit, window } = series.meta
        const cells = [
          title,
          metricId,
          description,
          windowLabel(window, localization),
          t.unitName({ unit }),
          currency,
          filtersOf(filters, document)
        ]
        const words = [notesOf(series, localization).join(". "), sentenceOf(series, title, localization)]
        return [sheet, ...cells, ...words].map((text) => text === "" ? null : { ...written(text), ...lines })
      })
    ]
  }
}

const printedSheetOf = (card: DocumentCard, name: string, localization: Localization): PrintedSheet => {
  if (card.columns !== undefined) {
    const people = peopleTableOf(card.columns, localization)
    const previous = people.columns.filter(({ isCompared }) => isCompared).length
    return { name, hasHeads: true, columns: 2 + people.columns.length + previous, rows: people.rows.length }
  }
  const table = tableOf(card.series, localization)
  const { columns, rows } = table
  const chart = sheetChartOf(card, table, name, formatOf(card.series.meta, "value", localization), localization)
  return { name, hasHeads: true, columns: columns.length, rows: rows.length, chart }
}

export const xlsx = async (document: Document): Promise<Uint8Array> => {
  const { cards, locale } = document
  const localization = localizationOf(locale)
  const { aboutSheet, sheet } = messagesOf(locale).documents
  const about: PrintedSheet = { name: aboutSheet(), hasHeads: false, columns: 0, rows: 0 }
  const names = namesOf(cards.map(({ title }) => title), about.name)
  const sheets = cards.map((card, index) => sheetOf(card, names[index] ?? sheet(), localization))
  const file = await writeExcelFile([aboutOf(document, names, localization), ...sheets]).toBuffer()
  const printed = cards.map((card, index) => printedSheetOf(card, names[index] ?? sheet(), localization))
  const footer = `${document.title}  ·  ${scopeLine(document)}`
  // With a fixed time in the zip file, equal reports give equal files.
  return zipSync(withParts(unzipSync(file), [about, ...printed], footer), { mtime: zipTime })
}
