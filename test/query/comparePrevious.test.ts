import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { MetricSeries } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, euros, lead, member, noTables, time } from "../../src/testing/rows.ts"
import { type Asked, counted } from "../support/counted.ts"
import { office } from "../support/office.ts"
import { caller } from "../support/TestApp.ts"

const everybody = { assigneeIds: ["ana", "bo", "cy", "ed"] }
const compared: Asked = {
  metricId: "leads.created_over_time",
  comparePrevious: true,
  timeframe: { preset: "this_month", bucket: "week" }
}

const previousOf = (series: MetricSeries) => series.shape === "timeseries" ? series.previousPoints : undefined

/** In May, `a` has ten leads, `b` nine, and so on to `i` with two. In April, each has one lead, and `gone` has two. */
const sources = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
const manySources: Tables = {
  ...noTables,
  members: [member("ana", "Ana")],
  leads: [
    ...sources.flatMap((source, at) => [
      ...Array.from({ length: 10 - at }, (_, index) => lead(`${source}${index}`, "2024-05-02", { source })),
      lead(`${source} before`, "2024-04-02", { source })
    ]),
    lead("gone 1", "2024-04-02", { source: "gone" }),
    lead("gone 2", "2024-04-03", { source: "gone" })
  ]
}

describe("a comparison with the previous window", () => {
  it.effect("previous points of this_month count last month up to the same elapsed time", () =>
    Effect.gen(function*() {
      const series = yield* counted(office, compared, everybody)
      assert.deepStrictEqual(series.points, [
        { bucket: "2024-04-29", value: 2, partial: true },
        { bucket: "2024-05-06", value: 1 },
        { bucket: "2024-05-13", value: 1, partial: true }
      ])
      assert.deepStrictEqual(previousOf(series), [
        { bucket: "2024-04-01", value: 0 },
        { bucket: "2024-04-08", value: 1 },
        { bucket: "2024-04-15", value: 0, partial: true }
      ])
      assert.deepStrictEqual(series.meta.previousWindow, {
        from: "2024-04-01T00:00:00.000Z",
        to: "2024-04-17T09:30:00.001Z"
      })
    }))

  it.effect("comparePrevious adds previous points to a widget and does not change its points", () =>
    Effect.gen(function*() {
      const series = yield* counted(office, compared, everybody)
      const { comparePrevious: _compared, ...plain } = compared
      const alone = yield* counted(office, plain, everybody)
      assert.deepStrictEqual(alone, yield* counted(office, { ...plain, comparePrevious: false }, everybody))
      assert.isUndefined(previousOf(alone))
      assert.isUndefined(alone.meta.previousWindow)
      assert.deepStrictEqual([alone.series, alone.points], [series.series, series.points])
    }))

  it.effect("~other of the previous points counts all sources that have no series in the current window", () =>
    Effect.gen(function*() {
      const month = { preset: "this_month", bucket: "month" }
      const series = yield* counted(manySources, { ...compared, groupBy: "source", timeframe: month })
      assert.deepStrictEqual(series.series.map(({ key }) => key), [...sources.slice(0, 8), "~other"])
      assert.deepStrictEqual(previousOf(series), [{
        bucket: "2024-04-01",
        ...Object.fromEntries(sources.slice(0, 8).map((source) => [source, 1])),
        "~other": 3,
        partial: true
      }])
    }))

  it.effect("a source that has leads only in the previous window has a series after the others, if there is room", () =>
    Effect.gen(function*() {
      const leads = [
        lead("now", "2024-05-02", { source: "web" }),
        ...["fair", "fair", "mail"].map((source, index) => lead(`before ${index}`, "2024-04-02", { source }))
      ]
      const asked = { ...compared, groupBy: "source", timeframe: { preset: "this_month", bucket: "month" } } as const
      const series = yield* counted({ ...noTables, members: [member("ana", "Ana")], leads }, asked)
      assert.deepStrictEqual(series.series, [
        { key: "web", label: "Web" },
        { key: "fair", label: "Fair" },
        { key: "mail", label: "Mail" }
      ])
      assert.deepStrictEqual(series.points, [{ bucket: "2024-05-01", web: 1, fair: 0, mail: 0, partial: true }])
      assert.deepStrictEqual(previousOf(series), [
        { bucket: "2024-04-01", web: 0, fair: 2, mail: 1, partial: true }
      ])
    }))

  it.effect("~other counts the sources of the previous window for which eight series leave no room", () =>
    Effect.gen(function*() {
      const leads = [
        lead("now", "2024-05-02", { source: "web" }),
        ...sources.flatMap((source, at) =>
          Array.from({ length: 10 - at }, (_, index) => lead(`${source}${index}`, "2024-04-02", { source }))
        )
      ]
      const asked = { ...compared, groupBy: "source", timeframe: { preset: "this_month", bucket: "month" } } as const
      const series = yield* counted({ ...noTables, members: [member("ana", "Ana")], leads }, asked)
      assert.deepStrictEqual(series.series.map(({ key }) => key), ["web", ...sources.slice(0, 7), "~other"])
      assert.deepStrictEqual(previousOf(series)?.map(({ "~other": rest, a, web }) => [web, a, rest]), [[0, 10, 5]])
    }))

  it.effect("previous points leave out the rows of people outside the scope", () =>
    Effect.gen(function*() {
      const tables = {
        ...noTables,
        members: [member("ana", "Ana"), member("user_2", "Bo")],
        leads: [lead("own", "2024-04-02"), lead("of another", "2024-04-02", { ownerId: "user_2" })]
      }
      const month = { preset: "this_month", bucket: "month" }
      const series = yield* counted(tables, { ...compared, timeframe: month }, { assigneeIds: ["ana"] })
      assert.deepStrictEqual(previousOf(series), [{ bucket: "2024-04-01", value: 1, partial: true }])
    }))

  it.effect("previous points of money are in the currency of the current window", () =>
    Effect.gen(function*() {
      const won = (id: string, closedAt: string, currency: string, price: number) =>
        deal(id, "2024-03-01", { status: "won", closedAt: time(closedAt), currency, price: euros(price) })
      const deals = [
        won("1", "2024-05-02", "USD", 10),
        won("2", "2024-04-02", "USD", 7),
        won("3", "2024-04-03", "EUR", 5),
        won("4", "2024-04-03", "EUR", 5)
      ]
      const tables = { ...noTables, members: [member("ana", "Ana")], deals }
      const month = { preset: "this_month", bucket: "month" }
      const series = yield* counted(tables, { ...compared, metricId: "deals.won_value_over_time", timeframe: month })
      assert.deepStrictEqual([series.meta.currency, previousOf(series)], [
        "USD",
        [{ bucket: "2024-04-01", value: 7, partial: true }]
      ])
    }))

  it.effect("all_time has no previous window and no previous points", () =>
    Effect.gen(function*() {
      const series = yield* counted(office, { ...compared, timeframe: { preset: "all_time", bucket: "month" } })
      assert.isUndefined(series.error)
      assert.isNotEmpty(series.points)
      assert.isUndefined(previousOf(series))
    }))

  it.effect("a window that begins in the future has no previous points", () =>
    Effect.gen(function*() {
      for (const bucket of ["day", "month", "year"]) {
        const timeframe = { preset: "custom", from: "2025-01-15", to: "2025-01-31", bucket }
        const series = yield* counted(office, { ...compared, timeframe })
        assert.deepStrictEqual([series.points, previousOf(series)], [[], []])
      }
    }))

  it.effect("a member's previous points count only the member's own rows when assigneeIds names other people", () =>
    Effect.gen(function*() {
      const ownOf = (userId: string) =>
        counted(office, compared, { caller: caller("member", userId), assigneeIds: ["ana", "dora"] })
      assert.deepStrictEqual(previousOf(yield* ownOf("ana"))?.map(({ value }) => value), [0, 1, 0])
      assert.deepStrictEqual(previousOf(yield* ownOf("bo"))?.map(({ value }) => value), [0, 0, 0])
    }))

  it.effect.each(["leads.total", "leads.by_status", "deals.by_stage", "team.leads_by_agent"])(
    "comparePrevious gives unsupported_comparison for %s, which is no timeseries",
    (metricId) =>
      Effect.gen(function*() {
        const { error } = yield* counted(office, { metricId, comparePrevious: true })
        assert.deepStrictEqual(error, {
          code: "unsupported_comparison",
          message: `\`comparePrevious\`: ${metricId} is not a timeseries.`
        })
      })
  )
})
