import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { contentTypes, DocumentFormat } from "../../../src/domain/DocumentFormat.ts"
import { lead, member, noTables } from "../../../src/testing/rows.ts"
import { exportsOver } from "../../support/exports.ts"

const { ask, dispose, post } = exportsOver({
  ...noTables,
  members: ["owner", "stranger"].map((id) => member(id, id)),
  leads: [lead("of the owner", "2024-05-02", { ownerId: "owner" })]
}, new Date("2024-05-17T09:30:00Z"))
afterAll(dispose)

const owner = { organizationId: "org", userId: "owner", role: "member" } as const
const stranger = { ...owner, userId: "stranger" }

const idOf = ({ bytes }: { readonly bytes: Buffer }) => String(JSON.parse(bytes.toString()).id)

const widget = { instanceId: "1", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 4, h: 4 }
const layout = {
  widgets: [widget, { ...widget, instanceId: "2", metricId: "team.leads_by_agent", chart: "bar", table: "Team" }]
}

const asked = layout.widgets.map(({ h: _h, w: _w, x: _x, y: _y, ...one }) => one)

const ids = { hidden: "", shared: "", frozen: "" }
beforeAll(async () => {
  ids.hidden = idOf(await post(owner, "", { title: "Private", layout }))
  ids.shared = idOf(await post(owner, "", { title: "Shared", layout, visibility: "organization" }))
  ids.frozen = idOf(await post(owner, `/${ids.shared}/snapshots`, {}))
})

describe("access to files", () => {
  it.each(DocumentFormat.literals)(
    "a request for the %s file of a report or snapshot that the caller may not read gets 404",
    async (format) => {
      const answers = [
        await ask(stranger, `/${ids.hidden}/export?format=${format}`),
        await post(stranger, `/${ids.hidden}/run`, {}, contentTypes[format]),
        await ask(stranger, `/snapshots/${ids.frozen}/export?format=${format}`),
        await ask(stranger, `/snapshots/${ids.frozen}`, { headers: { accept: contentTypes[format] } })
      ]
      assert.deepStrictEqual(answers.map(({ status }) => status), [404, 404, 404, 404])
    }
  )

  it.each(DocumentFormat.literals)(
    "the %s file that a member gets has the same bytes with everyone=true as with everyone=false",
    async (format) => {
      const filesOf = async (everyone: boolean) => [
        await ask(stranger, `/${ids.shared}/export?format=${format}&everyone=${everyone}`),
        await post(stranger, `/${ids.shared}/run`, { everyone }, contentTypes[format]),
        await post(stranger, "/metrics/run", { widgets: asked, everyone }, contentTypes[format]),
        await post(stranger, "/metrics/run", { widgets: asked.slice(0, 1), everyone }, contentTypes[format])
      ]
      const [own, all] = [await filesOf(false), await filesOf(true)]
      assert.deepStrictEqual(all.map(({ status }) => status), [200, 200, 200, 200])
      for (const [index, { bytes }] of own.entries()) assert.isTrue(all[index]?.bytes.equals(bytes))
    }
  )

  it.each(DocumentFormat.literals)(
    "the %s file of a run lacks the metrics for admins if its caller is a member",
    async (format) => {
      const filesOf = async (role: "admin" | "member") => [
        await post({ ...stranger, role }, "/metrics/run", { widgets: asked }, contentTypes[format]),
        await post({ ...stranger, role }, "/metrics/run", { widgets: asked.slice(1) }, contentTypes[format])
      ]
      const [own, all] = [await filesOf("member"), await filesOf("admin")]
      assert.deepStrictEqual([...own, ...all].map(({ status }) => status), [200, 200, 200, 200])
      for (const [index, { bytes }] of own.entries()) assert.isFalse(all[index]?.bytes.equals(bytes))
    }
  )
})
