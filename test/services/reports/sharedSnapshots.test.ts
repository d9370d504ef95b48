import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { lead, member, noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const [ana, bo, carl] = [caller("admin", "ana"), caller("member", "bo"), caller("member", "carl")]
const widget = { instanceId: "w", metricId: "leads.total", chart: "stat" }
const layout = { widgets: [widget] }
const now = new Date("2026-05-28T12:00:00Z")

const leadOf = (ownerId: string, index: number) => lead(`${ownerId}_${index}`, "2026-05-20", { ownerId })

/** Ana has one lead, Bo two, and Carl three. */
const tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo"), member("carl", "Carl")],
  leads: ["ana", "bo", "carl"].flatMap((owner, index) =>
    Array.from({ length: index + 1 }, (_, number) => leadOf(owner, number))
  )
}

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables, { now })
})
afterAll(() => app.close())

const saved = async (who = bo, body: object = { visibility: "organization" }) =>
  String((await app.call(who, "POST /crm-reports", { title: "Shared", layout, ...body })).json["id"])
const frozen = async (reportId: string, who = bo, body: object = {}) =>
  `/crm-reports/snapshots/${String((await app.call(who, `POST /crm-reports/${reportId}/snapshots`, body)).json["id"])}`
const share = (path: string, who = bo, body: object = { organization: true }) =>
  app.call(who, `POST ${path}/share`, body)
const pathsOf = ({ json }: Awaited<ReturnType<typeof share>>) =>
  Array.isArray(json["issues"]) ? json["issues"].map(({ path }) => path) : []

const valuesOf = (json: Record<string, unknown>) =>
  Array.isArray(json["series"]) ? json["series"].map(({ stat }) => stat.value) : []

describe("a shared snapshot", () => {
  it("is never shared by default, and a share says who shared it and when", async () => {
    const path = await frozen(await saved())
    assert.strictEqual((await app.call(carl, `GET ${path}`)).status, 404)
    const { json } = await share(path, bo, { people: ["carl"] })
    const shared = { organization: false, people: ["carl"], sharedBy: "bo", sharedAt: now.toISOString() }
    assert.deepStrictEqual(json["shared"], shared)
    const { json: seen } = await app.call(carl, `GET ${path}`)
    assert.deepStrictEqual([valuesOf(seen), seen["shared"]], [[2], shared])
    assert.strictEqual((await app.call(bo, `DELETE ${path}/share`)).status, 204)
    assert.strictEqual((await app.call(carl, `GET ${path}`)).status, 404)
  })

  it("needs includesOthersRows if an admin counted the rows of other people", async () => {
    const reportId = await saved(ana)
    const everyone = await frozen(reportId, ana, { everyone: true })
    const others = await frozen(reportId, ana, { assigneeIds: ["carl"] })
    const nobodys = await frozen(reportId, ana, { assigneeIds: ["ana", "~nobody"] })
    const refused = [everyone, others, nobodys].flatMap((path) => [
      share(path, ana),
      share(path, ana, { people: ["bo"], includesOthersRows: false })
    ])
    const paths = (await Promise.all(refused)).map(pathsOf)
    assert.deepStrictEqual(paths, refused.map(() => ["includesOthersRows"]))
    const seen = await Promise.all([everyone, others, nobodys].map((path) => app.call(bo, `GET ${path}`)))
    assert.deepStrictEqual(seen.map(({ status }) => status), [404, 404, 404])
    assert.strictEqual((await share(everyone, ana, { people: ["bo"], includesOthersRows: true })).status, 200)
    assert.deepStrictEqual(valuesOf((await app.call(bo, `GET ${everyone}`)).json), [6])
    assert.strictEqual((await app.call(carl, `GET ${everyone}`)).status, 404)
    assert.strictEqual((await share(await frozen(reportId, ana), ana)).status, 200)
  })

  it("is not shared by a former admin who made it as an admin, nor by anybody else", async () => {
    const path = await frozen(await saved(ana), ana, { everyone: true })
    const body = { organization: true, includesOthersRows: true }
    assert.strictEqual((await share(path, { ...ana, role: "member" }, body)).status, 404)
    assert.strictEqual((await share(path, { ...bo, role: "admin" }, body)).status, 403)
    assert.strictEqual((await share(path, bo, body)).status, 404)
    assert.strictEqual((await share(path, caller("admin", "ana", "org_b"), body)).status, 404)
  })

  it("names either the organization or members who can read the report", async () => {
    const path = await frozen(await saved())
    const odd = [{}, { organization: false }, { people: [] }, { organization: true, people: ["carl"] }]
    const answers = await Promise.all(odd.map((body) => share(path, bo, body)))
    assert.deepStrictEqual(answers.map(({ status }) => status), [400, 400, 400, 400])
    assert.deepStrictEqual(pathsOf(await share(path, bo, { people: ["carl", "unknown"] })), ["people[1]"])
    const few = await frozen(await saved(bo, { visibility: "people", people: ["ana"] }))
    assert.deepStrictEqual(pathsOf(await share(few, bo, { people: ["ana", "carl"] })), ["people[1]"])
    const { json } = await share(await frozen(await saved(bo, {})))
    assert.match(String(json["message"]), /Share the report first/)
  })

  it("each path that reads a snapshot answers its readers, and only while it is shared and the report is readable", async () => {
    const reportId = await saved()
    const path = await frozen(reportId)
    const own = await frozen(reportId, carl)
    const requests = [
      `GET ${path}`,
      `GET ${path}/export?format=csv`,
      `GET ${path}/compare?with=live`,
      `GET ${path}/compare?with=${own.split("/").at(-1)}`,
      `GET ${own}/compare?with=${path.split("/").at(-1)}`
    ]
    const statuses = () => Promise.all(requests.map(async (request) => (await app.call(carl, request)).status))
    const history = async () => {
      const { json } = await app.call(carl, `GET /crm-reports/${reportId}/history?instanceId=w`)
      return Array.isArray(json["snapshots"]) ? json["snapshots"].length : 0
    }
    const count = async () => (await app.call(carl, `GET /crm-reports/${reportId}/snapshots`)).json["total"]
    const expectClosed = async (ofReport: ReadonlyArray<unknown>) => {
      assert.deepStrictEqual(await statuses(), requests.map(() => 404))
      assert.deepStrictEqual([await history(), await count()], ofReport)
    }
    await expectClosed([1, 1])
    await share(path)
    assert.deepStrictEqual(await statuses(), requests.map(() => 200))
    assert.deepStrictEqual([await history(), await count()], [2, 2])
    assert.include((await app.call(carl, `GET ${path}/export?format=csv`)).text, "2")
    await app.call(bo, `PATCH /crm-reports/${reportId}`, { visibility: "private" })
    await expectClosed([0, undefined])
    await app.call(bo, `PATCH /crm-reports/${reportId}`, { visibility: "organization" })
    await app.call(bo, `DELETE ${path}/share`)
    await expectClosed([1, 1])
  })

  it("numbers of another person in a shared snapshot are not compared with the reader's own", async () => {
    const reportId = await saved()
    const path = await frozen(reportId)
    const own = await frozen(reportId, carl)
    await share(path)
    const reasons = async (who: typeof bo, request: string) => {
      const { json } = await app.call(who, `GET ${request}`)
      return Array.isArray(json["widgets"]) ? json["widgets"].map(({ incomparable }) => incomparable?.reason) : []
    }
    assert.deepStrictEqual(await reasons(carl, `${path}/compare?with=live`), ["scope"])
    assert.deepStrictEqual(await reasons(carl, `${path}/compare?with=${own.split("/").at(-1)}`), ["scope"])
    assert.deepStrictEqual(await reasons(bo, `${path}/compare?with=live`), [undefined])
    assert.deepStrictEqual(await reasons(ana, `${path}/compare?with=live`), [undefined])
  })

  it("readers of a snapshot can neither renew nor delete it", async () => {
    const path = await frozen(await saved())
    await share(path)
    assert.strictEqual((await app.call(carl, `POST ${path}/renew`)).status, 403)
    assert.strictEqual((await app.call(carl, `DELETE ${path}`)).status, 403)
    assert.strictEqual((await app.call(carl, `DELETE ${path}/share`)).json["code"], "snapshot_not_yours")
    assert.strictEqual((await app.call(ana, `DELETE ${path}/share`)).status, 204)
    assert.strictEqual((await app.call(carl, `GET ${path}`)).status, 404)
  })
})
