import { afterAll, assert, describe, it } from "@effect/vitest"
import { detailsOf, nothingListed } from "../../src/presentation/detailsOf.ts"
import { light } from "../../src/presentation/themes.ts"
import { lead, member, noTables } from "../../src/testing/rows.ts"
import { exportsOver } from "../support/exports.ts"

const tagId = "00000000-0000-4000-8000-00000000000a"
const tag = { organizationId: "org", tagId, name: "Sea view", color: "teal", archivedAt: null }

const { ask, dispose, post } = exportsOver({
  ...noTables,
  members: [member("ana", "Ana")],
  tags: [tag],
  leads: [lead("1", "2024-05-02", { ownerId: "ana", tagIds: [tagId] })]
}, new Date("2024-05-17T09:30:00Z"))
afterAll(dispose)

const ana = { organizationId: "org", userId: "ana", role: "member" } as const
const widget = { instanceId: "1", metricId: "leads.by_tag", chart: "donut" }

describe("the colors of tags", () => {
  it("an SVG of leads by tag has the color that the CRM stores for the tag", async () => {
    const { bytes } = await post(ana, "/metrics/run", { widgets: [widget] }, "image/svg+xml")
    assert.include(bytes.toString(), light.colors.teal)
    assert.notInclude(bytes.toString(), light.colors.blue)
  })

  it("the SVG of a report has the stored color of a tag, and the SVG of a snapshot does not", async () => {
    const layout = { widgets: [{ ...widget, x: 0, y: 0, w: 6, h: 6 }] }
    const idOf = ({ bytes }: { readonly bytes: Buffer }) => String(JSON.parse(bytes.toString()).id)
    const report = idOf(await post(ana, "", { title: "Tags", layout }))
    const snapshot = idOf(await post(ana, `/${report}/snapshots`, {}))
    const live = await ask(ana, `/${report}/export?format=svg`)
    const frozen = await ask(ana, `/snapshots/${snapshot}/export?format=svg`)
    assert.include(live.bytes.toString(), light.colors.teal)
    assert.notInclude(frozen.bytes.toString(), light.colors.teal)
  })

  it("a stored tag color that is no color of the theme is ignored", () => {
    const dimensions = [{ key: "tag_ids", label: "Tag", values: [] }]
    const entry = { dimensions, moreIsBetter: null, shape: "category" } as const
    const tags = ["teal", "#ffffff", "toString", ""].map((color, index) => ({ id: String(index), name: "", color }))
    assert.deepStrictEqual(detailsOf(entry, undefined, { ...nothingListed, tags }).colors, { 0: "teal" })
  })
})
