import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { all } from "../../src/metrics/all.ts"
import { byCodePoint } from "../../src/query/series/sort.ts"
import { deltaPct, numberOf, valueOf } from "../../src/query/series/values.ts"
import { lead, noTables } from "../../src/testing/rows.ts"
import { counted, essence } from "../support/counted.ts"
import { office } from "../support/office.ts"

const many = <A>(count: number, row: (index: number) => A) => Array.from({ length: count }, (_, index) => row(index))

const may = { preset: "this_month", bucket: "month" }

describe("rounding", () => {
  it.each(
    [
      ["deals.win_rate", 1, 3, 33.3],
      ["deals.win_rate", 2, 3, 66.7],
      ["deals.win_rate", 1, 800, 0.1],
      ["deals.win_rate", 1, 2_000, 0.1],
      ["deals.win_rate", 1, 2_001, 0],
      ["deals.win_rate", 0, 0, null],
      ["deals.avg_value", 5, 2, 0.03],
      ["deals.avg_value", -5, 2, -0.03],
      ["deals.avg_value", -1, 3, 0],
      ["deals.avg_value", 0, 0, null],
      ["deals.pipeline_value", 0, 0, 0],
      ["deals.pipeline_value", 99_999_999_999_999, 0, 999_999_999_999.99],
      ["deals.avg_time_to_close", 129_600_000, 1, 1.5],
      ["deals.avg_time_to_close", 4_320_000, 1, 0.1],
      ["deals.avg_time_to_close", 4_319_999, 1, 0],
      ["leads.avg_time_to_first_call", 45_000, 1, 0.8],
      ["calls.talk_time_over_time", 3, 0, 0.1],
      ["calls.avg_duration", 5, 2, 2.5]
    ] as const
  )("%s with the numerator %d and the denominator %d is shown as %s", (id, n, d, value) => {
    assert.strictEqual(numberOf(all[id], valueOf(all[id], { numerator: BigInt(n), denominator: BigInt(d) })), value)
  })
  it.each([
    [4, 1, 300],
    [55_000_00, 80_000_00, -31.3],
    [1, 3, -66.7],
    [-1, 2, -150],
    [1, -2, 150],
    [8_003, 8_000, 0],
    [8_004, 8_000, 0.1],
    [7_996, 8_000, -0.1],
    [1, 0, null],
    [null, 1, null],
    [1, null, null]
  ])("deltaPct of the value %s after %s is %s", (value, previous, change) => {
    const asBigInt = (amount: number | null) => amount === null ? null : BigInt(amount)
    assert.strictEqual(deltaPct(asBigInt(value), asBigInt(previous)), change)
  })
})

describe("order", () => {
  it("strings are sorted by code point", () => {
    const shuffled = ["\u{1f680}", "b", "\uff5e", "B", "a", "", "ab", "Ä"]
    assert.deepStrictEqual(shuffled.toSorted(byCodePoint), ["", "B", "a", "ab", "b", "Ä", "\uff5e", "\u{1f680}"])
    const rockets = ["\u{1f680}b", "\u{1f681}", "\u{1f680}", "\u{1f680}a"]
    assert.deepStrictEqual(rockets.toSorted(byCodePoint), ["\u{1f680}", "\u{1f680}a", "\u{1f680}b", "\u{1f681}"])
  })
  it.effect("categories are sorted by value, then label, then key", () =>
    Effect.gen(function*() {
      const sources = ["web", "\u{1f680}", "\uff5e", null, "Web", "web"]
      const leads = sources.map((source, index) => lead(`${index}`, "2024-05-02", { source }))
      assert.deepStrictEqual(
        essence(yield* counted({ ...noTables, leads }, { metricId: "leads.by_source", timeframe: may })),
        [["web", "Web", 2], ["~none", "Unknown", 1], ["Web", "Web", 1], ["\uff5e", "\uff5e", 1], [
          "\u{1f680}",
          "\u{1f680}",
          1
        ]]
      )
    }))
  it.effect("known lead types come in their fixed order, then unknown types by code point, then ~none", () =>
    Effect.gen(function*() {
      const types = ["tenant", "seller", null, "Tenant"]
      const leads = types.map((leadType, index) => lead(`${index}`, "2024-05-02", { leadType }))
      assert.deepStrictEqual(
        essence(yield* counted({ ...noTables, leads }, { metricId: "leads.by_type", timeframe: may })),
        [["buyer", "Buyer", 0], ["seller", "Seller", 1], ["Tenant", "Tenant", 1], ["tenant", "Tenant", 1], [
          "~none",
          "Unknown",
          1
        ]]
      )
    }))
})

describe("groups of a timeseries", () => {
  const leads = many(
    11,
    (index) => many(index + 1, (row) => lead(`${index} ${row}`, "2024-05-02", { source: `s${index}` }))
  )
    .flat()
  const bySource = { metricId: "leads.created_over_time", groupBy: "source", timeframe: may }
  it.effect("a grouped timeseries shows the 8 largest groups, then the sum of the others as ~other", () =>
    Effect.gen(function*() {
      const extra = many(20, (row) => lead(`x${row}`, "2024-05-03", { source: `t${row}` }))
      const series = yield* counted({ ...noTables, leads: [...leads, ...extra] }, bySource)
      assert.deepStrictEqual(series.series.map(({ key }) => key), [
        "s10",
        "s9",
        "s8",
        "s7",
        "s6",
        "s5",
        "s4",
        "s3",
        "~other"
      ])
      assert.deepStrictEqual(series.series.at(-1), { key: "~other", label: "Other" })
      assert.strictEqual(
        series.points.flatMap((point) => "~other" in point ? [point["~other"]] : [])[0],
        1 + 2 + 3 + 20
      )
    }))
  it.effect("a grouped timeseries with 8 groups has no ~other", () =>
    Effect.gen(function*() {
      const series = yield* counted({
        ...noTables,
        leads: leads.filter(({ source }) => !["s0", "s1", "s2"].includes(source ?? ""))
      }, bySource)
      assert.deepStrictEqual(
        series.series.map(({ key }) => key),
        ["s10", "s9", "s8", "s7", "s6", "s5", "s4", "s3"]
      )
    }))
  it.effect("a grouped timeseries without rows has no groups and no points", () =>
    Effect.gen(function*() {
      const none = yield* counted(noTables, bySource)
      assert.deepStrictEqual([none.series, none.points], [[], []])
    }))
  it.effect("a timeseries grouped by status shows the largest groups in the fixed order of statuses", () =>
    Effect.gen(function*() {
      const statuses = ["unqualified", "client", "client", "a", "b", "c", "d", "e", "f", "lead"]
      const rows = statuses.map((status, index) => lead(`${index}`, "2024-05-02", { status }))
      const series = yield* counted({ ...noTables, leads: rows }, { ...bySource, groupBy: "status" })
      assert.deepStrictEqual(
        series.series.map(({ key }) => key),
        ["lead", "client", "a", "b", "c", "d", "e", "f", "~other"]
      )
    }))
})

describe("series without rows", () => {
  it.effect("a timeseries without rows has a zero for each bucket, except over all_time", () =>
    Effect.gen(function*() {
      const month = yield* counted(noTables, { metricId: "leads.created_over_time", timeframe: may })
      assert.deepStrictEqual(essence(month), [{ bucket: "2024-05-01", value: 0, partial: true }])
      const ever = yield* counted(noTables, { metricId: "leads.created_over_time", timeframe: { preset: "all_time" } })
      assert.deepStrictEqual([ever.points, ever.meta.window?.from], [[], null])
    }))
  it.effect("a stat for all_time has no previous value", () =>
    Effect.gen(function*() {
      const asked = { metricId: "leads.total", timeframe: { preset: "all_time" } }
      assert.deepStrictEqual(essence(yield* counted(office, asked)), [4, null, null])
    }))
  it.effect("a series with nobody in scope has no points and no stat", () =>
    Effect.gen(function*() {
      for (const metricId of ["leads.created_over_time", "leads.by_status", "leads.total", "team.leads_by_agent"]) {
        const { points, series, stat } = yield* counted(noTables, { metricId }, { assigneeIds: ["nobody"] })
        assert.deepStrictEqual({ points, series, stat }, { points: [], series: [], stat: null })
      }
    }))
})
