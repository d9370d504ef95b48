import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import type { Tables } from "../../../src/metrics/crm.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { office } from "../../support/office.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const ana = caller("admin", "ana")
const cy = caller("member", "cy")
const run = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat" }] }

const open = async (tables: Tables, work: (app: WebApp) => Promise<void>) => {
  const app = openWebApp(tables)
  try {
    await work(app)
  } finally {
    await app.close()
  }
}

const saved = async (app: WebApp, title = "Saved") => {
  const { json } = await app.call(cy, "POST /crm-reports", { title, layout, visibility: "organization" })
  return String(json["id"])
}

const eventsOf = async (app: WebApp, query = ""): Promise<ReadonlyArray<Record<string, unknown>>> => {
  const { json, status } = await app.call(ana, `GET /crm-reports/audit${query}`)
  assert.strictEqual(status, 200)
  return Array.isArray(json["results"]) ? json["results"] : assert.fail("no results")
}

describe("the audit log", () => {
  it("has each exported file with its format", () =>
    open(noTables, async (app) => {
      const id = await saved(app)
      const { json } = await app.call(cy, `POST /crm-reports/${id}/snapshots`, {})
      const snapshotId = String(json["id"])
      const csv = { accept: "text/csv" }
      const requests = [
        [`GET /crm-reports/${id}/export?format=csv`, undefined, {}],
        [`POST /crm-reports/${id}/run`, {}, csv],
        [`GET /crm-reports/snapshots/${snapshotId}`, undefined, csv],
        [`GET /crm-reports/snapshots/${snapshotId}/export?format=xlsx`, undefined, {}],
        ["POST /crm-reports/metrics/run", run, csv],
        ["POST /crm-reports/metrics/records", { widget: run.widgets[0] }, csv]
      ] as const
      await Promise.all(requests.map(async ([request, body, headers]) => {
        assert.strictEqual((await app.call(cy, request, body, headers)).status, 200, request)
      }))
      assert.strictEqual((await app.call(cy, "POST /crm-reports/metrics/run", run)).status, 200)
      const events = await eventsOf(app, "?action=export")
      assert.sameDeepMembers(
        events.map(({ format, object, objectId, reportId, userId }) => ({
          format,
          object,
          objectId,
          reportId,
          userId
        })),
        [
          { format: "csv", object: "report", objectId: id, reportId: id, userId: "cy" },
          { format: "csv", object: "report", objectId: id, reportId: id, userId: "cy" },
          { format: "csv", object: "snapshot", objectId: snapshotId, reportId: id, userId: "cy" },
          { format: "xlsx", object: "snapshot", objectId: snapshotId, reportId: id, userId: "cy" },
          { format: "csv", object: "widgets", objectId: null, reportId: null, userId: "cy" },
          { format: "csv", object: "records", objectId: null, reportId: null, userId: "cy" }
        ]
      )
    }))

  it("has each key that was made or revoked, without its secret", () =>
    open(noTables, async (app) => {
      const { json, status } = await app.call(cy, "POST /crm-reports/keys", {
        name: "Script",
        scopes: ["reports:read"]
      })
      assert.strictEqual(status, 201)
      const id = String(json["id"])
      assert.strictEqual((await app.call(cy, `DELETE /crm-reports/keys/${id}`)).status, 204)
      assert.strictEqual((await app.call(cy, `DELETE /crm-reports/keys/${id}`)).status, 404)
      const { text } = await app.call(ana, "GET /crm-reports/audit")
      assert.notInclude(text, String(json["secret"]))
      const events = await eventsOf(app)
      assert.sameMembers(
        events.map(({ action, object, objectId, userId }) => `${userId} ${action} ${object} ${objectId}`),
        [
          `cy create key ${id}`,
          `cy delete key ${id}`
        ]
      )
    }))

  it("has the number of the restored version", () =>
    open(noTables, async (app) => {
      const id = await saved(app)
      await app.call(cy, `PATCH /crm-reports/${id}`, { title: "Other" })
      assert.strictEqual((await app.call(cy, `POST /crm-reports/${id}/versions/1/restore`)).status, 200)
      const [event] = await eventsOf(app, `?action=restore&reportId=${id}`)
      assert.deepInclude(event, { userId: "cy", version: 3, restoredVersion: 1 })
    }))

  it("has a change of a subscription only if the request has a field", () =>
    open(office, async (app) => {
      const id = await saved(app)
      const weekly = { every: "week", at: "07:00", channel: "email", format: "link", to: ["cy"] }
      const { json: { secret: _secret, ...made } } = await app.call(
        cy,
        `POST /crm-reports/${id}/subscriptions`,
        weekly
      )
      const change = `PATCH /crm-reports/subscriptions/${made["id"]}`
      assert.deepStrictEqual((await app.call(cy, change, {})).json, made)
      assert.deepStrictEqual(await eventsOf(app, "?action=change"), [])
      assert.strictEqual((await app.call(cy, change, { at: "08:00" })).status, 200)
      assert.lengthOf(await eventsOf(app, "?action=change"), 1)
    }))

  it("as a CSV file has all events, and guards a title that looks like a formula", () =>
    open(noTables, async (app) => {
      const id = await saved(app, "=1+1")
      await app.call(cy, `PATCH /crm-reports/${id}`, { description: "Other" })
      const { headers, status, text } = await app.call(ana, "GET /crm-reports/audit?limit=1", undefined, {
        accept: "text/csv"
      })
      assert.strictEqual(status, 200)
      assert.match(String(headers.get("content-disposition")), /audit\.csv/)
      const rows: ReadonlyArray<Record<string, string>> = parse(text, { bom: true, columns: true })
      assert.sameMembers(rows.map(({ action, reportId, userId }) => `${userId} ${action} ${reportId}`), [
        `cy create ${id}`,
        `cy change ${id}`
      ])
      for (const { title } of rows) assert.strictEqual(title, "'=1+1")
      const refused = await app.call(cy, "GET /crm-reports/audit", undefined, { accept: "text/csv" })
      assert.strictEqual(refused.status, 403)
    }))

  it("does not depend on the rows of the CRM", async () => {
    const seenOver = async (tables: Tables) => {
      let seen: ReadonlyArray<string> = []
      await open(tables, async (app) => {
        const id = await saved(app)
        await app.call(cy, `POST /crm-reports/${id}/snapshots`, {})
        await app.call(cy, `GET /crm-reports/${id}/export?format=csv`)
        seen = (await eventsOf(app)).map(({ action, format, object, people, title, userId, version, visibility }) =>
          JSON.stringify([action, object, userId, title, version, visibility, people, format])
        ).toSorted()
      })
      return seen
    }
    const without = await seenOver(noTables)
    assert.deepStrictEqual(await seenOver(office), without)
    assert.lengthOf(without, 3)
  })

  it.each([
    "cursor=x",
    "cursor=1~x",
    "cursor=1~00000000-0000-4000-8000-000000000001~2",
    "action=steal",
    "reportId=1",
    "limit=201"
  ])("refuses %s", (query) =>
    open(noTables, async (app) => {
      const { json, status } = await app.call(ana, `GET /crm-reports/audit?${query}`)
      assert.strictEqual(status, 400, JSON.stringify(json))
    }))
})
