import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { all, metricsById } from "../src/metrics/all.ts"
import { filtersOf } from "../src/query/Filters.ts"
import { counted } from "./support/counted.ts"
import { hot, office, vip } from "./support/office.ts"

const total = all["leads.total"]
const other = "99999999-9999-4999-8999-999999999999"

const parsed = (given: unknown, metric: typeof total | (typeof all)["leads.avg_time_in_status"] = total) => {
  const { applied, ignored } = filtersOf(metric, JSON.parse(JSON.stringify(given)))
  const triples: ReadonlyArray<unknown> = applied.map(({ key, orNone, values }) => [key, values, orNone])
  return { applied: triples, ignored }
}

describe("parsing of filters", () => {
  it.each<readonly [string, unknown, ReadonlyArray<unknown>, ReadonlyArray<string>]>([
    ["no key", {}, [], []],
    ["null and []", { tag: null, source: [], hidden: null }, [], []],
    ["one value as a string", { source: "web" }, [["source", ["web"], false]], []],
    ["repeated values", { source: ["web", "a", "web"] }, [["source", ["a", "web"], false]], []],
    ["several keys", { tag: hot, source: "web", status: "client" }, [
      ["source", ["web"], false],
      ["status", ["client"], false],
      ["tag", [hot], false]
    ], []],
    ["~none", { source: ["~none"], status: ["~none", "lead"] }, [
      ["source", [], true],
      ["status", ["lead"], true]
    ], []],
    ["~none as a tag", { tag: ["~none"] }, [["tag", [], false]], []],
    ["uuids of both cases", { tag: [hot.toUpperCase(), hot] }, [["tag", [hot], false]], []],
    ["malformed uuids beside a valid one", {
      tag: [`{${hot}}`, hot.replaceAll("-", ""), ` ${hot}`, `${hot}\n`, "1", hot]
    }, [
      ["tag", [hot], false]
    ], []],
    ["malformed uuids only", { tag: ["not a uuid"] }, [["tag", [], false]], []],
    ["a number", { source: 7 }, [["source", [], false]], []],
    ["a boolean", { status: true }, [["status", [], false]], []],
    ["an object", { source: { _tag: "Literal", value: "1=1" } }, [["source", [], false]], []],
    ["an array without a string", { source: [7, null, ["web"], { select: 1 }] }, [["source", [], false]], []],
    ["an array of a number and a string", { source: [7, "web"] }, [["source", ["web"], false]], []],
    ["an empty string", { source: "" }, [["source", [""], false]], []],
    ["values that differ in case and spaces", { source: ["Web", " web"] }, [["source", [" web", "Web"], false]], []],
    ["unknown keys", { b: "x", a: 1, Source: "web" }, [], ["Source", "a", "b"]],
    ["keys named like prototype members", { constructor: "x", toString: "y" }, [], [
      "constructor",
      "toString"
    ]]
  ])("filters with %s, given as %o, apply %o and ignore %o", (_, given, applied, ignored) => {
    assert.deepStrictEqual(parsed(given), { applied, ignored })
  })
  it("a filter named __proto__ is ignored and does not change Object.prototype", () => {
    const given: { readonly [key: string]: unknown } = JSON.parse(`{"__proto__":{"source":"web"}}`)
    assert.deepStrictEqual(filtersOf(total, given), { applied: [], ignored: ["__proto__"] })
    assert.isUndefined(Object.getOwnPropertyDescriptor(Object.prototype, "source"))
  })
  it("filters exist for every metric of leads except leads.avg_time_in_status", () => {
    const filtered = [...metricsById].filter(([, { filters }]) => filters !== undefined).map(([id]) => id)
    const leads = [...metricsById.keys()].filter((id) => id.startsWith("leads.") && id !== "leads.avg_time_in_status")
    assert.deepStrictEqual(filtered, leads)
    assert.deepStrictEqual(parsed({ source: "web" }, all["leads.avg_time_in_status"]), {
      applied: [],
      ignored: ["source"]
    })
  })
})

describe("filters of leads", () => {
  const totalOf = (filters: { readonly [key: string]: unknown }) =>
    counted(office, { metricId: "leads.total", timeframe: { preset: "this_month" }, filters }, {
      assigneeIds: ["ana", "bo"]
    })
  it.effect.each<readonly [string, { readonly [key: string]: unknown }, number]>([
    ["nothing", {}, 4],
    ["one tag", { tag: hot }, 3],
    ["one of two tags", { tag: [hot, vip] }, 3],
    ["an unused tag", { tag: other }, 0],
    ["a tag and a source", { tag: vip, source: "web" }, 1],
    ["a tag and a source that no lead combines", { tag: vip, source: "portal" }, 0],
    ["an unknown status that is stored", { status: "on_hold" }, 1],
    ["a status that is stored nowhere", { status: "gone" }, 0],
    ["the absence of a source", { source: "~none" }, 1],
    ["a source or its absence", { source: ["portal", "~none"] }, 2],
    ["an invalid tag only", { tag: ["x"] }, 0],
    ["a tag and a status that only another person's lead combines", { tag: hot, status: "client" }, 1]
  ])("filtering by %s (%o) counts %i leads", ([, filters, expected]) =>
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
