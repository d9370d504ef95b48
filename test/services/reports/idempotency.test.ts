import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { randomUUID } from "node:crypto"
import { eventually } from "../../support/eventually.ts"
import { type KeptApp, keptApp, type Who } from "../../support/KeptApp.ts"

const layout = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }] }
const report = { title: "Q1", layout }

describe.each(["memory", "PostgreSQL"] as const)("idempotency keys in %s", (place) => {
  const scope = Scope.makeUnsafe()
  let app: KeptApp
  beforeAll(async () => {
    app = await Effect.runPromise(Effect.provideService(keptApp(place), Scope.Scope, scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

  const post = (
    path: string,
    body: unknown,
    idempotencyKey: string | undefined,
    who: Who = {},
    init: RequestInit = {}
  ) =>
    app.call(path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...(idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } }),
      ...init
    }, who)

  const create = (idempotencyKey: string | undefined, body: unknown = report, who: Who = {}) =>
    post("/crm-reports", body, idempotencyKey, who)

  const freeze = (id: string, idempotencyKey: string, body: unknown = {}, init: RequestInit = {}) =>
    post(`/crm-reports/${id}/snapshots`, body, idempotencyKey, {}, init)

  const totalOf = async (path: string, who: Who = {}): Promise<number> => (await app.call(path, {}, who)).json.total

  const someone = () => ({ user: randomUUID() })

  it("a repeated request gets the first response with the header Idempotency-Replayed", async () => {
    const who = someone()
    const [name, first] = ["once", await create("once", report, who)]
    const again = await create(name, report, who)
    assert.strictEqual(first.status, 201)
    assert.isFalse(first.headers.has("idempotency-replayed"))
    assert.strictEqual(again.status, 201)
    assert.strictEqual(again.text, first.text)
    assert.strictEqual(again.headers.get("etag"), first.headers.get("etag"))
    assert.match(again.headers.get("content-type") ?? "", /^application\/json/)
    assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
    assert.strictEqual(await totalOf("/crm-reports", who), 1)
  })

  it("requests without an idempotency key are all executed", async () => {
    const who = someone()
    await create(undefined, report, who)
    await create(undefined, report, who)
    assert.strictEqual(await totalOf("/crm-reports", who), 2)
  })

  it("a repeated request gets the first response although its JSON has other spaces and another property order", async () => {
    const who = someone()
    await create("k", { title: "Q1", layout, description: null }, who)
    const again = await create("k", ` {"description" : null, "layout":${JSON.stringify(layout)}, "title":"Q1"}`, who)
    assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
  })

  it("a request with another body and a used idempotency key gets 422", async () => {
    const who = someone()
    await create("k", report, who)
    const other = await create("k", { ...report, title: "Q2" }, who)
    assert.strictEqual(other.status, 422)
    assert.deepInclude(other.json, { statusCode: 422, code: "idempotency_mismatch" })
    assert.strictEqual(await totalOf("/crm-reports", who), 1)
  })

  it("an idempotency key may be used again by another person or organization, and for another report or route", async () => {
    const [ana, bo] = [someone(), someone()]
    const one = await create("k", report, ana)
    const two = await create("k", report, bo)
    const three = await create("k", report, { ...ana, organization: "other" })
    const own = await create("k2", report)
    const other = await create("k3", report)
    const answers = [one, two, three, await freeze(own.json.id, "k2"), await freeze(other.json.id, "k2")]
    assert.deepStrictEqual(answers.map(({ status }) => status), [201, 201, 201, 201, 201])
    assert.strictEqual(new Set(answers.map(({ json }) => json.id)).size, 5)
  })

  it("an idempotency key can be used again after its request failed", async () => {
    const who = someone()
    const refused = await create("k", { title: "" }, who)
    assert.strictEqual(refused.status, 400)
    assert.strictEqual((await create("k", report, who)).status, 201)
    const gone = randomUUID()
    assert.strictEqual((await freeze(gone, "k")).status, 404)
    assert.strictEqual((await freeze(gone, "k", { title: "other" })).status, 404)
  })

  it("ten concurrent requests with one idempotency key create one report", async () => {
    const who = someone()
    const answers = await Promise.all(Array.from({ length: 10 }, () => create("k", report, who)))
    const [made, waiting] = [201, 409].map((status) => answers.filter((answer) => answer.status === status))
    assert.strictEqual((made?.length ?? 0) + (waiting?.length ?? 0), 10)
    assert.strictEqual(made?.filter(({ headers }) => !headers.has("idempotency-replayed")).length, 1)
    assert.strictEqual(new Set(made?.map(({ text }) => text)).size, 1)
    assert.isTrue(waiting?.every(({ headers }) => /^\d+$/.test(headers.get("retry-after") ?? "")))
    assert.strictEqual(await totalOf("/crm-reports", who), 1)
  })

  it("a repeated freeze gets 409 until the first freeze ends", async () => {
    const { json: { id } } = await create(undefined)
    app.latch.closeUnsafe()
    const started = app.nextQuery()
    const first = freeze(id, "k")
    await started
    const second = await freeze(id, "k")
    const other = await freeze(id, "k", { title: "other" })
    app.latch.openUnsafe()
    assert.strictEqual(second.status, 409)
    assert.deepInclude(second.json, { code: "idempotency_in_progress", requestId: second.headers.get("x-request-id") })
    assert.strictEqual(second.headers.get("retry-after"), "1")
    assert.strictEqual(other.status, 422)
    const made = await first
    assert.strictEqual(made.status, 201)
    assert.strictEqual((await freeze(id, "k")).text, made.text)
    assert.strictEqual(await totalOf(`/crm-reports/${id}/snapshots`), 1)
  })

  it("a client that disconnects during a freeze gets the snapshot when it repeats the request", async () => {
    const { json: { id } } = await create(undefined)
    app.latch.closeUnsafe()
    const leaving = new AbortController()
    const started = app.nextQuery()
    freeze(id, "k", {}, { signal: leaving.signal }).catch(() => {})
    await started
    leaving.abort()
    app.latch.openUnsafe()
    const again = await Effect.runPromise(
      eventually(Effect.promise(() => freeze(id, "k")), ({ status }) => status !== 409)
    )
    assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
    assert.strictEqual(await totalOf(`/crm-reports/${id}/snapshots`), 1)
  })

  it("a request that a person made as an admin and repeats as a member gets 422", async () => {
    const who = someone()
    await create("k", report, { ...who, role: "admin" })
    const demoted = await create("k", report, { ...who, role: "member" })
    assert.strictEqual(demoted.status, 422)
  })

  it.each([["empty", ""], ["longer than 255 characters", "x".repeat(256)], ["not ASCII", "clé"], [
    "a text with a tab",
    "a\tb"
  ]])(
    "an idempotency key that is %s gets 400",
    async (_what, name) => {
      const refused = await create(name)
      assert.strictEqual(refused.status, 400)
      assert.deepInclude(refused.json.issues, {
        path: "idempotency-key",
        message: "must be 1 to 255 printable ASCII characters"
      })
    }
  )

  it.each([
    ["255 characters", "x".repeat(255)],
    ["ASCII punctuation", " ~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}"],
    ["a SQL statement", "'; DROP TABLE crm_reports; --"]
  ])(
    "an idempotency key of %s gets 201",
    async (_what, name) => assert.strictEqual((await create(name, report, someone())).status, 201)
  )
})
