import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { randomUUID } from "node:crypto"
import { type KeptApp, keptApp, type Who } from "../../support/KeptApp.ts"

const layout = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }] }
const shared = { title: "Q1", visibility: "organization", layout }
const subscription = { every: "day", at: "07:00", timeZone: "UTC", to: ["ana"], channel: "email", format: "pdf" }

describe.each(["memory", "PostgreSQL"] as const)("a replay with repositories in %s", (place) => {
  const scope = Scope.makeUnsafe()
  let app: KeptApp
  beforeAll(async () => {
    app = await Effect.runPromise(Effect.provideService(keptApp(place), Scope.Scope, scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

  const send = (who: Who, request: string, body?: unknown, key?: string) => {
    const [method = "", path = ""] = request.split(" ")
    return app.call(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(key !== undefined && { headers: { "idempotency-key": key } })
    }, who)
  }

  const someone = (): Who => ({ user: randomUUID() })

  /** Ana shares a report, and Bo freezes it with the idempotency key `k`. */
  const frozen = async () => {
    const [ana, bo] = [someone(), someone()]
    const report = (await send(ana, "POST /crm-reports", shared)).json.id
    const freeze = () => send(bo, `POST /crm-reports/${report}/snapshots`, {}, "k")
    const first = await freeze()
    assert.strictEqual(first.status, 201)
    const get = () => send(bo, `GET /crm-reports/snapshots/${first.json.id}`)
    return { ana, bo, report, first, freeze, get }
  }

  const assertHidden = async ({ freeze, get }: Awaited<ReturnType<typeof frozen>>) => {
    const [replayed, read] = [await freeze(), await get()]
    assert.strictEqual(replayed.status, 404)
    assert.isFalse(replayed.headers.has("idempotency-replayed"))
    const { requestId: _replayed, ...body } = replayed.json
    const { requestId: _read, ...expected } = read.json
    assert.deepStrictEqual(body, expected)
  }

  it("a repeated freeze returns the snapshot while its creator may read it", async () => {
    const { first, freeze } = await frozen()
    const replayed = await freeze()
    assert.strictEqual(replayed.text, first.text)
    assert.strictEqual(replayed.headers.get("idempotency-replayed"), "true")
  })

  it("a repeated freeze gets 404 while the report is private", async () => {
    const found = await frozen()
    await send(found.ana, `PATCH /crm-reports/${found.report}`, { visibility: "private" })
    await assertHidden(found)
    await send(found.ana, `PATCH /crm-reports/${found.report}`, { visibility: "organization" })
    assert.strictEqual((await found.freeze()).text, found.first.text)
  })

  it("a repeated freeze gets 404 after an admin deleted the snapshot", async () => {
    const found = await frozen()
    const admin: Who = { ...someone(), role: "admin" }
    assert.strictEqual((await send(admin, `DELETE /crm-reports/snapshots/${found.first.json.id}`)).status, 204)
    await assertHidden(found)
  })

  it("a repeated freeze gets 404 after the report was deleted", async () => {
    const found = await frozen()
    await send(found.ana, `DELETE /crm-reports/${found.report}`)
    await assertHidden(found)
  })

  it("a repeated freeze gets 422 after its creator was demoted from admin to member", async () => {
    const { report } = await frozen()
    const user = someone()
    const freeze = (role: "admin" | "member") =>
      send({ ...user, role }, `POST /crm-reports/${report}/snapshots`, {}, "k")
    assert.strictEqual((await freeze("admin")).status, 201)
    const replayed = await freeze("member")
    assert.strictEqual(replayed.status, 422)
    assert.notProperty(replayed.json, "series")
  })

  it("a repeated creation of a subscription returns the first one while its creator may read the report", async () => {
    const { ana, bo, report } = await frozen()
    const path = `/crm-reports/${report}/subscriptions`
    const subscribe = (more: object = {}) => send(bo, `POST ${path}`, { ...subscription, ...more }, "k")
    const first = await subscribe()
    assert.strictEqual(first.status, 201)
    assert.isFalse(first.headers.has("idempotency-replayed"))
    const again = await subscribe()
    assert.deepStrictEqual([again.status, again.text], [201, first.text])
    assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
    assert.strictEqual(again.headers.get("location"), `/crm-reports/subscriptions/${first.json.id}`)
    assert.strictEqual((await subscribe({ at: "08:00" })).status, 422)
    assert.strictEqual((await send(bo, `GET ${path}`)).json.results.length, 1)
    await send(ana, `PATCH /crm-reports/${report}`, { visibility: "private" })
    const hidden = await subscribe()
    assert.strictEqual(hidden.status, 404)
    assert.deepInclude(hidden.json, { code: "subscription_not_found" })
  })

  it("a repeated creation of a report gets 404 after the report was deleted", async () => {
    const ana = someone()
    const first = await send(ana, "POST /crm-reports", shared, "k")
    assert.strictEqual((await send(ana, "POST /crm-reports", shared, "k")).text, first.text)
    await send(ana, `DELETE /crm-reports/${first.json.id}`)
    const replayed = await send(ana, "POST /crm-reports", shared, "k")
    assert.strictEqual(replayed.status, 404)
    assert.deepInclude(replayed.json, { code: "report_not_found" })
  })
})
