import { afterAll, assert, beforeEach, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer, Redacted, Scope } from "effect"
import { SqlError } from "effect/sql"
import type { Admission } from "../../../src/services/admission/Admission.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { Roles } from "../../../src/services/keys/own/ownKeys.ts"
import { AuditLog } from "../../../src/services/reports/AuditLog/AuditLog.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { signTestToken } from "../../../src/testing/signTestToken.ts"
import { eventually } from "../../support/eventually.ts"
import { clerkSecret, fakeClerk } from "../../support/FakeClerk.ts"
import { handlerOver } from "../../support/handlerOver.ts"
import { recording, type Sent } from "../../support/recording.ts"
import { sourcesOver } from "../../support/TestApp.ts"

const scope = Scope.makeUnsafe()
const clerk = await Effect.runPromise(Effect.provideService(fakeClerk(), Scope.Scope, scope))
const sent: Array<Sent> = []
let fails = false

const lost = new SqlError.SqlError({
  reason: new SqlError.ConnectionError({ cause: new Error("the server closed the connection") })
})
const storedKey = {
  id: "00000000-0000-4000-8000-000000000001",
  name: "script",
  scopes: ["reports:read"],
  createdBy: "user_ana",
  createdAt: new Date(0),
  expiresAt: null
}

const database = recording(sent, (rows, text) => {
  if (fails && text.includes("INSERT INTO crm_report_audit")) return Effect.fail(lost)
  return Effect.succeed(text.includes("INSERT INTO crm_report_keys") ? [storedKey] : rows)
})
const roles = Layer.succeed(Roles, { of: () => Effect.succeed("admin") })

const over = (keys: Layer.Layer<ApiKeys, never, Admission>) =>
  handlerOver(
    Layer.mergeAll(
      sourcesOver(noTables),
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      SubscriptionRepo.layerMemory,
      IdempotencyKeys.layerMemory,
      Layer.provide(AuditLog.layerSql, database)
    ),
    Effect.void,
    keys
  )
const atClerk = over(ApiKeys.layerClerk({ apiUrl: clerk.apiUrl, secretKey: Redacted.make(clerkSecret) }))
const inDatabase = over(Layer.orDie(ApiKeys.layerSql.pipe(Layer.provide([database, roles]))))

const token = signTestToken({ organizationId: "org_demo", userId: "user_ana", role: "admin" })
const body = JSON.stringify({ name: "script", scopes: ["reports:read"] })

const ask = async ({ handler }: typeof atClerk, method: string, path: string, signal?: AbortSignal) => {
  const response = await handler(
    new Request(`http://crm.example/crm-reports/keys${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(method === "POST" && { body }),
      ...(signal !== undefined && { signal })
    })
  )
  return { status: response.status, text: await response.text() }
}

const statements = () => sent.map(({ text }) => text.trim().split(/\s+/).slice(0, 3).join(" "))

const untilAsked = (line: string) =>
  Effect.runPromise(eventually(Effect.sync(() => clerk.asked), (asked) => asked.includes(line)))

beforeEach(() => {
  sent.length = 0
  clerk.asked.length = 0
  fails = false
  clerk.become("up")
})
afterAll(async () => {
  await atClerk.dispose()
  await inDatabase.dispose()
  await Effect.runPromise(Scope.close(scope, Exit.void))
})

describe("with Clerk", () => {
  it("nothing is sent to the database before Clerk has answered, and one statement after it", async () => {
    const letCreate = clerk.hold()
    const creating = ask(atClerk, "POST", "")
    await untilAsked("POST /api_keys")
    assert.deepStrictEqual(statements(), [])
    letCreate()
    const { status, text } = await creating
    assert.deepStrictEqual([status, statements()], [201, ["INSERT INTO crm_report_audit"]])
    const id: unknown = Object(JSON.parse(text)).id
    const letRevoke = clerk.hold()
    const revoking = ask(atClerk, "DELETE", `/${id}`)
    await untilAsked(`GET /api_keys/${id}`)
    assert.lengthOf(sent, 1)
    letRevoke()
    assert.strictEqual((await revoking).status, 204)
    assert.deepStrictEqual(statements().slice(1), ["INSERT INTO crm_report_audit"])
    assert.deepStrictEqual(sent.map(({ params }) => params.includes(id)), [true, true])
  })

  it("a new key has its event if the client leaves while Clerk makes the key", async () => {
    const release = clerk.hold()
    const leaving = new AbortController()
    const creating = ask(atClerk, "POST", "", leaving.signal)
    await untilAsked("POST /api_keys")
    leaving.abort()
    release()
    await creating
    assert.deepStrictEqual(statements(), ["INSERT INTO crm_report_audit"])
  })

  it("no response has the secret of a key whose event was not stored", async () => {
    fails = true
    const { status, text } = await ask(atClerk, "POST", "")
    assert.strictEqual(status, 503)
    assert.notInclude(text, "ak_secret")
    assert.deepStrictEqual(clerk.asked, ["POST /api_keys"])
  })

  it("a new key gets 503 if Clerk does not answer", async () => {
    clerk.become("hangs")
    assert.strictEqual((await ask(atClerk, "POST", "")).status, 503)
    assert.deepStrictEqual(statements(), [])
  })

  it("an unknown key has no event", async () => {
    assert.strictEqual((await ask(atClerk, "DELETE", "/ak_unknown")).status, 404)
    assert.deepStrictEqual(statements(), [])
  })
})

describe("with keys in PostgreSQL", () => {
  it("a new key and its event are stored in one transaction", async () => {
    assert.strictEqual((await ask(inDatabase, "POST", "")).status, 201)
    assert.deepStrictEqual(statements(), [
      "BEGIN",
      "DELETE FROM crm_report_keys",
      "INSERT INTO crm_report_keys",
      "INSERT INTO crm_report_audit",
      "COMMIT"
    ])
  })
})
