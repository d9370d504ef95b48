import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { scheduleBody, subscriptionBody } from "../../support/accessRoutes.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const ana = caller("member", "ana", "org_a")
const admin = caller("admin", "adam", "org_a")

let app: WebApp
let reportId: string
beforeAll(async () => {
  app = openWebApp(noTables)
  const { json } = await app.call(ana, "POST /crm-reports", { title: "Saved", layout, visibility: "organization" })
  reportId = String(json["id"])
})
afterAll(() => app.close())

const freeze = (body: unknown, who = ana) => app.call(who, `POST /crm-reports/${reportId}/snapshots`, body)
const totalFor = async (who = ana) =>
  (await app.call(who, `GET /crm-reports/${reportId}/snapshots?limit=1`)).json["total"]

describe("a request to freeze", () => {
  it("a freeze with an empty body takes title and timeframe from the report", async () => {
    const { json, status } = await freeze({})
    assert.strictEqual(status, 201)
    assert.deepInclude(json, { title: "Saved", timeframe: { preset: "last_30d", bucket: "day" }, reportId, layout })
    assert.deepStrictEqual(json["scope"], { role: "member", assigneeIds: ["ana"] })
  })

  it("a freeze uses the title and timeframe of its body and ignores other fields", async () => {
    const timeframe = { preset: "last_7d", bucket: "week" }
    const theirs = { id: reportId, createdBy: "eve", expiresAt: "2999-01-01T00:00:00.000Z", role: "admin", scope: {} }
    const { json, status } = await freeze({ title: "🏠 May", timeframe, ...theirs, assigneeIds: ["eve"] })
    assert.strictEqual(status, 201)
    assert.deepInclude(json, { title: "🏠 May", timeframe, createdBy: "ana" })
    assert.notStrictEqual(json["expiresAt"], theirs.expiresAt)
    assert.deepStrictEqual(json["scope"], { role: "member", assigneeIds: ["ana"] })
    const renewed = await app.call(ana, `POST /crm-reports/snapshots/${String(json["id"])}/renew`, theirs)
    assert.strictEqual(renewed.status, 200)
    assert.deepStrictEqual({ ...renewed.json, expiresAt: 0, deletesAt: 0 }, { ...json, expiresAt: 0, deletesAt: 0 })
  })

  it.each<readonly [name: string, body: unknown, path: string]>([
    ["an empty title", { title: "" }, "title"],
    ["a NUL in the title", { title: "a\u0000" }, "title"],
    ["an unknown preset", { timeframe: { preset: "someday" } }, "timeframe"],
    ["a timeframe without a preset", { timeframe: {} }, "timeframe.preset"],
    ["assigneeIds that are no list", { assigneeIds: "everybody" }, "assigneeIds"],
    ["nested assigneeIds", { assigneeIds: [["eve"]] }, "assigneeIds[0]"],
    ["1,001 assigneeIds", { assigneeIds: Array.from({ length: 1001 }, String) }, "assigneeIds"],
    ["a list as body", [], ""]
  ])("an admin's freeze with %s gets 400 and stores nothing", async (_, body, path) => {
    const before = await totalFor(admin)
    const { json, status } = await freeze(body, admin)
    assert.strictEqual(status, 400)
    assert.deepStrictEqual(Array.isArray(json["issues"]) ? json["issues"].map((issue) => issue.path) : [], [path])
    assert.strictEqual(await totalFor(admin), before)
  })
})

describe("the view of a schedule or of a subscription", () => {
  it.each([
    ["schedule", () => `PUT /crm-reports/${reportId}/freezing`, scheduleBody],
    ["subscription", () => `POST /crm-reports/${reportId}/subscriptions`, subscriptionBody]
  ])("a %s whose view has a NUL gets 400", async (_, request, body) => {
    const pathsOf = async (view: unknown) => {
      const { json, status } = await app.call(ana, request(), { ...body, view })
      return [status, Array.isArray(json["issues"]) ? json["issues"].map(({ path }) => path) : []]
    }
    assert.deepStrictEqual(await pathsOf({ filters: { source: ["a\u0000"] } }), [400, ["view.filters.source[0]"]])
    assert.deepStrictEqual(await pathsOf({ filters: { "a\u0000": "b" } }), [400, ["view.filters.a\u0000"]])
  })
})

describe("a snapshot frozen by an admin", () => {
  it("a snapshot frozen by an admin does not change the lists, counts and ETags that a member gets", async () => {
    const told = async () => {
      const report = await app.call(ana, `GET /crm-reports/${reportId}`)
      const answers = [
        report,
        await app.call(ana, "GET /crm-reports"),
        await app.call(ana, `GET /crm-reports/${reportId}/snapshots`)
      ]
      return [report.headers.get("etag"), ...answers.map(({ text }) => text)]
    }
    const before = await told()
    const { json } = await freeze({ title: "Secret" }, admin)
    assert.deepStrictEqual(await told(), before)
    assert.strictEqual(
      (await app.call(admin, `GET /crm-reports/snapshots/${String(json["id"])}`)).json["title"],
      "Secret"
    )
  })
})
