import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import {
  admin,
  colleague,
  first,
  noWidgets,
  numbersOf,
  owner,
  refusal,
  rowsOf,
  stranger,
  versionRequests,
  widget
} from "../../support/versionRequests.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

const { change, create, list, newest, read, restore } = versionRequests(() => app)

describe("the versions of a report", () => {
  it("a list has the newest version first, and pages have each version once", async () => {
    const id = await create()
    await change(id, { title: "Second" })
    await change(id, { title: "Third" }, admin)
    const answer = await list(id)
    const told = rowsOf(answer).map((
      { savedBy, title, version, widgetCount }
    ) => [version, title, savedBy, widgetCount])
    assert.deepStrictEqual(told, [[3, "Third", "ana", 2], [2, "Second", "olga", 2], [1, "First", "olga", 2]])
    assert.strictEqual(answer.json["total"], 3)
    const pages = [await list(id, owner, "?limit=2"), await list(id, owner, "?limit=2&page=2")]
    assert.deepStrictEqual(pages.map(numbersOf), [[3, 2], [1]])
    assert.deepStrictEqual(pages.flatMap(rowsOf), rowsOf(answer))
  })

  it("a difference names the title, the visibility, and each widget that was added, removed, changed or moved", async () => {
    const id = await create()
    assert.isNull((await newest(id)).difference)
    await change(id, {
      title: "Second",
      visibility: "private",
      layout: {
        widgets: [
          widget("a", { title: "Leads", x: 3 }),
          widget("c", { metricId: "leads.created_over_time", chart: "area", groupBy: "source" })
        ]
      }
    })
    assert.deepStrictEqual((await newest(id)).difference, {
      since: 1,
      properties: ["title", "visibility", "layout"],
      title: { from: "First", to: "Second" },
      visibility: { from: "organization", to: "private" },
      widgets: {
        added: [{ instanceId: "c", name: "New leads by source" }],
        removed: [{ instanceId: "b", name: "Total new leads" }],
        changed: [{ instanceId: "a", name: "Leads" }],
        moved: [{ instanceId: "a", name: "Leads" }]
      }
    })
  })

  it("a difference names every other property that changed, and none after a change to equal values", async () => {
    const id = await create()
    const defaults = { description: "d", defaultTimeframe: { preset: "today" }, defaultFilters: { source: "web" } }
    await change(id, defaults)
    assert.deepStrictEqual((await newest(id)).difference, {
      since: 1,
      properties: Object.keys(defaults),
      widgets: noWidgets
    })
    await change(id, defaults)
    assert.deepStrictEqual((await newest(id)).difference, { since: 2, properties: [], widgets: noWidgets })
    await change(id, { layout: { widgets: first.layout.widgets.toReversed(), columns: 12 } })
    assert.deepStrictEqual((await newest(id)).difference, { since: 3, properties: ["layout"], widgets: noWidgets })
  })

  it("the order of JSON keys is no difference", async () => {
    const id = await create()
    const sorted = Object.fromEntries(Object.entries(widget("a")).toReversed())
    await change(id, { layout: { widgets: [sorted, widget("b")] } })
    assert.deepStrictEqual((await newest(id)).difference, { since: 1, properties: [], widgets: noWidgets })
  })

  it("a member does not learn that the default people changed", async () => {
    const id = await create(first, admin)
    const layout = { widgets: [widget("t", { metricId: "team.leads_by_agent", chart: "leaderboard" })] }
    await change(id, { layout, defaultPeople: { everyone: true } }, admin)
    const seen = await Promise.all([admin, colleague].map((who) => newest(id, who)))
    const told = seen.map(({ difference: { properties, widgets } }) => [properties, widgets.added[0].name])
    assert.deepStrictEqual(told, [[["layout", "defaultPeople"], "Leads by agent"], [["layout"], "Leads by agent"]])
  })

  it("a version is the report as it was saved", async () => {
    const id = await create({ ...first, description: "d", defaultFilters: { tag: [] } })
    const found = (await app.call(owner, `GET /crm-reports/${id}`)).json
    await change(id, { title: "Second", layout: { widgets: [] } })
    const { savedAt, savedBy, version, ...definition } = (await read(id, 1)).json
    assert.deepInclude(found, definition)
    assert.sameMembers(
      [...Object.keys(definition), "id", "organizationId", "ownerId", "snapshotCount", "createdAt", "updatedAt"],
      Object.keys(found)
    )
    assert.deepStrictEqual([version, savedBy, savedAt], [1, "olga", found["updatedAt"]])
  })

  it.each(["0", "x", "-1", "1.5", "2147483648", "1e3"])("a version with the number %s gets 400", async (version) => {
    const id = await create()
    assert.deepStrictEqual(refusal(await read(id, version)), [400, "invalid_request"])
    assert.deepStrictEqual(refusal(await restore(id, version)), [400, "invalid_request"])
  })

  it("an unknown version gets 404", async () => {
    const id = await create()
    assert.deepStrictEqual(refusal(await read(id, 2)), [404, "version_not_found"])
    assert.deepStrictEqual(refusal(await restore(id, 2147483647)), [404, "version_not_found"])
  })
})

describe("a version of a time when the report was private", () => {
  const hidden = async () => {
    const id = await create()
    await change(id, { title: "Secret", visibility: "private", layout: { widgets: [widget("secret")] } })
    await change(id, { title: "Shared", visibility: "organization", layout: first.layout })
    return id
  }

  it("is in no response to others, also not in the difference of the next version", async () => {
    const id = await hidden()
    assert.deepStrictEqual(numbersOf(await list(id)), [3, 2, 1])
    const others = [admin, colleague].map(async (who) => {
      const answer = await list(id, who)
      assert.deepStrictEqual([numbersOf(answer), answer.json["total"]], [[3, 1], 2])
      assert.notMatch(answer.text, /secret/i)
      const [{ difference }] = rowsOf(answer)
      assert.deepStrictEqual(difference, {
        since: 1,
        properties: ["title"],
        title: { from: "First", to: "Shared" },
        widgets: noWidgets
      })
      assert.deepStrictEqual(refusal(await read(id, 2, who)), [404, "version_not_found"])
    })
    await Promise.all(others)
    assert.deepStrictEqual(refusal(await list(id, stranger)), [404, "report_not_found"])
  })

  it("cannot be restored by an admin", async () => {
    const id = await hidden()
    assert.deepStrictEqual(refusal(await restore(id, 2, admin)), [404, "version_not_found"])
    assert.strictEqual((await newest(id)).version, 3)
  })

  it("makes the report private again when its owner restores it", async () => {
    const id = await hidden()
    const restored = await restore(id, 2)
    assert.deepInclude(restored.json, { title: "Secret", visibility: "private" })
    assert.strictEqual((await app.call(admin, `GET /crm-reports/${id}`)).status, 404)
  })

  it("other reports, versions and organizations change nothing in a list", async () => {
    const id = await create()
    await change(id, { title: "Second" })
    const before = await list(id, colleague)
    const others = [await create(), await create({ ...first, visibility: "private" }), await create(first, stranger)]
    await change(others[0] ?? "", { title: "Other" })
    await change(others[1] ?? "", { title: "Private" })
    await change(others[2] ?? "", { title: "Foreign" }, stranger)
    assert.strictEqual((await list(id, colleague)).text, before.text)
  })
})
