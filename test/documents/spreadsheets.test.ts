import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { strFromU8, unzipSync } from "fflate"
import { execFile } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { csv } from "../../src/documents/csv.ts"
import type { Document } from "../../src/documents/Document.ts"
import { xlsx } from "../../src/documents/xlsx.ts"
import { flowed } from "../../src/presentation/grid.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { type Sized, stateCards } from "../gallery/edges.ts"
import { categorySeries, funnelSeries, hostileLabels, metaOf, statSeries, timeseries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"
import { rowsOfSheet } from "../support/sheets.ts"

const formulas = [
  "=1+1",
  "+1",
  "-1-1",
  "@SUM(1)",
  "\t=1",
  "\r=1",
  "\n=1",
  " =1",
  "＝1",
  "\u00a0=1",
  "=HYPERLINK(\"http://x.invalid\")"
]

const card = (series: Sized["series"], title = "=cmd|' /C calc'!A0"): Sized => ({
  title,
  metricId: "leads.total",
  description: "",
  chart: "bar",
  series,
  details: {},
  w: 6,
  h: 4
})

const documentOf = (cards: ReadonlyArray<Sized>) =>
  documentWith(cards.map((one, index) => ({ ...one, x: 0, y: 0, ...flowed(cards)[index] })), { title: "=1+1" })

const numbers = [
  card(categorySeries([...formulas, ...hostileLabels], (at) => at * 1_000.25 - 3_000)),
  card(
    timeseries(["=A1", "B"], 12, (at, series) => at % 5 === 2 ? null : Math.round(at - 10 * series) / 10),
    "Sheet: [1]/?*"
  ),
  card(statSeries(-12.5, 10, -225, metaOf("money")), "")
]

const linesOf = (text: string): ReadonlyArray<Record<string, string>> =>
  parse(text, { bom: true, columns: true, record_delimiter: ["\r\n", "\n"] })

/** Returns all values of the cards in the order in which the file lists them. */
const valuesOf = ({ cards }: Document) =>
  cards.flatMap(({ series }) => {
    const { columns, rows } = tableOf(series, english)
    return rows.flatMap((row) => row.filter((_, index) => columns[index]?.kind === "value"))
  })

const soffice = ["/usr/bin/soffice", "/opt/libreoffice/program/soffice"].find((path) => existsSync(path))
if (soffice === undefined) {
  process.stderr.write("LibreOffice is not installed, so no spreadsheet program reads the files of this test\n")
}

/** Lets LibreOffice convert each sheet of the file to CSV, with the cells as it shows them. */
const readBack = async (name: string, bytes: Uint8Array): Promise<ReadonlyArray<string>> => {
  const folder = mkdtempSync(join(tmpdir(), "spreadsheet-"))
  try {
    writeFileSync(join(folder, name), bytes)
    const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,-1"
    const args = [
      `-env:UserInstallation=file://${folder}/profile`,
      "--headless",
      "--infilter=CSV:44,34,76,1,,1033,false,true"
    ]
    const input = name.endsWith(".csv") ? args : args.slice(0, 2)
    await promisify(execFile)(soffice ?? "", [
      ...input,
      "--convert-to",
      filter,
      "--outdir",
      join(folder, "out"),
      join(folder, name)
    ])
    const { globSync } = await import("node:fs")
    return globSync("*.csv", { cwd: join(folder, "out") }).sort().map((file) =>
      readFileSync(join(folder, "out", file), "utf8")
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe("a CSV file", () => {
  const document = documentOf([...numbers, ...stateCards])
  const lines = linesOf(csv(document))

  it("a CSV file has every value of its series, and a note for each widget that has none", () => {
    const filled = lines.filter(({ series }) => series !== "")
    assert.deepStrictEqual(
      filled.map(({ value }) => value),
      valuesOf(document).map((value) => value === null ? "" : String(value))
    )
    const empty = lines.filter(({ series }) => series === "")
    assert.isTrue(empty.every(({ note, value }) => value === "" && note !== ""))
  })

  it("a CSV file has no text that a spreadsheet program would run as a formula", () => {
    for (const line of lines) {
      for (const text of [line["title"], line["label"], line["series"], line["bucket_or_category"]]) {
        assert.notMatch(text ?? "", /^[\s\p{C}]*[=+\-@＝＋－＠]/u)
      }
    }
  })

  it.skipIf(soffice === undefined)(
    "LibreOffice reads the numbers and labels of a CSV file unchanged",
    async () => {
      const [text = ""] = await readBack("file.csv", Buffer.from(csv(document)))
      const read = linesOf(text)
      const numbersOf = (of: typeof read) => of.map(({ value }) => value === "" ? null : Number(value))
      assert.deepStrictEqual(numbersOf(read), numbersOf(lines))
      assert.deepStrictEqual(read.map(({ label }) => label), lines.map(({ label }) => label))
    }
  )
})

const stat = (title: string) => card(statSeries(1, 0, 0, metaOf("count")), title)

describe("an XLSX file", () => {
  it.each([
    ["emoji", ["🔥 New leads from the website this month", "🎉".repeat(31), "🎉".repeat(15)], [
      "🔥 New leads from the website t",
      "🎉".repeat(15),
      `${"🎉".repeat(13)} (3)`
    ]],
    ["a number in brackets", ["A (3)", "a", "A"], ["A (3)", "a", "A (6)"]],
    ["an apostrophe at the cut", ["abcdefghijklmnopqrstuvwxyz1234's numbers"], ["abcdefghijklmnopqrstuvwxyz1234"]],
    ["a name that Excel reserves", ["History", "about", " ", "x".repeat(40), "X".repeat(40)], [
      "History (1)",
      "about (2)",
      "(3)",
      "x".repeat(31),
      `${"X".repeat(27)} (5)`
    ]]
  ])("each sheet has a name of its own that Excel allows if a title has %s", async (_what, titles, names) => {
    const { "xl/workbook.xml": workbook = new Uint8Array() } = unzipSync(await xlsx(documentOf(titles.map(stat))))
    const found = [...strFromU8(workbook).matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)
    assert.deepStrictEqual(found, ["About", ...names])
  })

  it("a bucket that Excel has no date for is a text", async () => {
    const buckets = ["1850-01-01", "1900-01-01", "1900-03-01", "1960-01-01"]
    const old = timeseries(["Leads"], 4, (at) => at)
    const points = old.points.map((point, at) => ({ ...point, bucket: buckets[at] ?? "" }))
    const [, ...rows] = rowsOfSheet(await xlsx(documentOf([card({ ...old, points })])), 2)
    assert.deepStrictEqual(rows.map(({ A }) => A), ["1850-01-01", "1900-01-01", 61, 21_916])
  })

  it.skipIf(soffice === undefined)(
    "LibreOffice reads an XLSX file with numbers as numbers, dates as dates and formulas as text",
    async () => {
      const sheets = await readBack("file.xlsx", await xlsx(documentOf(numbers)))
      assert.lengthOf(sheets, 4)
      const all = sheets.map((sheet) => parse(sheet, { relax_column_count: true, bom: true }))
      const rows: ReadonlyArray<ReadonlyArray<string>> = all.flat()
      assert.isTrue(rows.some((row) => row[1] === "=HYPERLINK(\"http://x.invalid\")" && row[2] === "7002.5"))
      assert.isTrue(rows.some((row) => row[1] === "=1+1" && row[2] === "-3000"))
      assert.isTrue(rows.some((row) => row[0] === "-12.5" && row[1] === "10" && row[2] === "-225"))
      assert.isTrue(
        rows.some((row) => row[0] === "2024-01-02" && row[1] === "0.1" && row[2] === "-0.9" && row[3] === "FALSE")
      )
    }
  )

  it("a CSV file of a funnel has the share of the first step and of the step before in percent", () => {
    const text = csv(documentOf([card(funnelSeries(["Entered", "Potential", "Client"], [200, 90, 30]))]))
    assert.deepStrictEqual(
      linesOf(text).map((line) => [line["value"], line["of_first_pct"], line["of_previous_pct"]]),
      [["200", "", ""], ["90", "45", "45"], ["30", "15", "33.3"]]
    )
  })
})
