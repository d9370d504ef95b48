import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import type { WidgetRequest } from "../../../src/domain/Run.ts"
import { shape } from "../../../src/query/series/shape.ts"
import { resultsOf } from "../../../src/services/run/widgets.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { people, planFor, thisMonth } from "../../proof/statements.ts"
import { ask, inMemory } from "../../support/ask.ts"
import { admin, counted } from "../../support/counted.ts"
import { asOf, hot, office } from "../../support/office.ts"

const widget: WidgetRequest = {
  instanceId: "first",
  metricId: "leads.created_over_time",
  chart: "area",
  timeframe: { preset: "this_month", bucket: "week" }
}
const total: WidgetRequest = { ...widget, metricId: "leads.total", chart: "stat" }

const april = { from: "2024-04-01", to: "2024-04-30" }

const twins: ReadonlyArray<readonly [string, WidgetRequest, WidgetRequest]> = [
  ["a filter", widget, { ...widget, filters: { tag: hot } }],
  ["a filter's value", { ...total, filters: { source: "web" } }, { ...total, filters: { source: "portal" } }],
  ["the value ~none of a filter", { ...total, filters: { source: "web" } }, {
    ...total,
    filters: { source: ["web", "~none"] }
  }],
  ["an ignored filter", { ...total, filters: { a: "x" } }, { ...total, filters: { b: "x" } }],
  ["the grouping", { ...widget, groupBy: "status" }, { ...widget, groupBy: "source" }],
  ["the presence of a grouping", { ...widget, groupBy: "assignee" }, widget],
  ["a comparison", widget, { ...widget, comparePrevious: true }],
  ["the bucket", widget, { ...widget, timeframe: { preset: "this_month", bucket: "day" } }],
  ["the time zone", widget, { ...widget, timeframe: { preset: "this_month", bucket: "week", timeZone: "Etc/UTC" } }],
  ["the start of the week", widget, { ...widget, timeframe: { preset: "this_month", bucket: "week", weekStart: 3 } }],
  ["the window", total, { ...total, timeframe: { preset: "last_month" } }],
  ["only the previous window", { ...total, timeframe: { preset: "last_month" } }, {
    ...total,
    timeframe: { preset: "custom", ...april }
  }]
]

const batch = (...widgets: ReadonlyArray<WidgetRequest>) =>
  ask({ caller: admin, request: { widgets } }).pipe(Effect.provide(inMemory(office)), fixedClock(asOf))

describe("a run of several widgets", () => {
  it.effect.each(twins)(
    "two widgets that differ in %s have the same results in one run as in separate runs",
    ([, one, other]) =>
      Effect.gen(function*() {
        const answers = yield* batch(one, { ...other, instanceId: "second" })
        assert.deepStrictEqual(answers, [
          { ...(yield* counted(office, one)), instanceId: "first" },
          { ...(yield* counted(office, other)), instanceId: "second" }
        ])
        assert.notDeepEqual(JSON.stringify(answers[0]), JSON.stringify({ ...answers[1], instanceId: "first" }))
      })
  )
  it.effect("the results of a run are in the order of its widgets, also when some widgets fail", () =>
    Effect.gen(function*() {
      const answers = yield* batch(
        { ...total, instanceId: "b" },
        { ...total, instanceId: "a", metricId: "nothing" },
        { ...total, instanceId: "d", chart: "pie" },
        { ...widget, instanceId: "c", groupBy: "constructor" },
        { ...total, instanceId: "e", timeframe: { preset: "never" } },
        { ...widget, instanceId: "f", timeframe: { preset: "custom", from: "2000-01-01", to: "2024-01-01" } },
        { ...total, instanceId: "g" }
      )
      assert.deepStrictEqual(answers.map(({ error, instanceId }) => [instanceId, error?.code]), [
        ["b", undefined],
        ["a", "unknown_metric"],
        ["d", "unsupported_chart"],
        ["c", "unsupported_group_by"],
        ["e", "invalid_timeframe"],
        ["f", "too_many_buckets"],
        ["g", undefined]
      ])
      assert.deepStrictEqual(answers.map(({ shape }) => shape), [
        "stat",
        "stat",
        "stat",
        "timeseries",
        "stat",
        "timeseries",
        "stat"
      ])
    }))
  it.effect("a widget with a timeframe uses no field of the request's timeframe", () =>
    Effect.gen(function*() {
      const { timeframe: _timeframe, ...bare } = total
      const timeframe = { preset: "last_month", bucket: "week", timeZone: "Asia/Tokyo" }
      const request = {
        widgets: [bare, { ...total, instanceId: "own", timeframe: { preset: "this_month" } }],
        timeframe
      }
      const answers = yield* ask({ caller: admin, request }).pipe(Effect.provide(inMemory(office)), fixedClock(asOf))
      assert.deepStrictEqual(
        answers.map(({ meta }) => [meta.window?.from, meta.window?.timeZone, meta.window?.bucket]),
        [
          ["2024-03-31T15:00:00.000Z", "Asia/Tokyo", "week"],
          ["2024-05-01T00:00:00.000Z", "UTC", "day"]
        ]
      )
      const [neither] = yield* batch(bare)
      assert.deepStrictEqual(neither?.meta.window, {
        from: "2024-04-18T00:00:00.000Z",
        to: "2024-05-18T00:00:00.000Z",
        timeZone: "UTC",
        weekStart: 1,
        bucket: "day"
      })
    }))
})

it("a widget whose plan was not computed gets the error unavailable", () => {
  const asked = { id: "leads.total", groupBy: undefined, userIds: people(1) } as const
  const computed = planFor({ ...asked, timeframe: thisMonth })
  const forgotten = planFor({ ...asked, timeframe: { preset: "last_month" } })
  const results = resultsOf(
    [computed, forgotten, computed].map((plan, index) => ({ instanceId: `${index}`, result: Result.succeed(plan) })),
    [{ plan: computed, series: shape(computed, []) }]
  )
  assert.deepStrictEqual(
    results.map(({ error, instanceId }) => [instanceId, error?.code]),
    [["0", undefined], ["1", "unavailable"], ["2", undefined]]
  )
})
