import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { time } from "../../src/testing/rows.ts"
import { counted, essence } from "../support/counted.ts"
import { now, openDeal, tables } from "../support/forecast.ts"

const expected = { metricId: "deals.expected_value_over_time" }
const overdue = { metricId: "deals.overdue_close" }

const inMemory = (widget: typeof expected & Partial<WidgetRequest>, at = now) =>
  counted(tables, widget, {
    assigneeIds: ["ana", "bo"],
    now: at
  })

describe("timeframes of the forecast", () => {
  it.effect("`all_time` runs from the first to the last month with an expected deal", () =>
    Effect.gen(function*() {
      const { meta, ...series } = yield* inMemory({ ...expected, timeframe: { preset: "all_time", bucket: "month" } })
      const points = series.shape === "timeseries" ? series.points : []
      assert.deepStrictEqual(points.map(({ bucket, value }) => [bucket, value]), [
        ["2024-05-01", 200.05],
        ["2024-06-01", 30.5],
        ["2024-07-01", 0],
        ["2024-08-01", 5_004]
      ])
      assert.deepInclude(meta.window, { to: "2024-08-31T22:00:00.000Z" })
    }))

  it.effect("a timeframe of the past counts nothing, and a deal of today counts in another time zone, too", () =>
    Effect.gen(function*() {
      const timeframe = { preset: "last_month", bucket: "month" }
      assert.deepStrictEqual(essence(yield* inMemory({ ...expected, timeframe })), [{ bucket: "2024-04-01", value: 0 }])
      const inUtc = { preset: "custom", from: "2024-05-17", to: "2024-05-17", bucket: "day", timeZone: "UTC" }
      assert.deepStrictEqual(essence(yield* inMemory({ ...expected, timeframe: inUtc })), [
        { bucket: "2024-05-17", value: 200.05, partial: true }
      ])
    }))

  it.effect("deals after the last bucket of `all_time` make the buckets larger", () =>
    Effect.gen(function*() {
      const far = { ...tables, deals: [openDeal("near", 1, "2024-06-01"), openDeal("far", 2, "2034-06-01")] }
      const timeframe = { preset: "all_time", bucket: "day" }
      const series = yield* counted(far, { ...expected, timeframe }, { now })
      assert.strictEqual(series.meta.window?.bucket, "week")
      const points: ReadonlyArray<object> = series.points
      assert.deepInclude(points.at(-1), { bucket: "2034-05-29", value: 2 })
    }))

  it.effect.each(["next_month", "next_quarter", "next_90d"])(
    "%s is invalid for every other metric",
    (preset) =>
      Effect.gen(function*() {
        const timeframe = { preset, bucket: "month" }
        assert.strictEqual(
          essence(yield* inMemory({ metricId: "deals.won_over_time", timeframe })),
          "invalid_timeframe"
        )
        assert.notStrictEqual(essence(yield* inMemory({ ...expected, timeframe })), "invalid_timeframe")
      })
  )

  it.effect("the number is compared with no time before", () =>
    Effect.gen(function*() {
      const series: MetricSeries = yield* inMemory({ ...expected, comparePrevious: true })
      assert.isUndefined(series.meta.previousWindow)
      assert.isFalse("previousPoints" in series)
    }))

  it.effect("a deal becomes overdue at midnight of the organization", () =>
    Effect.gen(function*() {
      const before = yield* inMemory(overdue, time("2024-05-17T21:59:59.999"))
      const after = yield* inMemory(overdue, time("2024-05-17T22:00"))
      assert.deepStrictEqual([before.meta.deals, after.meta.deals], [1, 2])
    }))

  it.effect("the deals without a date are those of the selected people and filters", () =>
    Effect.gen(function*() {
      const of = (asked: Partial<WidgetRequest>, assigneeIds: ReadonlyArray<string>) =>
        Effect.map(counted(tables, { ...expected, ...asked }, { assigneeIds, now }), ({ meta }) => meta.withoutDate)
      assert.deepStrictEqual(yield* of({}, ["ana"]), { count: 2, total: 60_000 })
      assert.deepStrictEqual(yield* of({}, ["bo"]), { count: 0, total: 0 })
      assert.deepStrictEqual(yield* of({ filters: { leadSource: "web" } }, ["ana"]), { count: 0, total: 0 })
    }))

  it.effect("all open deals decide the currency, also those outside the timeframe", () =>
    Effect.gen(function*() {
      const deals = [
        openDeal("next month", 1, "2024-06-01", { currency: "USD" }),
        ...["one", "other"].map((id) => openDeal(id, 2, null))
      ]
      const { meta } = yield* counted({ ...tables, deals }, expected, { now })
      assert.deepInclude(meta, { currency: "EUR", excluded: [{ currency: "USD", count: 1, total: 1 }] })
    }))
})
