import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { all, metricsById } from "../../src/metrics/all.ts"
import { appliedValues, bothOf, filtersOf } from "../../src/query/Filters.ts"
import { counted } from "../support/counted.ts"
import { hot, office, vip } from "../support/office.ts"

const total = all["leads.total"]
const other = "99999999-9999-4999-8999-999999999999"

const parsed = (given: unknown, metric: typeof total | (typeof all)["leads.avg_time_in_status"] = total) => {
  const { applied, ignored } = filtersOf(metric, JSON.parse(JSON.stringify(given)))
  const triples: ReadonlyArray<unknown> = applied.map(({ key, orNone, values }) => [key, values, orNone])
  return { applied: triples, ignored }
}

describe("parsing of filters", () => {
  it.each<readonly [string, unknown, ReadonlyArray<unknown>, ReadonlyArray<string>]>([
    ["an empty object has no filter", {}, [], []],
    ["a filter that is null or an empty list is left out", { tag: null, source: [], hidden: null }, [], []],
    ["a filter may be one text instead of a list", { source: "web" }, [["source", ["web"], false]], []],
    [
      "the values of a filter are sorted and unique",
      { source: ["web", "a", "web"] },
      [["source", ["a", "web"], false]],
      []
    ],
    ["several filters apply together", { tag: hot, source: "web", status: "client" }, [
      ["source", ["web"], false],
      ["status", ["client"], false],
      ["tag", [hot], false]
    ], []],
    ["~none stands for rows without a value", { source: ["~none"], status: ["~none", "lead"] }, [
      ["source", [], true],
      ["status", ["lead"], true]
    ], []],
    ["~none is no value of the filter tag", { tag: ["~none"] }, [["tag", [], false]], []],
    ["tag ids that differ only in case are one value", { tag: [hot.toUpperCase(), hot] }, [["tag", [hot], false]], []],
    ["malformed tag ids beside a valid one are left out", {
      tag: [`{${hot}}`, hot.replaceAll("-", ""), ` ${hot}`, `${hot}\n`, "1", hot]
    }, [
      ["tag", [hot], false]
    ], []],
    ["a filter with only malformed tag ids applies without values", { tag: ["not a uuid"] }, [["tag", [], false]], []],
    ["a filter that is a number applies without values", { source: 7 }, [["source", [], false]], []],
    ["a filter that is a boolean applies without values", { status: true }, [["status", [], false]], []],
    ["a filter that is an object applies without values", { source: { _tag: "Literal", value: "1=1" } }, [[
      "source",
      [],
      false
    ]], []],
    ["a list without a text applies without values", { source: [7, null, ["web"], { select: 1 }] }, [[
      "source",
      [],
      false
    ]], []],
    [
      "a filter with a number and a text uses only the text",
      { source: [7, "web"] },
      [["source", ["web"], false]],
      []
    ],
    ["an empty text is a filter value", { source: "" }, [["source", [""], false]], []],
    ["texts that differ in case or spaces are different values", { source: ["Web", " web"] }, [["source", [
      " web",
      "Web"
    ], false]], []],
    ["unknown filters are ignored", { b: "x", a: 1, Source: "web" }, [], ["Source", "a", "b"]],
    ["filters named constructor and toString are ignored", { constructor: "x", toString: "y" }, [], [
      "constructor",
      "toString"
    ]],
    ["an unknown filter whose name cannot be stored is left out", { "a\u0000b": "x", "\ud800": "y", b: "z" }, [], ["b"]]
  ])("%s", (_, given, applied, ignored) => {
    assert.deepStrictEqual(parsed(given), { applied, ignored })
  })
  it("a filter named __proto__ is ignored and does not change Object.prototype", () => {
    const given: { readonly [key: string]: unknown } = JSON.parse(`{"__proto__":{"source":"web"}}`)
    assert.deepStrictEqual(filtersOf(total, given), { applied: [], ignored: ["__proto__"] })
    assert.isUndefined(Object.getOwnPropertyDescriptor(Object.prototype, "source"))
  })
  it("filters of leads exist for every metric of leads except leads.avg_time_in_status, and of deals for every metric of deals", () => {
    const withFilter = (name: string) =>
      [...metricsById].flatMap(([id, { filters = {} }]) => name in filters ? [id] : [])
    const leads = [...metricsById.keys()].filter((id) => id.startsWith("leads.") && id !== "leads.avg_time_in_status")
    assert.deepStrictEqual(withFilter("source"), leads)
    assert.deepStrictEqual(withFilter("leadSource"), [...metricsById.keys()].filter((id) => id.startsWith("deals.")))
    assert.deepStrictEqual(parsed({ source: "web" }, all["leads.avg_time_in_status"]), {
      applied: [],
      ignored: ["source"]
    })
  })
})

describe("filters of a widget and of its view", () => {
  const both = (widget: unknown, view: unknown): ReadonlyArray<unknown> => {
    const { applied, ignored, invalid } = bothOf(filtersOf(total, widget), filtersOf(total, view))
    return [applied.map(({ key, orNone, values }) => [key, values, orNone]), ignored, invalid]
  }
  it.each<readonly [string, unknown, unknown, ReadonlyArray<unknown>]>([
    ["different keys apply together", { source: "web" }, { status: "lead" }, [
      ["source", ["web"], false],
      ["status", ["lead"], false]
    ]],
    ["of two lists of sources, the common ones apply", { source: ["web", "portal"] }, { source: ["portal", "fair"] }, [
      ["source", ["portal"], false]
    ]],
    ["two lists without a common source match nothing", { source: "web" }, { source: ["portal", "~none"] }, [
      ["source", [], false]
    ]],
    ["~none applies if both have it", { source: ["~none", "web"] }, { source: ["~none"] }, [["source", [], true]]],
    ["of two lists of tags, one of which has all tags of the other, the shorter applies", { tag: [hot, vip] }, {
      tag: [vip]
    }, [["tag", [vip], false]]],
    [
      "two lists of tags both apply",
      { tag: vip },
      { tag: hot },
      [["tag", [hot], false], ["tag", [vip], false]].toSorted()
    ]
  ])("%s", (_, widget, view, applied) => {
    assert.deepStrictEqual(both(widget, view), [applied, [], undefined])
    assert.deepStrictEqual(both(view, widget), [applied, [], undefined])
  })
  it("ignored keys of both are listed once, and filters of either that are not an object are invalid", () => {
    assert.deepStrictEqual(both({ b: "x", a: "x" }, { c: "x", a: "y" }), [[], ["a", "b", "c"], undefined])
    assert.deepStrictEqual(both("x", { source: "web" })[2], true)
    assert.deepStrictEqual(both({ source: "web" }, [1])[2], true)
  })
  it("a second filter by tag has its own place in the applied values", () => {
    const [first = "", second = ""] = [hot, vip].toSorted()
    const filters = bothOf(filtersOf(total, { tag: hot, source: "web" }), filtersOf(total, { tag: vip }))
    assert.deepStrictEqual(appliedValues(filters), {
      applied: { source: ["web"], tag: [first] },
      also: { tag: [second] }
    })
  })
  it.effect("leads.total with one tag in the widget and another in the view counts the leads with both tags", () =>
    Effect.gen(function*() {
      const timeframe = { preset: "this_month" }
      const valueOf = (widget: object, view: object) =>
        Effect.map(
          counted(office, { metricId: "leads.total", timeframe, filters: widget }, {
            assigneeIds: ["ana", "bo"],
            filters: view
          }),
          ({ stat }) => stat?.value
        )
      const expected = office.leads.filter(({ tagIds }) => tagIds.includes(hot) && tagIds.includes(vip)).length
      assert.strictEqual(yield* valueOf({ tag: hot }, { tag: vip }), expected)
      assert.strictEqual(yield* valueOf({ tag: vip }, { tag: hot }), expected)
      assert.strictEqual(yield* valueOf({ source: "web" }, { source: "portal" }), 0)
    }))
})

describe("filters of leads", () => {
  const totalOf = (filters: { readonly [key: string]: unknown }) =>
    counted(office, { metricId: "leads.total", timeframe: { preset: "this_month" }, filters }, {
      assigneeIds: ["ana", "bo"]
    })
  it.effect.each<readonly [string, number, { readonly [key: string]: unknown }]>([
    ["no filter", 4, {}],
    ["one tag", 3, { tag: hot }],
    ["either of two tags", 3, { tag: [hot, vip] }],
    ["an unused tag", 0, { tag: other }],
    ["a tag and a source", 1, { tag: vip, source: "web" }],
    ["a tag and a source that no lead combines", 0, { tag: vip, source: "portal" }],
    ["a stored status that the service does not know", 1, { status: "on_hold" }],
    ["a status that is stored nowhere", 0, { status: "gone" }],
    ["the absence of a source", 1, { source: "~none" }],
    ["a source or its absence", 2, { source: ["portal", "~none"] }],
    ["only an invalid tag", 0, { tag: ["x"] }],
    ["a tag and a status", 1, { tag: hot, status: "client" }]
  ])("leads.total filtered by %s is %i", ([, expected, filters]) =>
    Effect.gen(function*() {
      assert.strictEqual((yield* totalOf(filters)).stat?.value, expected)
    }))
  it.effect("meta.filters lists the applied and the ignored filters", () =>
    Effect.gen(function*() {
      const { meta } = yield* totalOf({ source: ["~none", "web"], tag: ["x"], hidden: "y" })
      assert.deepStrictEqual(meta.filters, { applied: { source: ["web", "~none"], tag: [] }, ignored: ["hidden"] })
    }))
  it.effect("leads.by_tag shows all tags of the leads that match a tag filter", () =>
    Effect.gen(function*() {
      const timeframe = { preset: "this_month" }
      const series = yield* counted(office, { metricId: "leads.by_tag", timeframe, filters: { tag: vip } })
      assert.deepStrictEqual(series.points.map((point) => "category" in point && point.category), [vip, hot])
    }))
})
