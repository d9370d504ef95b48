import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import { CreateReport } from "../../src/domain/Report.ts"
import { all } from "../../src/metrics/all.ts"
import { templates } from "../../src/templates.ts"
import { demoTables } from "../../src/testing/demoTables.ts"
import { openWebApp } from "../support/WebApp.ts"

const now = new Date("2026-11-24T12:00:00Z")
const admin = { organizationId: OrgId.make("org_demo"), userId: UserId.make("user_ana"), role: "admin" } as const

describe.each(templates.map((template) => [template.name, template] as const))("the template %s", (_name, template) => {
  it("a template can be saved as a report", () => {
    const { adminOnly: _adminOnly, name: _template, ...report } = template
    assert.deepStrictEqual(Schema.decodeUnknownSync(CreateReport)(report), report)
  })

  it("a template that is offered to members has no admin-only metric", () => {
    const ids = new Set(Object.entries(all).filter(([, metric]) => "adminOnly" in metric).map(([id]) => id))
    if (!template.adminOnly) assert.deepStrictEqual(template.layout.widgets.filter((one) => ids.has(one.metricId)), [])
  })

  it("a template fills the grid without gaps or overlaps", () => {
    const cells = template.layout.widgets.flatMap(({ h, w, x, y }) =>
      Array.from({ length: w * h }, (_, index) => `${x + index % w},${y + Math.floor(index / w)}`)
    )
    const bottom = Math.max(...template.layout.widgets.map(({ h, y }) => y + h))
    assert.strictEqual(new Set(cells).size, cells.length)
    assert.strictEqual(cells.length, 12 * bottom)
  })

  it("every widget of a template has numbers for the demo organization", async () => {
    const app = openWebApp(demoTables({ leads: 600, now }))
    const assigneeIds = ["user_ana", "user_marc", "user_bea", "user_carlos"]
    await app.call(admin, "PUT /crm-reports/settings/stage-weights", { qualified: 10, offer: 60 })
    const { json, status } = await app.call(admin, "POST /crm-reports/metrics/run", {
      widgets: template.layout.widgets.map(({ h: _h, w: _w, x: _x, y: _y, ...widget }) => widget),
      timeframe: { preset: "custom", from: "2025-11-24", to: "2026-11-24", bucket: "month" },
      assigneeIds
    })
    await app.close()
    assert.strictEqual(status, 200)
    const results = json["results"]
    assert.isTrue(
      Array.isArray(results) &&
        results.every(({ error, points, stat }) => error === undefined && (points.length > 0 || stat?.value !== null))
    )
  })
})
