import { afterAll, assert, describe, it } from "@effect/vitest"
import { colorsOf } from "../../src/presentation/Look.ts"
import { dark, light } from "../../src/presentation/themes.ts"
import { lead, member, noTables } from "../../src/testing/rows.ts"
import { exportsOver } from "../support/exports.ts"

const sources = ["ads", "email", "fair", "phone", "portal", "referral", "social", "walk_in", "website"]

const { ask, dispose, post } = exportsOver({
  ...noTables,
  members: [member("ana", "Ana")],
  leads: sources.flatMap((source, index) =>
    Array.from(
      { length: index + 1 },
      (_, at) => lead(`${source}${at}`, "2024-05-02", { ownerId: "ana", source, status: index > 4 ? "client" : "lead" })
    )
  )
}, new Date("2024-05-17T09:30:00Z"))
afterAll(dispose)

const ana = { organizationId: "org", userId: "ana", role: "member" } as const
const donut = { instanceId: "1", metricId: "leads.by_source", chart: "donut" }

/** Returns the color of each name in the legend of a donut. */
const legendOf = (svg: string): ReadonlyMap<string, string> =>
  new Map([...svg.matchAll(/<circle [^>]*fill="(#\w{6})"[^>]*><\/circle>\s*<text [^>]*>([^<]+)</g)].map((
    [, color = "", name = ""]
  ) => [name, color]))

const legendIn = async (request: object = {}, query = "") => {
  const { bytes } = await post(ana, `/metrics/run${query}`, { widgets: [donut], ...request }, "image/svg+xml")
  return legendOf(bytes.toString())
}

const assertKept = (all: ReadonlyMap<string, string>, some: ReadonlyMap<string, string>) => {
  for (const [name, color] of some) assert.strictEqual(color, all.get(name), name)
}

describe("the colors of values", () => {
  it("a donut with nine sources has nine colors, and none of them is the color of the rest", async () => {
    const colors = [...(await legendIn()).values()]
    assert.strictEqual(new Set(colors).size, 9)
    assert.notInclude(colors, light.colors.slate)
  })

  it("a source keeps its color if a filter leaves out other sources", async () => {
    const all = await legendIn()
    const two = await legendIn({ filters: { source: ["portal", "fair"] } })
    assert.deepStrictEqual([...two.keys()], ["Portal", "Fair"])
    assertKept(all, two)
    const clients = await legendIn({ filters: { status: ["client"] } })
    assert.strictEqual(clients.size, 4)
    assertKept(all, clients)
  })

  it("a source keeps its color in a picture that has room for few sources only", async () => {
    const few = new Map(await legendIn({}, "?width=200"))
    const rest = [...few.keys()].at(-1) ?? ""
    assert.match(rest, /^\d more$/)
    assert.strictEqual(few.get(rest), light.colors.slate)
    few.delete(rest)
    assertKept(await legendIn(), few)
  })

  it("a source has the same color in a run, in a file of its report and in a file of a snapshot", async () => {
    const layout = { widgets: [{ ...donut, x: 0, y: 0, w: 12, h: 9 }] }
    const idOf = ({ bytes }: { readonly bytes: Buffer }) => String(JSON.parse(bytes.toString()).id)
    const report = idOf(await post(ana, "", { title: "Sources", layout }))
    const snapshot = idOf(await post(ana, `/${report}/snapshots`, {}))
    const files = [`/${report}/export?format=svg`, `/snapshots/${snapshot}/export?format=svg`]
    const legends = await Promise.all(files.map(async (path) => legendOf((await ask(ana, path)).bytes.toString())))
    const run = await legendIn()
    for (const legend of legends) assert.deepStrictEqual(legend, run)
  })

  it("the line of an ungrouped number is blue, and no two of nine unlisted values have the same color", () => {
    assert.deepStrictEqual(colorsOf(["value"], { details: {}, theme: dark }), [dark.colors.blue])
    assert.strictEqual(new Set(colorsOf(sources, { details: {}, theme: dark })).size, 9)
  })

  it("the colors of unlisted values do not depend on their order, and more than nine values repeat colors", () => {
    const look = { details: { colors: { client: "green" } }, theme: light } as const
    const forward = colorsOf(["b", "client", "a"], look)
    assert.deepStrictEqual(colorsOf(["a", "client", "b"], look), forward.toReversed())
    assert.strictEqual(forward[1], light.colors.green)
    const many = colorsOf(Array.from({ length: 30 }, (_, index) => `value ${index}`), look)
    assert.strictEqual(new Set(many).size, 8)
    assert.notInclude(many, light.colors.green)
  })
})
