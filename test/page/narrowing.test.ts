import { assert, describe, it } from "@effect/vitest"
import type { MetricSeries } from "../../src/page/api/wire.ts"
import { chosenIn, narrowed, narrowingOf, widened } from "../../src/page/choosing/narrowing.ts"

const meta: MetricSeries["meta"] = {
  unit: "count",
  scope: { kind: "everyone", members: 2 },
  filters: { applied: {}, ignored: [] },
  additive: true,
  asOf: "2026-05-17T12:00:00Z"
}

const keys = ["portal", "user_bea", "~none", "~other"]

const overTime: MetricSeries = {
  instanceId: "1",
  shape: "timeseries",
  series: keys.map((key) => ({ key, label: `Name of ${key}` })),
  points: [],
  stat: null,
  meta
}

const byCategory: MetricSeries = {
  instanceId: "1",
  shape: "category",
  series: [{ key: "value", label: "Leads" }],
  points: keys.map((category) => ({ category, label: `Name of ${category}`, value: 1 })),
  stat: null,
  meta
}

const dimension = (key: string) => ({ filters: ["tag", "source"], dimensions: [{ key, label: key, values: [] }] })

const of = (series: MetricSeries, key: string, value: string, isAdmin = true) =>
  narrowingOf(
    series,
    series.shape === "timeseries" ? { series: value, bucket: "2026-05-01" } : { category: value },
    dimension(key),
    key,
    isAdmin
  )

describe.each([["a series over time", overTime], ["a category", byCategory]])("%s", (_name, series) => {
  it.each([
    ["source", "portal", "source", "portal"],
    ["source", "~none", "source", "~none"],
    ["tag_ids", "portal", "tag", "portal"],
    ["assignee", "user_bea", "people", "user_bea"],
    ["person", "~none", "people", "~nobody"]
  ])("by %s, the value %s narrows the view to %s=%s", (by, value, key, wanted) => {
    assert.deepStrictEqual(of(series, by, value), { key, value: wanted, label: `Name of ${value}` })
  })

  it.each([
    ["source", "~other", "stands for several values"],
    ["source", "absent", "is not in the series"],
    ["tag_ids", "~none", "has no tag"],
    ["assignee", "~other", "stands for several people"],
    ["stage", "portal", "is of a dimension that is no filter of the metric"]
  ])("by %s, the value %s narrows nothing, because it %s", (by, value) => {
    assert.isUndefined(of(series, by, value))
  })

  it("a member cannot be narrowed to a person", () => {
    assert.isUndefined(of(series, "assignee", "user_bea", false))
    assert.isUndefined(of(series, "person", "~none", false))
  })
})

describe("the name below a chart over time", () => {
  const narrowingAt = ({ series }: { readonly series?: string }) =>
    series === undefined || series.startsWith("~") ? undefined : { key: "source", value: series, label: `L ${series}` }
  const chosen = (series: MetricSeries, value: string) => chosenIn(series, narrowingAt, (to) => to.value === value)

  it("the chosen name is that of the series to which the view is narrowed", () => {
    assert.deepStrictEqual(chosen(overTime, "user_bea"), {
      key: "user_bea",
      label: "L user_bea",
      to: { key: "source", value: "user_bea", label: "L user_bea" }
    })
    assert.isUndefined(chosen(overTime, "web"))
    assert.isUndefined(chosen(overTime, "~none"))
    assert.isUndefined(chosen(byCategory, "portal"))
  })
})

describe("a narrowed view", () => {
  it("keeps everything but the narrowed filter or people", () => {
    const view = { people: ["user_ana"], comparePrevious: true }
    const shown = { source: ["web", "portal"], tag: ["a"] }
    assert.deepStrictEqual(narrowed(view, shown, { key: "source", value: "web", label: "" }), {
      ...view,
      filters: { tag: ["a"], source: ["web"] }
    })
    assert.deepStrictEqual(narrowed(view, shown, { key: "people", value: "user_bea", label: "" }), {
      ...view,
      people: ["user_bea"]
    })
  })
})

describe("a view that is narrowed to one value", () => {
  const report = {
    defaultTimeframe: { preset: "last_30d" },
    defaultPeople: { assigneeIds: ["user_ana", "user_bea"] },
    defaultFilters: { source: ["web", "portal"], status: ["new"] }
  }
  const to = (key: string, value: string) => ({ key, value, label: "" })

  it("gets the choice of the report for it back, and keeps its other choices", () => {
    const view = { filters: { tag: ["a"], source: ["web"] }, people: ["user_bea"], comparePrevious: true }
    const [source, tag, people] = [to("source", "web"), to("tag", "a"), to("people", "user_bea")]
      .map((one) => widened(view, report, one))
    assert.deepStrictEqual(source, { ...view, filters: { tag: ["a"], source: ["web", "portal"] } })
    assert.deepStrictEqual(tag, { ...view, filters: { source: ["web"] } })
    assert.deepStrictEqual(people, { ...view, people: ["user_ana", "user_bea"] })
  })

  it.each([
    ["another value is chosen", { filters: { source: ["portal"] } }, to("source", "web")],
    ["more values are chosen", { filters: { source: ["web", "portal"] } }, to("source", "web")],
    ["no value is chosen", {}, to("tag", "a")],
    ["everyone is chosen", { people: "everyone" } as const, to("people", "user_ana")],
    ["the report itself is narrowed to it", {}, to("status", "new")]
  ])("is not widened if %s", (_why, view, narrowing) => {
    assert.isUndefined(widened(view, report, narrowing))
  })
})
