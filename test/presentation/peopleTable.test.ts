import { assert, describe, it } from "@effect/vitest"
import type { Meta, MetricSeries } from "../../src/domain/Series.ts"
import { languages } from "../../src/languages/Language.ts"
import { localizationOf, messagesOf } from "../../src/languages/messagesOf.ts"
import { metricsById } from "../../src/metrics/all.ts"
import { inTables } from "../../src/presentation/inTables.ts"
import { isUnfiltered } from "../../src/presentation/notesOf.ts"
import { columnFormat } from "../../src/presentation/numberFormat.ts"
import { columnNotes, peopleTable } from "../../src/presentation/peopleTable.ts"
import { columnLabel } from "../../src/presentation/titleOf.ts"
import { metaOf } from "../gallery/hostile.ts"
import { english } from "../support/english.ts"

const ranking = (values: Readonly<Record<string, number | null>>, meta = metaOf()): MetricSeries => ({
  instanceId: "1",
  shape: "leaderboard",
  series: [{ key: "value", label: "Value" }],
  points: Object.entries(values).map(([name, value], index) => ({
    category: name.toLowerCase(),
    label: name,
    rank: index + 1,
    value
  })),
  stat: null,
  meta
})

const tableOf = (...all: ReadonlyArray<MetricSeries>) =>
  peopleTable(all.map((series, index) => ({ label: `Column ${index}`, series })), english)

const calls = ranking({ Bo: 9, Ana: 4, Cy: 0 })
const rate = ranking({ Ana: 50, Émile: 33.3, Cy: null }, metaOf("percent", { additive: false }))

describe("a table of people", () => {
  it("has a row for each person of any column, and no number where a column lacks the person", () => {
    const { rows } = tableOf(calls, rate)
    assert.deepStrictEqual(rows.map(({ cells, name }) => [name, ...cells.map(({ value }) => value)]), [
      ["Bo", 9, null],
      ["Ana", 4, 50],
      ["Cy", 0, null],
      ["Émile", null, 33.3]
    ])
    assert.deepStrictEqual(rows.map(({ cells }) => cells.map(({ index }) => index)), [[0, -1], [1, 0], [2, 2], [-1, 1]])
  })

  it("has the notes of each column, and the timeframes of its columns if they differ", () => {
    const window = (from: string): Partial<Meta> => ({
      filters: { applied: {}, ignored: ["source"] },
      window: { from, to: "2026-12-01T00:00:00Z", timeZone: "UTC", weekStart: 1, bucket: "month" }
    })
    const ofYear = ranking({ Bo: 9 }, metaOf("count", window("2026-01-01T00:00:00Z")))
    const ofMonth = ranking({ Bo: 1 }, metaOf("count", window("2026-11-01T00:00:00Z")))
    assert.deepStrictEqual(columnNotes([ofYear, ofYear], english), [["Not filtered by source"], [
      "Not filtered by source"
    ]])
    const [year = [], month = [], empty] = columnNotes([ofYear, ofMonth, ranking({})], english)
    assert.deepStrictEqual(year, ["Jan 1, 2026 – Nov 30, 2026", "Not filtered by source"])
    assert.deepStrictEqual(month, ["Nov 1, 2026 – Nov 30, 2026", "Not filtered by source"])
    assert.deepStrictEqual(empty, [])
    assert.isTrue(isUnfiltered(ofYear))
    assert.isFalse(isUnfiltered(calls))
  })

  it("has a total only of numbers that add up, and only if no person is left out", () => {
    const shared = ranking({ Bo: 9 }, metaOf("count", { additive: false }))
    const cut = ranking({ Bo: 9 }, metaOf("count", { truncated: 3 }))
    const { columns } = tableOf(calls, shared, cut, rate, ranking({}))
    assert.deepStrictEqual(columns.map(({ total }) => total), [13, null, null, null, null])
    assert.deepStrictEqual(columns.map(({ totalNote }) => totalNote), [
      undefined,
      "These values do not add up to a total.",
      "There is no total, because not all people are shown.",
      "Percentages do not add up to a total.",
      undefined
    ])
  })

  it("says why a column has no numbers", () => {
    const gated = { ...ranking({}), meta: metaOf("count", { gated: "admin_only" }) }
    const notes = tableOf(calls, gated).columns.map(({ note }) => note)
    assert.isUndefined(notes[0])
    assert.match(String(notes[1]), /^Admins only: /)
  })

  it.each(
    [
      ["money", [1200, 3.5], ["€1,200.00", "€3.50", "–"]],
      ["money", [1200, 3], ["€1,200", "€3", "–"]],
      ["percent", [50, 33.3], ["50.0%", "33.3%", "–"]],
      ["percent", [50, 100], ["50%", "100%", "–"]],
      ["count", [1200, 3], ["1,200", "3", "–"]]
    ] as const
  )("the numbers of a column in %s have equal decimals: %s", (unit, values, texts) => {
    const format = columnFormat(metaOf(unit), values, english)
    assert.deepStrictEqual([...values, null].map(format), [...texts])
  })

  it.each(languages)("in the language %s, no column says that it is by person", (language) => {
    const names = new Map<string, unknown>(Object.entries(messagesOf(language).catalog))
    const rankings = [...metricsById].filter(([, { shape }]) => shape === "leaderboard").map(([id]) => id)
    assert.isAbove(rankings.length, 5)
    const suffix = ` ${localizationOf(language).t.byPerson()}`
    for (const id of rankings) {
      const name = names.get(id)
      assert.isTrue(String(typeof name === "function" ? name() : name).endsWith(suffix), `${id}: ${String(name)}`)
    }
  })

  it("a column has its own title if it has one", () => {
    assert.strictEqual(columnLabel({ metricId: "x.y", title: "Calls by agent" }, undefined, english), "Calls by agent")
    assert.strictEqual(columnLabel({ metricId: "team.calls_by_agent" }, undefined, english), "Calls")
  })
})

describe("the columns of a table", () => {
  const catalog = new Map(
    [
      ["ranking", { shape: "leaderboard" }],
      ["number", { shape: "stat" }]
    ] as const
  )
  const widget = (instanceId: string, metricId: string, table: string, x: number, y: number) => ({
    instanceId,
    metricId,
    table,
    x,
    y,
    w: 4,
    h: 5
  })

  it("are the rankings with the same name, in the place that they take together", () => {
    const [first, number, second] = [
      widget("a", "ranking", "Team", 0, 2),
      widget("b", "number", "Team", 4, 2),
      widget("c", "unknown", "Team", 8, 7)
    ]
    assert.deepStrictEqual(inTables([first, number, second, widget("d", "ranking", " ", 0, 9)], catalog), [
      { widget: { ...first, x: 0, y: 2, w: 12, h: 10 }, columns: [first, second] },
      { widget: number, columns: [] },
      { widget: widget("d", "ranking", " ", 0, 9), columns: [] }
    ])
  })

  it("take the place of the first one if a place is missing", () => {
    const [first, second] = [widget("a", "ranking", "Team", 0, 2), { ...widget("b", "ranking", "Team", 4, 2) }]
    const { x: _x, ...unplaced } = second
    assert.deepStrictEqual(inTables([first, unplaced], catalog)[0]?.widget, first)
  })
})
