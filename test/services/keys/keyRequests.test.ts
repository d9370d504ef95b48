import { createClerkClient } from "@clerk/backend"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer, Redacted, Scope } from "effect"
import type { Admission } from "../../../src/services/admission/Admission.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { signTestToken } from "../../../src/testing/signTestToken.ts"
import { holdToContract } from "../../support/contract.ts"
import { clerkSecret, fakeClerk } from "../../support/FakeClerk.ts"
import { handlerOver } from "../../support/handlerOver.ts"
import { logInto } from "../../support/logInto.ts"
import { sourcesOver } from "../../support/TestApp.ts"

const scope = Scope.makeUnsafe()
const clerk = await Effect.runPromise(Effect.provideService(fakeClerk(), Scope.Scope, scope))
const logged: Array<string> = []
const log = logInto(logged)

const beneath = Layer.mergeAll(
  sourcesOver(noTables),
  ReportRepo.layerMemory,
  SnapshotRepo.layerMemory,
  SubscriptionRepo.layerMemory,
  IdempotencyKeys.layerMemory,
  log
)
const over = (keys: Layer.Layer<ApiKeys, never, Admission>) => handlerOver(beneath, Effect.void, Layer.merge(keys, log))
const withClerk = over(ApiKeys.layerClerk({ apiUrl: clerk.apiUrl, secretKey: Redacted.make(clerkSecret) }))
const withoutKeys = over(ApiKeys.layerNotConfigured)

const person = { organizationId: "org_demo", userId: "user_ana" }
const session = signTestToken({ ...person, role: "admin" })

const ask = async (
  { handler }: typeof withClerk,
  token: string,
  request: string,
  body?: unknown,
  headers: Record<string, string> = {}
) => {
  const [method = "", url = ""] = request.split(" ")
  const response = await handler(
    new Request(`http://crm.example${url}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...headers,
        ...(body !== undefined && { "content-type": "application/json" })
      },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
  )
  const text = await response.text()
  holdToContract({ method, url, status: response.status, headers: response.headers, text })
  const json: Record<string, unknown> = text === "" ? {} : JSON.parse(text)
  return { status: response.status, retryAfter: response.headers.get("retry-after"), json }
}

const made = async (scopes: ReadonlyArray<string> = ["reports:read"]) => {
  const { json, status } = await ask(withClerk, session, "POST /crm-reports/keys", { name: "script", scopes })
  assert.strictEqual(status, 201)
  return { id: String(json["id"]), secret: String(json["secret"]) }
}

beforeAll(() => clerk.setRole("org_demo", "user_ana", "admin"))
afterAll(async () => {
  await withClerk.dispose()
  await withoutKeys.dispose()
  await Effect.runPromise(Scope.close(scope, Exit.void))
})

describe("a request with a key", () => {
  it("a key with only the key scope reports:read may read the builder options but not create a report", async () => {
    const { secret } = await made()
    const { json, status } = await ask(withClerk, secret, "GET /crm-reports/options")
    assert.deepStrictEqual([status, json["caller"]], [200, { id: "user_ana", name: "user_ana", role: "admin" }])
    const written = await ask(withClerk, secret, "POST /crm-reports", { title: "x", layout: { widgets: [] } })
    assert.deepInclude(written.json, { statusCode: 403, code: "scope_required" })
  })

  it("a key that creates, lists or revokes keys gets 403", async () => {
    const { id, secret } = await made(["reports:read", "reports:write", "snapshots:write"])
    const answers = await Promise.all([
      ask(withClerk, secret, "POST /crm-reports/keys", { name: "more", scopes: ["reports:write"] }),
      ask(withClerk, secret, "GET /crm-reports/keys"),
      ask(withClerk, secret, `DELETE /crm-reports/keys/${id}`)
    ])
    const codes = answers.map(({ json, status }) => [status, json["code"]])
    assert.deepStrictEqual(codes, Array.from({ length: 3 }, () => [403, "session_required"]))
  })

  it("a revoked or unknown key gets 401 key_invalid", async () => {
    const { id, secret } = await made()
    assert.strictEqual((await ask(withClerk, session, `DELETE /crm-reports/keys/${id}`)).status, 204)
    const answers = await Promise.all(
      [secret, "ak_unknown", "ak_"].map((key) => ask(withClerk, key, "GET /crm-reports"))
    )
    const codes = answers.map(({ json, status }) => [status, json["code"]])
    assert.deepStrictEqual(codes, Array.from({ length: 3 }, () => [401, "key_invalid"]))
  })

  it("a key gets 403 when x-organization-id names another organization", async () => {
    const { secret } = await made()
    const headers = { "x-organization-id": "org_other" }
    const { json } = await ask(withClerk, secret, "GET /crm-reports", undefined, headers)
    assert.deepInclude(json, { statusCode: 403, code: "organization_mismatch" })
  })

  it.each(["..%2F..%2Fusers", "ak_id1%2Frevoke", "x%3Fa=b", "x".repeat(65)])(
    "DELETE of the key id %s gets 400 without a request to Clerk",
    async (id) => {
      const before = clerk.asked.length
      const { status } = await ask(withClerk, session, `DELETE /crm-reports/keys/${id}`)
      assert.deepStrictEqual([status, clerk.asked.length], [400, before])
    }
  )

  it.each([
    { name: "", scopes: ["reports:read"] },
    { name: "x", scopes: [] },
    { name: "x", scopes: ["admin"] },
    { name: "x", scopes: ["reports:read"], expiresInDays: 0 },
    { name: "x", scopes: ["reports:read"], expiresInDays: 366 }
  ])("the creation of a key with %j gets 400", async (body) => {
    assert.strictEqual((await ask(withClerk, session, "POST /crm-reports/keys", body)).status, 400)
  })
})

describe("while Clerk cannot be asked", () => {
  it.each([500, 429, 401, "not JSON", "hangs"] as const)(
    "while Clerk's answers are %s, a key gets 503 but a session gets 200",
    async (mode) => {
      const { secret } = await made()
      clerk.become(mode)
      const byKey = await ask(withClerk, secret, "GET /crm-reports")
      const bySession = await ask(withClerk, session, "GET /crm-reports")
      const list = await ask(withClerk, session, "GET /crm-reports/keys")
      clerk.become("up")
      assert.deepStrictEqual([byKey.status, byKey.retryAfter, bySession.status, list.status], [503, "1", 200, 503])
      await ask(withClerk, secret, "GET /crm-reports")
    }
  )

  it("without Clerk's secret key, requests to /crm-reports/keys get 501", async () => {
    const requests = ["GET /crm-reports/keys", "DELETE /crm-reports/keys/ak_1"]
    const answers = await Promise.all(requests.map((request) => ask(withoutKeys, session, request)))
    assert.deepStrictEqual(answers.map(({ status }) => status), [501, 501])
  })

  it("without Clerk's secret key, a request with a key gets 401", async () => {
    assert.strictEqual((await ask(withoutKeys, "ak_secret", "GET /crm-reports")).status, 401)
  })
})

describe("Clerk's own library", () => {
  const library = createClerkClient({ secretKey: clerkSecret, apiUrl: clerk.apiUrl, telemetry: { disabled: true } })
  const ours = { name: "by the library", subject: "org_demo", scopes: ["reports:read", "other:service"] }

  it("Clerk's own library works with the fake Clerk of these tests", async () => {
    const { id, secret = "" } = await library.apiKeys.create({ ...ours, createdBy: "user_ana" })
    assert.strictEqual((await library.apiKeys.verify(secret)).id, id)
    const members = await library.organizations.getOrganizationMembershipList({
      organizationId: "org_demo",
      userId: ["user_ana"]
    })
    assert.deepStrictEqual(members.data.map(({ role }) => role), ["org:admin"])
    assert.isTrue((await library.apiKeys.revoke({ apiKeyId: id })).revoked)
    assert.include(clerk.asked.join("\n"), "/api_keys/verify")
  })

  it("a key of the library needs a creator in its organization and a key scope of this service", async () => {
    const statusOf = async (more: { readonly createdBy?: string; readonly scopes?: Array<string> }) => {
      const { secret = "" } = await library.apiKeys.create({ ...ours, ...more })
      return (await ask(withClerk, secret, "GET /crm-reports")).status
    }
    assert.deepStrictEqual(
      [
        await statusOf({ createdBy: "user_ana" }),
        await statusOf({}),
        await statusOf({ createdBy: "user_who_left" }),
        await statusOf({ createdBy: "user_ana", scopes: ["other:service"] })
      ],
      [200, 401, 401, 403]
    )
  })
})

describe("the log", () => {
  it("the log names created and revoked keys without their secrets", () => {
    const text = logged.join("\n")
    assert.match(text, /a key was created.*keyId=ak_id1\b/)
    assert.include(text, "a key was revoked")
    assert.include(text, "Clerk cannot be asked about keys")
    assert.notMatch(text, /ak_secret|ak_unknown|sk_live|Bearer/)
  })
})
