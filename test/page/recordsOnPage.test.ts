import { assert, describe, it } from "@effect/vitest"
import { init } from "echarts/core"
import type { Unit } from "../../src/domain/Series.ts"
import { page as germanPage } from "../../src/languages/compiled/de/page.ts"
import { messagesOf } from "../../src/languages/messagesOf.ts"
import type { RecordsResponse } from "../../src/page/api/wire.ts"
import { markAt } from "../../src/page/card/marks.ts"
import { type Point, pointOf } from "../../src/page/records/Point.ts"
import { shownColumns } from "../../src/page/records/recordColumns.ts"
import { numberName, shareName, type Totalled } from "../../src/page/records/recordNumbers.ts"
import { setMessages, setTimeZone } from "../../src/page/shell/messages.ts"
import { drawing } from "../../src/presentation/drawing.ts"
import { registerParts } from "../../src/presentation/parts.ts"
import { light } from "../../src/presentation/themes.ts"
import { categorySeries, metaOf } from "../gallery/hostile.ts"
import { english } from "../support/english.ts"
import { inEnglish } from "./support/english.ts"

inEnglish()
registerParts()

const responseOf = (
  unit: Unit,
  sums: Totalled["sums"],
  amountUnit: RecordsResponse["amountUnit"] = "count"
) => ({
  instanceId: "w",
  columns: [],
  results: [],
  total: 0,
  next: null,
  sums,
  amountUnit,
  meta: metaOf(unit)
})

describe("the number of a records panel", () => {
  it.each(
    [
      ["percent", "23", "80", "count", "28.8%"],
      ["percent", "47", "400", "count", "11.8%"],
      ["percent", "7", "2000", "count", "0.4%"],
      ["percent", "1", "0", "count", "–"],
      ["days", "129600", "3", "seconds", "0.5 days"],
      ["minutes", "4468.2", null, "seconds", "1 h 15 min"],
      ["seconds", "91", "2", "seconds", "45.5 s"],
      ["money", "1234.5", null, "money", "€1,234.50"],
      ["money", "-1.15", "2", "money", "-€0.58"]
    ] as const
  )(
    "a number in $0 is shown as $4",
    (unit, n, d, amountUnit, name) => {
      assert.strictEqual(numberName(responseOf(unit, { n, d }, amountUnit)), name)
    }
  )

  it("a percentage is also shown as two counts, such as 1,046 of 2,098", () => {
    assert.strictEqual(shareName(responseOf("percent", { n: "1046", d: "2098" })), "1,046 of 2,098")
    assert.isUndefined(shareName(responseOf("count", { n: "46", d: null })))
  })
})

describe("the columns of a records panel", () => {
  it("have names and known values in the language of the page", () => {
    const columns = [
      { key: "price", label: "Price", kind: "money" },
      {
        key: "createdAt",
        label: "Created",
        kind: "time"
      },
      { key: "status", label: "Status", kind: "text" },
      { key: "stage", label: "Stage", kind: "text" },
      { key: "mode", label: "Mode", kind: "text" }
    ] as const
    const at = "2026-01-01T00:00:00.000Z"
    const fields = {
      price: { values: [], text: "1.00" },
      createdAt: { values: [], text: at },
      status: { values: ["won"], text: "Won" },
      stage: { values: ["their own"], text: "Their own" },
      mode: { values: ["fixed"], text: "Fixed" }
    }
    const record = { type: "deal", id: "D1", at, weight: { n: "1", d: null }, fields } as const
    const status = (label: string) => ({ key: "status", label: "Status", values: [{ value: "won", label }] })
    const metrics = new Map([
      ["deals.created_over_time", { id: "deals.created_over_time", dimensions: [status("Gewonnen")] }],
      ["leads.funnel", { id: "leads.funnel", dimensions: [status("Eingegangen")] }]
    ])
    setMessages({ page: germanPage, presentation: messagesOf("de").presentation, locale: "de" })
    const shown = shownColumns({ ...responseOf("money", { n: "1", d: null }, "money"), columns, results: [record] }, [
      record
    ], metrics)
    inEnglish()
    assert.deepStrictEqual(shown.map(({ label }) => label), ["Angelegt", "Preis", "Status", "Phase", "Art"])
    assert.deepStrictEqual(shown.slice(2).map(({ textOf }) => textOf(record)), [
      "Gewonnen",
      "Their own",
      "Fester Betrag"
    ])
  })

  const time = "2026-01-01T00:00:00.000Z"
  const deal = (price: string, value?: number) => ({
    type: "deal",
    id: price,
    at: time,
    weight: { n: "1", d: null },
    ...(value !== undefined && { value }),
    fields: {
      stage: { values: ["offer"], text: "Offer" },
      price: { values: [], text: price },
      currency: { values: ["EUR"], text: "EUR" }
    }
  } as const)
  const dealColumns = [
    { key: "stage", label: "Stage", kind: "text" },
    { key: "price", label: "Price", kind: "money" }
  ] as const
  const columnsFor = (unit: Unit, ...results: ReadonlyArray<ReturnType<typeof deal>>) =>
    shownColumns({ ...responseOf(unit, { n: "1", d: null }), columns: dealColumns, results }, results, new Map())

  it("the amounts or the times that a number counts come right after the time", () => {
    const labels = (...of: Parameters<typeof columnsFor>) => columnsFor(...of).map(({ label }) => label)
    assert.deepStrictEqual(labels("money", deal("1.00")), ["When", "Price", "Stage"])
    assert.deepStrictEqual(labels("count", deal("1.00")), ["When", "Stage", "Price"])
    assert.deepStrictEqual(labels("days", deal("1.00", 3)), ["When", "Value", "Stage", "Price"])
  })

  it("times without a window, or in a zone that the browser does not know, are in the time zone of the organization", () => {
    const results = [deal("1.00")]
    const { window: _window, ...others } = metaOf("money")
    const unknown = "Atlantis/Poseidonis"
    const whenIn = (zone: string, meta: RecordsResponse["meta"] = others) => {
      setTimeZone(zone)
      const [when] = shownColumns({ ...responseOf("money", { n: "1", d: null }), meta, results }, results, new Map())
      setTimeZone(unknown)
      return when?.textOf(deal("1.00")).replace(/\s/g, " ")
    }
    assert.strictEqual(whenIn("Pacific/Kiritimati"), "Jan 1, 2026, 2:00 PM")
    assert.strictEqual(whenIn("Pacific/Pago_Pago"), "Dec 31, 2025, 1:00 PM")
    const window = { from: null, to: time, timeZone: unknown, weekStart: 1, bucket: "month" } as const
    assert.strictEqual(whenIn("Pacific/Kiritimati", { ...others, window }), "Jan 1, 2026, 2:00 PM")
  })

  it("all amounts of a column have cents if one of them has", () => {
    const [whole, exact] = [deal("100.00"), deal("2.50")]
    const [, price] = columnsFor("money", whole, exact)
    assert.deepStrictEqual([whole, exact].map((one) => price?.textOf(one)), ["€100.00", "€2.50"])
    const [, alone] = columnsFor("money", whole)
    assert.strictEqual(alone?.textOf(whole), "€100")
  })
})

describe("a click on horizontal bars", () => {
  const size = { width: 420, height: 240 }

  /** Clicks left of the bars, where the labels are. */
  const clicked = (categories: number, y: number): Point | "rest" | undefined => {
    const labels = Array.from({ length: categories }, (_, index) => `Tag ${index}`)
    const series = categorySeries(labels, (at) => categories - at)
    const chart = init(null, null, { renderer: "svg", ssr: true, ...size })
    const option = drawing(series, "leaderboard", light, size, { localization: english })
    chart.setOption(option)
    const mark = markAt(chart, option, categories, { offsetX: 12, offsetY: y })
    chart.dispose()
    return mark === undefined ? undefined : pointOf(series, mark)
  }

  const labelOf = (point: Point | "rest" | undefined) => typeof point === "object" ? point.label : point

  it("a click on a label opens the records of its category", () => {
    assert.strictEqual(labelOf(clicked(40, 16)), "Tag 0")
    assert.strictEqual(labelOf(clicked(40, 38)), "Tag 1")
  })

  it.each([11, 40])(
    "in a bar chart of %d categories, a click on “N more” chooses the categories that are not shown",
    (categories) => {
      assert.strictEqual(clicked(categories, 236), "rest")
    }
  )

  it.each([[2, 236], [2, 0], [40, 0]])(
    "in a bar chart of %d categories, a click %d pixels from the top misses all bars and opens nothing",
    (categories, y) => {
      assert.isUndefined(clicked(categories, y))
    }
  )
})
