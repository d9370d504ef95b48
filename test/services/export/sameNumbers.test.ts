import { afterAll, assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { contentTypes } from "../../../src/domain/DocumentFormat.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import type { Report, ViewRequest } from "../../../src/page/api/wire.ts"
import { requestOf } from "../../../src/page/report/requestOf.ts"
import { queryOf, type View, viewOf, viewRequestOf } from "../../../src/page/report/View.ts"
import { cellText } from "../../../src/presentation/cellText.ts"
import { numberFormat } from "../../../src/presentation/numberFormat.ts"
import { stateOf } from "../../../src/presentation/stateOf.ts"
import type { Table } from "../../../src/presentation/Table.ts"
import { tableOf } from "../../../src/presentation/tableOf.ts"
import { templates } from "../../../src/templates.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { textOfPdf } from "../../page/support/textOfPdf.ts"
import { seedsFor } from "../../proof/storesFor.ts"
import { english } from "../../support/english.ts"
import { exportsOver } from "../../support/exports.ts"
import { rowsOfSheet } from "../../support/sheets.ts"

const now = new Date("2026-11-20T12:00:00Z")
const tables = demoTables({ leads: 400, now })
const { dispose, post } = exportsOver(tables, now)
afterAll(dispose)

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const
const people = tables.members.filter(({ organizationId }) => organizationId === "org_demo").map(({ userId }) => userId)
const sources = [...new Set(tables.leads.map(({ source }) => source ?? "~none"))]
const statuses = [...new Set(tables.leads.map(({ status }) => status))]
const tags = tables.tags.filter(({ organizationId }) => organizationId === "org_demo").map(({ tagId }) => tagId)
const presets = ["last_12m", "this_year", "this_quarter", "last_30d", "last_month", "all_time"]

/** Returns numbers from 0 to below `below`, which follow from the seed. */
const drawer = (seed: number) => {
  let state = seed * 2_654_435_761 % 4_294_967_296
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return Math.floor(state / 4_294_967_296 * below)
  }
}

/** About half of the views have people, filters, or the previous period. The view goes through an address of the page. */
const viewFrom = (seed: number): View => {
  const draw = drawer(seed)
  const someOf = (all: ReadonlyArray<string>) => all.filter(() => draw(3) === 0)
  const oneOf = (all: ReadonlyArray<string>) => all[draw(all.length)] ?? ""
  const filtered = (key: string, all: ReadonlyArray<string>) =>
    draw(2) === 0 ? {} : { [key]: [oneOf(all), ...someOf(all)] }
  const bucket = oneOf(["month", "week"])
  const choices: ReadonlyArray<View["people"]> = [undefined, "everyone", "me", [oneOf(people), ...someOf(people)]]
  return viewOf(
    new URLSearchParams(queryOf({
      ...(draw(4) > 0 && { timeframe: { preset: oneOf(presets), bucket } }),
      people: choices[draw(choices.length)],
      ...(draw(4) > 0 && {
        filters: { ...filtered("source", sources), ...filtered("status", statuses), ...filtered("tag", tags) }
      }),
      comparePrevious: draw(2) === 0
    }))
  )
}

const reports = templates.slice(0, 4)

const json = async (path: string, body: object) => {
  const { bytes, status } = await post(ana, path, body)
  assert.isBelow(status, 300, bytes.toString())
  return JSON.parse(bytes.toString())
}

interface Shown {
  readonly report: Report
  readonly request: ViewRequest
  readonly screen: ReadonlyArray<MetricSeries>
}

/** Opens a report under a view, as the page does. */
const shown = async (seed: number): Promise<Shown> => {
  const { defaultTimeframe, layout, title } = reports[seed % reports.length] ?? {}
  const report: Report = await json("", { defaultTimeframe, layout, title })
  const request = viewRequestOf(viewFrom(seed), report, "admin")
  const { results } = await json("/metrics/run", requestOf(report.layout.widgets, request))
  return { report, request, screen: results }
}

type Kind = Table["columns"][number]["kind"]

const numbers: ReadonlySet<Kind> = new Set(["value", "previous", "change", "target", "attained", "share"])

const cellsOf = ({ columns, rows }: Table, isWanted: (kind: Kind) => boolean) =>
  rows.map((row) => row.filter((_, index) => isWanted(columns[index]?.kind ?? "key")))

const fileOf = async ({ report, request }: Shown, format: "csv" | "xlsx" | "pdf") => {
  const { bytes, status } = await post(ana, `/${report.id}/run`, request, contentTypes[format])
  assert.strictEqual(status, 200, bytes.toString())
  return bytes
}

const compareCsv = async (view: Shown) => {
  const lines: ReadonlyArray<Readonly<Record<string, string>>> = parse(await fileOf(view, "csv"), {
    bom: true,
    columns: true
  })
  for (const series of view.screen) {
    const table = tableOf(series, english)
    const ofWidget = lines.filter(({ widget }) => widget === series.instanceId)
    for (const kind of ["value", "previous"] as const) {
      const inFile = ofWidget.map((line) => line[kind] === "" ? null : Number(line[kind]))
      const onScreen = cellsOf(table, (one) => one === kind).flat()
      // The line of a card without numbers is empty, and so is the cell of a period that is not compared.
      const isEmpty = onScreen.length === 0 && inFile.every((value) => value === null)
      assert.deepStrictEqual(isEmpty ? [] : inFile, onScreen, `CSV: ${kind} of ${series.instanceId}`)
    }
  }
}

/** The sheet of a table of several rankings has tests of its own. */
const compareXlsx = async (view: Shown) => {
  if (view.report.layout.widgets.some(({ table }) => table !== undefined)) return
  const workbook = await fileOf(view, "xlsx")
  view.screen.forEach((series, index) => {
    const table = tableOf(series, english)
    if (stateOf(series, english).kind !== "filled") return
    // The first sheet describes the report, and the first row of each sheet names its columns.
    const sheet = rowsOfSheet(workbook, index + 2).slice(1)
    const inFile = table.rows.map((row, at) =>
      row.map((_, column) => sheet[at]?.[String.fromCodePoint(65 + column)] ?? null)
    )
    const ofNumbers = { columns: table.columns, rows: inFile }
    const isNumber = (kind: Kind) => numbers.has(kind)
    assert.deepStrictEqual(cellsOf(ofNumbers, isNumber), cellsOf(table, isNumber), `XLSX: ${series.instanceId}`)
  })
}

const joined = (text: string) => text.replaceAll(/[\s\u200b]/g, "")

const comparePdf = async (view: Shown) => {
  const words = joined(await textOfPdf(await fileOf(view, "pdf")))
  for (const series of view.screen) {
    const { columns, rows } = tableOf(series, english)
    const write = cellText(series, english)
    const { card } = numberFormat(series.meta, english)
    const texts = rows.flatMap((row) =>
      row.flatMap((cell, index) => {
        const column = columns[index]
        if (column === undefined || typeof cell !== "number" || !numbers.has(column.kind)) return []
        return [[write(cell, column), card(cell)]]
      })
    )
    for (const forms of texts) {
      assert.isTrue(forms.some((form) => words.includes(joined(form))), `PDF: ${forms[0]} of ${series.instanceId}`)
    }
  }
}

const seeds = seedsFor({ quick: 4, full: 200 })

describe("a view of a report", () => {
  it.each(seeds)(
    "a snapshot and files in CSV and XLSX have the numbers of the screen, under random view %d",
    async (seed) => {
      const view = await shown(seed)
      const { series } = await json(`/${view.report.id}/snapshots`, { title: "Same", ...view.request })
      assert.deepStrictEqual(series, view.screen)
      await compareCsv(view)
      await compareXlsx(view)
    }
  )

  it.each(seeds.filter((seed) => seed % 10 === 1))(
    "a PDF file has the numbers of the screen, under random view %d",
    async (seed) => {
      await comparePdf(await shown(seed))
    }
  )
})
