import { afterAll, assert, beforeAll, describe, it, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { member, noTables } from "../../../src/testing/rows.ts"
import { layout, people } from "../../conformance/people.ts"
import { refusalOf } from "../../conformance/refusalOf.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const [olga, carl, admin] = [caller("member", "olga"), caller("member", "carl"), caller("admin", "ana")]
const foreign = caller("member", "carl", "org_b")

const tables = {
  ...noTables,
  members: [
    member("olga", "Olga"),
    member("carl", "Carl"),
    member("ana", "Ana"),
    member("left", "Gone", 0),
    member("far", "Far", null, { organizationId: "org_b" })
  ]
}

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const create = (body: object) => app.call(olga, "POST /crm-reports", { title: "Shared", layout, ...body })
const made = async (people = ["carl"]) => String((await create({ visibility: "people", people })).json["id"])
const statusFor = async (who = carl, request = "") => (await app.call(who, request)).status

describe("a report that is shared with people", () => {
  it("people who are no members, have left, or belong to another organization are refused in words", async () => {
    const { json, status } = await create({ visibility: "people", people: ["carl", "left", "far", "unknown"] })
    assert.strictEqual(status, 400)
    const message = "is not a member of the organization"
    assert.deepStrictEqual(json["issues"], [1, 2, 3].map((index) => ({ path: `people[${index}]`, message })))
  })

  it("people need the visibility people beside them, and this visibility needs people", async () => {
    const id = await made()
    const pathOf = async (body: object) => {
      const { json, status } = await app.call(olga, `PATCH /crm-reports/${id}`, body)
      return status === 200 ? "done" : (Array.isArray(json["issues"]) ? json["issues"] : []).map(({ path }) => path)
    }
    const fifty = Array.from({ length: 51 }, (_, index) => `user_${index}`)
    const refused = [
      { people: ["carl"] },
      { people: [] },
      { visibility: "people" },
      { visibility: "people", people: [] },
      { visibility: "organization", people: ["carl"] },
      { visibility: "people", people: ["carl", "carl"] },
      { visibility: "people", people: fifty },
      { visibility: "people", people: "carl" }
    ]
    const answers = await Promise.all(refused.map(pathOf))
    assert.deepStrictEqual(answers, refused.map(() => ["people"]))
    assert.deepStrictEqual(await pathOf({ visibility: "people", people: ["ana"] }), "done")
    assert.deepStrictEqual(await pathOf({ visibility: "private", people: [] }), "done")
  })

  it("each route of the report answers its people as it answers readers of a report of the organization", async () => {
    const id = await made()
    const requests = [
      `GET /crm-reports/${id}`,
      `GET /crm-reports/${id}/versions`,
      `GET /crm-reports/${id}/snapshots`,
      `GET /crm-reports/${id}/history?instanceId=a`,
      `GET /crm-reports/${id}/export?format=csv`,
      `POST /crm-reports/${id}/run`
    ]
    const statuses = (who: typeof carl) => Promise.all(requests.map((request) => statusFor(who, request)))
    assert.deepStrictEqual(await statuses(carl), requests.map(() => 200))
    assert.deepStrictEqual(await statuses(admin), requests.map(() => 404))
    assert.deepStrictEqual(await statuses(foreign), requests.map(() => 404))
    assert.strictEqual((await app.call(carl, `PATCH /crm-reports/${id}`, { title: "Mine" })).status, 403)
    assert.strictEqual(await statusFor(carl, `GET /crm-reports/${id}/freezing`), 403)
  })

  it("a restore shares the report with the people of the version again, and checks them as a PATCH does", async () => {
    const id = await made()
    await app.call(olga, `PATCH /crm-reports/${id}`, { visibility: "private" })
    assert.strictEqual(await statusFor(carl, `GET /crm-reports/${id}`), 404)
    const restored = await app.call(olga, `POST /crm-reports/${id}/versions/1/restore`)
    assert.deepInclude(restored.json, { visibility: "people", people: ["carl"] })
    assert.strictEqual(await statusFor(carl, `GET /crm-reports/${id}`), 200)
    const { json } = await app.call(olga, `GET /crm-reports/${id}/versions`)
    const [newest] = Array.isArray(json["results"]) ? json["results"] : []
    assert.deepInclude(newest.difference, {
      properties: ["visibility", "people"],
      visibility: { from: "private", to: "people" }
    })
  })

  it("everybody gets the members who have not left, by name", async () => {
    const { json } = await app.call(carl, "GET /crm-reports/readers")
    assert.deepStrictEqual(json["results"], [
      { id: "ana", name: "Ana" },
      { id: "carl", name: "Carl" },
      { id: "olga", name: "Olga" }
    ])
    assert.deepStrictEqual((await app.call(foreign, "GET /crm-reports/readers")).json["results"], [
      { id: "far", name: "Far" }
    ])
  })
})

const inSql = Layer.provideMerge(ReportRepo.layerSql, postgresTest)

layer(inSql, { excludeTestServices: true })("a report that is shared with people, in PostgreSQL", (it) => {
  it.effect("a person who leaves the organization reads nothing more, and nothing in another one either", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const reports = yield* ReportRepo
      const { admin, colleague, owner } = people()
      const ids = [colleague.userId, admin.userId]
      const { id } = yield* reports.create(owner, { title: "Shared", visibility: "people", people: ids, layout })
      const outcomes = Effect.forEach([colleague, admin], (who) =>
        Effect.all([
          refusalOf(reports.find(who, id)),
          Effect.map(reports.list(who, { limit: 1, offset: 0 }), ({ total }) => total),
          refusalOf(reports.history(who, id)),
          refusalOf(reports.update(who, id, { title: "Changed" }, undefined))
        ]))
      const leave = (organizationId: string, leftAt: string) =>
        Effect.forEach(ids, (userId) =>
          sql`
            INSERT INTO crm.members (organization_id, user_id, name, left_at)
            VALUES (${organizationId}, ${userId}, 'Name', ${leftAt}::timestamptz)`)
      yield* leave(crypto.randomUUID(), "2020-01-01")
      const before = [["done", 1, "done", "ReportNotYours"], ["done", 1, "done", "done"]]
      assert.deepStrictEqual(yield* outcomes, before)
      yield* leave(owner.organizationId, "2020-01-01")
      const after = ["ReportNotFound", 0, "ReportNotFound", "ReportNotFound"]
      assert.deepStrictEqual(yield* outcomes, [after, after])
      yield* sql`UPDATE crm.members SET left_at = '9999-01-01' WHERE organization_id = ${owner.organizationId}`
      assert.deepStrictEqual(yield* outcomes, before)
    }))

  it.effect("an older version of the service finds a report with people as a private one", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const reports = yield* ReportRepo
      const { colleague, owner } = people()
      const shared = { visibility: "people", people: [colleague.userId] } as const
      const { id } = yield* reports.create(owner, { title: "Shared", layout, ...shared })
      yield* reports.update(owner, id, { title: "Renamed" }, undefined)
      const stored = yield* sql`
        SELECT r.visibility, v.definition->>'visibility' AS former FROM crm_reports r
        JOIN crm_report_versions v ON v.organization_id = r.organization_id AND v.report_id = r.id
        WHERE r.organization_id = ${owner.organizationId} AND r.id = ${id}`
      assert.deepStrictEqual(stored, [{ visibility: "private", former: "private" }])
    }))
})
