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

describe("filters are parsed defensively", () => {
  it.each<readonly [string, unknown, ReadonlyArray<unknown>, ReadonlyArray<string>]>([
    ["nothing", {}, [], []],
    ["null and [] are as if absent", { tag: null, source: [], hidden: null }, [], []],
    ["one value as a text", { source: "web" }, [["source", ["web"], false]], []],
    ["each value once, in an order of its own", { source: ["web", "a", "web"] }, [["source", ["a", "web"], false]], []],
    ["keys in an order of their own", { tag: hot, source: "web", status: "client" }, [
      ["source", ["web"], false],
      ["status", ["client"], false],
      ["tag", [hot], false]
    ], []],
    ["~none is rows without a value", { source: ["~none"], status: ["~none", "lead"] }, [
      ["source", [], true],
      ["status", ["lead"], true]
    ], []],
    ["there is no ~none of tags", { tag: ["~none"] }, [["tag", [], false]], []],
    ["uuids of any case", { tag: [hot.toUpperCase(), hot] }, [["tag", [hot], false]], []],
    ["bad uuids are dropped", { tag: [`{${hot}}`, hot.replaceAll("-", ""), ` ${hot}`, `${hot}\n`, "1", hot] }, [
      ["tag", [hot], false]
    ], []],
    ["only bad uuids match nothing", { tag: ["not a uuid"] }, [["tag", [], false]], []],
    ["a number", { source: 7 }, [["source", [], false]], []],
    ["true", { status: true }, [["status", [], false]], []],
    ["an object", { source: { _tag: "Literal", value: "1=1" } }, [["source", [], false]], []],
    ["an array of what is no text", { source: [7, null, ["web"], { select: 1 }] }, [["source", [], false]], []],
    ["a text beside what is none", { source: [7, "web"] }, [["source", ["web"], false]], []],
    ["an empty text is a value", { source: "" }, [["source", [""], false]], []],
    ["case and space matter", { source: ["Web", " web"] }, [["source", [" web", "Web"], false]], []],
    ["unknown keys are ignored", { b: "x", a: 1, Source: "web" }, [], ["Source", "a", "b"]],
    ["names of an object's properties are unknown keys", { constructor: "x", toString: "y" }, [], [
      "constructor",
      "toString"
    ]]
  ])("%s: %o", (_, given, applied, ignored) => {
    assert.deepStrictEqual(parsed(given), { applied, ignored })
  })
  it("__proto__ is an unknown key and changes no other object", () => {
    const given: { readonly [key: string]: unknown } = JSON.parse(`{"__proto__":{"source":"web"}}`)
    assert.deepStrictEqual(filtersOf(total, given), { applied: [], ignored: ["__proto__"] })
    assert.isUndefined(Object.getOwnPropertyDescriptor(Object.prototype, "source"))
  })
  it("belong to the metrics of leads only, and not to the time in a status", () => {
    const filtered = [...metricsById].filter(([, { filters }]) => filters !== undefined).map(([id]) => id)
    const leads = [...metricsById.keys()].filter((id) => id.startsWith("leads.") && id !== "leads.avg_time_in_status")
    assert.deepStrictEqual(filtered, leads)
    assert.deepStrictEqual(parsed({ source: "web" }, all["leads.avg_time_in_status"]), {
      applied: [],
      ignored: ["source"]
    })
  })
})

describe("filters narrow the leads", () => {
  const totalOf = (filters: { readonly [key: string]: unknown }) =>
    counted(office, { metricId: "leads.total", timeframe: { preset: "this_month" }, filters }, {
      assigneeIds: ["ana", "bo"]
    })
  it.effect.each<readonly [string, { readonly [key: string]: unknown }, number]>([
    ["without any", {}, 4],
    ["by one tag", { tag: hot }, 3],
    ["any of the values of a key", { tag: [hot, vip] }, 3],
    ["a tag that nobody has", { tag: other }, 0],
    ["all of the keys", { tag: vip, source: "web" }, 1],
    ["keys that no lead answers together", { tag: vip, source: "portal" }, 0],
    ["by a stored value that is unknown to us", { status: "on_hold" }, 1],
    ["by a value that is stored nowhere", { status: "gone" }, 0],
    ["by no source", { source: "~none" }, 1],
    ["by a source or none", { source: ["portal", "~none"] }, 2],
    ["never wider for a key without a valid value", { tag: ["x"] }, 0],
    ["by a tag that only somebody else's lead has together with it", { tag: hot, status: "client" }, 1]
  ])("%s: %o leaves %i", ([, filters, expected]) =>
    Effect.gen(function*() {
      assert.strictEqual((yield* totalOf(filters)).stat?.value, expected)
    }))
  it.effect("and are told in meta, with ~none last", () =>
    Effect.gen(function*() {
      const { meta } = yield* totalOf({ source: ["~none", "web"], tag: ["x"], hidden: "y" })
      assert.deepStrictEqual(meta.filters, { applied: { source: ["web", "~none"], tag: [] }, ignored: ["hidden"] })
    }))
  it.effect("by tag: all tags of the leads kept are shown", () =>
    Effect.gen(function*() {
      const timeframe = { preset: "this_month" }
      const series = yield* counted(office, { metricId: "leads.by_tag", timeframe, filters: { tag: vip } })
      assert.deepStrictEqual(series.points.map((point) => "category" in point && point.category), [vip, hot])
    }))
})
