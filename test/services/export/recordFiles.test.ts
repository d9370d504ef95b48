import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { contentTypes, type DocumentFormat, recordFormats } from "../../../src/domain/DocumentFormat.ts"
import { recordFile } from "../../../src/services/export/recordFile.ts"
import { deal, lead, noTables } from "../../../src/testing/rows.ts"
import { exportsOver } from "../../support/exports.ts"
import { recordsOf } from "../../support/recordsOf.ts"
import { rowsOfSheet } from "../../support/sheets.ts"
import { caller } from "../../support/TestApp.ts"

const hostile = ["=1+1", "+1", "-1-1", "@SUM(1)", "\t=1", "<b>&\"x\"</b>", "price; =1", "Ads"]

const leads = hostile.map((source, index) => lead(`=L${index}`, `2024-05-0${index + 1}`, { source }))
const won = { status: "won", closedAt: Date.parse("2024-05-03T12:00:00Z") } as const
const deals = [
  deal("D1", "0001-01-01", { ...won, price: 1234_50n }),
  deal("D2", "2024-05-01", { ...won, price: -5_00n }),
  deal("D3", "2024-05-01", { ...won, price: 99_999_999_999_999_99n }),
  deal("D4", "2024-05-01", { ...won, status: "lost", lostReason: "constructor" }),
  deal("D5", "2024-05-01", { ...won, status: "lost", lostReason: "a\uffffb" })
]

let app: ReturnType<typeof exportsOver>
beforeAll(() => {
  app = exportsOver({ ...noTables, leads, deals }, new Date("2024-05-20T12:00:00Z"))
})
afterAll(() => app.dispose())

const timeframe = { preset: "custom", from: "2024-05-01", to: "2024-05-31", bucket: "month" }
const bySource = { instanceId: "w", metricId: "leads.by_source", chart: "bar", timeframe }
const lost = { instanceId: "w", metricId: "deals.lost_reasons", chart: "bar", timeframe }
const value = { instanceId: "w", metricId: "deals.won_value_over_time", chart: "bar", timeframe }
const ana = caller("member", "ana")

const fileOf = (body: object, format: DocumentFormat, accept: string = contentTypes[format]) =>
  app.post(ana, "/metrics/records", body, accept)

describe("a file of records", () => {
  it("in an XLSX file of records, times and amounts are numbers if XLSX can store them exactly", async () => {
    const { bytes, headers, status } = await fileOf({ widget: value }, "xlsx")
    assert.strictEqual(status, 200)
    assert.strictEqual(headers.get("content-type"), contentTypes.xlsx)
    assert.strictEqual(headers.get("content-disposition"), "attachment; filename=records.xlsx")
    const [head, ...rows] = rowsOfSheet(bytes)
    assert.deepInclude(head, { A: "type", B: "id", C: "at (UTC)", E: "n", I: "Price", L: "Created (UTC)" })
    assert.deepStrictEqual(rows.map(({ B, E, I }) => [B, E, I]), [
      ["D3", "99999999999999.99", "99999999999999.99"],
      ["D2", -5, -5],
      ["D1", 1234.5, 1234.5]
    ])
    assert.deepStrictEqual(rows.map(({ C }) => C), [45_415.5, 45_415.5, 45_415.5])
    assert.deepStrictEqual(rows.map(({ L }) => L), [45_413, 45_413, "0001-01-01T00:00:00.000Z"])
  })

  it("a file has only the chosen columns, besides the own ones of a record, and amounts keep their currency", async () => {
    const headOf = async (columns: ReadonlyArray<string>) =>
      (await fileOf({ widget: value, columns }, "csv")).bytes.toString().split("\r\n")[0]
    assert.strictEqual(await headOf(["status", "absent"]), "\uFEFFtype,id,at,link,n,d,Status")
    assert.strictEqual(await headOf(["price"]), "\uFEFFtype,id,at,link,n,d,Price,Currency")
    const [head] = rowsOfSheet((await fileOf({ widget: value, columns: ["status"] }, "xlsx")).bytes)
    assert.deepStrictEqual([head?.["G"], head?.["H"]], ["Status", undefined])
  })

  it("the sheet About of an XLSX file has the metric, the point, the number of records and their sum", async () => {
    const { bytes } = await fileOf({ widget: value, at: { bucket: "2024-05-01" } }, "xlsx")
    const about = new Map(rowsOfSheet(bytes, 2).map(({ A = "", B = "" }) => [A, B]))
    assert.strictEqual(about.get("Metric"), "deals.won_value_over_time")
    assert.strictEqual(about.get("Point"), "bucket: 2024-05-01")
    assert.strictEqual(about.get("Records"), "3")
    assert.strictEqual(about.get("Sum of n"), "100000000001229.49 (money)")
  })

  it("an XLSX file stores texts that look like formulas as texts", async () => {
    const [, ...rows] = rowsOfSheet((await fileOf({ widget: bySource }, "xlsx")).bytes)
    assert.deepStrictEqual(rows.map(({ B }) => B), hostile.map((_, index) => `=L${index}`).toReversed())
    const sources = new Set(rows.map(({ H }) => H))
    for (const source of hostile) assert.isTrue(sources.has(source), source)
  })

  it("in a CSV file of records, only texts that look like formulas get an apostrophe", async () => {
    const text = (await fileOf({ widget: value }, "csv")).bytes.toString()
    assert.match(text, /^deal,D2,2024-05-03T12:00:00\.000Z,,-5,,/m)
    const leadText = (await fileOf({ widget: bySource }, "csv")).bytes.toString()
    assert.match(leadText, /^lead,'=L0,.*,'=1\+1,/m)
    assert.match(leadText, /,price;' =1,/)
  })

  it("a file of records shows the text constructor unchanged, and XLSX has no character that XML forbids", async () => {
    assert.match((await fileOf({ widget: lost }, "csv")).bytes.toString(), /^deal,D4,.*,constructor,/m)
    const [, ...rows] = rowsOfSheet((await fileOf({ widget: lost }, "xlsx")).bytes)
    assert.include(rows.flatMap((row) => Object.values(row)), "a b")
  })

  it("records are sent as JSON when Accept names neither CSV nor XLSX", async () => {
    const typeOf = async (accept: string) =>
      (await fileOf({ widget: value }, "csv", accept)).headers.get("content-type")
    assert.strictEqual(await typeOf("application/pdf"), "application/json")
    assert.strictEqual(await typeOf("application/pdf, text/csv;q=0.5"), "text/csv; charset=utf-8")
    assert.strictEqual(await typeOf("*/*"), "application/json")
  })

  it.each(recordFormats)("the %s file of an admin-only metric has no records for a member", async (format) => {
    const widget = { instanceId: "w", metricId: "deals.commission_breakdown", chart: "bar", timeframe }
    const { bytes, status } = await fileOf({ widget, everyone: true }, format)
    assert.strictEqual(status, 200)
    const lines = format === "csv" ? bytes.toString().trimEnd().split("\r\n") : rowsOfSheet(bytes)
    assert.lengthOf(lines, 1)
  })
})

const admitted = { caller: ana, check: Effect.succeed(ana), expiresAt: undefined }
const small = { batch: 4, maxRecords: 10 }
const asked = { widget: bySource }

const partsOf = (total: number, format: (typeof recordFormats)[number], limits = small) =>
  Effect.flatMap(recordFile(recordsOf(total).service, format, admitted, asked, "en", limits), Stream.runCollect)

const idsIn = (parts: ReadonlyArray<Uint8Array>, format: (typeof recordFormats)[number]) => {
  const bytes = Buffer.concat(parts)
  if (format === "xlsx") return rowsOfSheet(bytes).slice(1).map(({ B }) => B)
  return bytes.toString().trimEnd().split("\r\n").slice(1).map((line) => line.split(",")[1])
}

describe.each(recordFormats)("the limit of a %s file", (format) => {
  it.effect("a file with as many records as the limit contains each record once", () =>
    Effect.gen(function*() {
      const ids = idsIn(yield* partsOf(10, format), format)
      assert.deepStrictEqual(ids, Array.from({ length: 10 }, (_, index) => `lead ${index}`))
    }))

  it.effect("with a limit of 10 records, a file of 11 is refused with an error that names 10 and 11", () =>
    Effect.gen(function*() {
      const refused = yield* Effect.flip(partsOf(11, format))
      const message = JSON.stringify(refused)
      assert.match(message, /at most 10 records, and these are 11/)
    }))

  it.effect("a file has the same limit when the request has the part `records`", () =>
    Effect.gen(function*() {
      const { service } = recordsOf(11)
      const part = { ...asked, part: "records" } as const
      const refused = yield* Effect.exit(recordFile(service, format, admitted, part, "en", small))
      assert.strictEqual(refused._tag, "Failure")
    }))

  it.effect("by default, a file of 100,000 records is sent, and a file of 100,001 records is refused", () =>
    Effect.gen(function*() {
      const { read, service } = recordsOf(100_000)
      assert.isTrue(Stream.isStream(yield* recordFile(service, format, admitted, asked, "en")))
      assert.lengthOf(read, 1)
      const refused = yield* Effect.exit(recordFile(recordsOf(100_001).service, format, admitted, asked, "en"))
      assert.strictEqual(refused._tag, "Failure")
    }))

  it.effect("the service reads the next page of records only when the client has read the file so far", () =>
    Effect.gen(function*() {
      const { read, service } = recordsOf(10)
      const parts = yield* recordFile(service, format, admitted, asked, "en", small)
      assert.deepStrictEqual(read, ["0"])
      yield* parts.pipe(Stream.take(2), Stream.runDrain)
      assert.deepStrictEqual(read, ["0"])
      yield* parts.pipe(Stream.take(3), Stream.runDrain)
      assert.deepStrictEqual(read, ["0", "4"])
    }))

  it.effect("the largest chunk of a file of 20,000 records is less than 20 % larger than with 2,000 records", () =>
    Effect.gen(function*() {
      const limits = { batch: 1_000, maxRecords: 100_000 }
      const largest = (parts: ReadonlyArray<Uint8Array>) => Math.max(...parts.map(({ length }) => length))
      const few = largest(yield* partsOf(2_000, format, limits))
      const parts = yield* partsOf(20_000, format, limits)
      assert.lengthOf(parts, 22)
      assert.isBelow(largest(parts), few * 1.2)
    }))
})
