import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { vi } from "vitest"
import { openProbe, type Probe, settingsFor } from "../support/ProbeServer.ts"
import { accepted, expiring, hs256, malformed, organization, ours, refused, theirs } from "../support/tokenCases.ts"
import { claims, seconds, sign } from "../support/Tokens.ts"

let probe: Probe
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] })
  probe = openProbe(settingsFor(ours.publicPem))
})
afterAll(async () => {
  await probe.close()
  vi.useRealTimers()
})

const ask = (token: string | undefined, headers: Record<string, string> = {}) =>
  probe.call("/crm-reports/caller", {
    headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` }
  })

describe("a refused token", () => {
  it.each(refused)("%s is refused before any handler runs", async (_name, token, status, code) => {
    const before = probe.reached()
    const response = await ask(token())
    const body = await response.json()
    assert.deepInclude(body, { statusCode: status, code })
    assert.strictEqual(response.status, status)
    assert.strictEqual(response.headers.get("www-authenticate"), status === 401 ? "Bearer" : null)
    assert.strictEqual(probe.reached(), before)
  })

  it.each(malformed)("%s is refused before any handler runs", async (_name, token) => {
    const before = probe.reached()
    assert.include([401, 403], (await ask(token())).status)
    assert.strictEqual(probe.reached(), before)
  })

  it("Basic authentication is refused with 401", async () => {
    assert.strictEqual(
      (await probe.call("/crm-reports/caller", { headers: { authorization: "Basic YTpi" } })).status,
      401
    )
  })
})

describe("an accepted token", () => {
  it.each(accepted)("%s gives the caller the role %s", async (_name, role, token) => {
    const response = await ask(token())
    assert.deepStrictEqual(await response.json(), { organizationId: "org_a", userId: "user_1", role })
  })

  it("with a configured audience, only tokens for that audience are accepted", async () => {
    const strict = openProbe({ ...settingsFor(ours.publicPem), audience: "crm" })
    const statuses = await Promise.all([undefined, "other", ["other"], "crm", ["other", "crm"]].map(async (aud) => {
      const authorization = `Bearer ${sign(ours, { ...claims(), aud })}`
      return (await strict.call("/crm-reports/caller", { headers: { authorization } })).status
    }))
    await strict.close()
    assert.deepStrictEqual(statuses, [401, 401, 401, 200, 200])
  })

  it("the caller's role comes from the token of the request", async () => {
    const roles = await Promise.all(
      ["admin", "member"].map(async (rol) => (await ask(sign(ours, organization({ id: "org_a", rol })))).text())
    )
    assert.deepStrictEqual(roles.map((text) => /"role":"(\w+)"/.exec(text)?.[1]), ["admin", "member"])
  })

  it("an accepted token is refused once it has expired", async () => {
    const token = expiring(seconds() - 3)
    assert.strictEqual((await ask(token)).status, 200)
    vi.setSystemTime(Date.now() + 3_000)
    assert.strictEqual((await ask(token)).status, 401)
  })

  it("the caller's organization comes from the token of the request", async () => {
    const bodies = await Promise.all(
      ["org_a", "org_b"].map(async (id) => (await ask(sign(ours, organization({ id, rol: "member" })))).text())
    )
    assert.deepStrictEqual(bodies.map((text) => /"organizationId":"(\w+)"/.exec(text)?.[1]), ["org_a", "org_b"])
  })

  it("a header x-organization-id that names another organization is refused with 403", async () => {
    const same = await ask(sign(ours, claims()), { "x-organization-id": "org_a" })
    const other = await ask(sign(ours, claims()), { "x-organization-id": "org_b" })
    assert.strictEqual(same.status, 200)
    assert.strictEqual(other.status, 403)
    assert.deepInclude(await other.json(), { code: "organization_mismatch" })
  })

  it("a role in a header has no effect", async () => {
    const response = await ask(sign(ours, claims()), { "x-role": "admin", role: "admin" })
    assert.deepInclude(await response.json(), { role: "member" })
  })
})

describe("a protected path", () => {
  const paths = [
    "//crm-reports/caller",
    "/CRM-Reports/caller",
    "/crm-reports/CALLER",
    "/crm-reports/caller/",
    "/crm-reports//caller",
    "/crm-reports%2Fcaller",
    "/crm-reports/./caller",
    "/crm-reports/%2e/caller",
    "/crm-reports/x/../caller",
    "/crm-reports/caller?token=1",
    "/crm-reports/caller;x=1"
  ]
  it.each(paths)("GET %s without a token runs no handler", async (path) => {
    const before = probe.reached()
    assert.include([401, 404], (await probe.call(path)).status)
    assert.strictEqual(probe.reached(), before)
  })

  it.each(["HEAD", "POST", "PUT", "DELETE"])("%s without a token runs no handler", async (method) => {
    const before = probe.reached()
    const response = await probe.call("/crm-reports/caller", { method, headers: { "x-http-method-override": "GET" } })
    assert.include([401, 405], response.status)
    assert.strictEqual(probe.reached(), before)
  })
})

describe("bad tokens", () => {
  it("a token that is expired, too long, signed by HS256 or of another issuer gets 401 without a check of its signature", async () => {
    const verify = vi.spyOn(crypto.subtle, "verify")
    const before = probe.reached()
    await ask(sign(theirs, claims()))
    assert.strictEqual(verify.mock.calls.length, 1)
    verify.mockClear()
    const bad = [
      sign(theirs, { ...claims(), iss: "https://other.example" }),
      expiring(seconds() - 60),
      "x".repeat(9_000),
      hs256()
    ]
    const statuses = await Promise.all(
      Array.from({ length: 1_000 }, async (_, index) => (await ask(bad[index % bad.length])).status)
    )
    assert.deepStrictEqual([...new Set(statuses)], [401])
    assert.strictEqual(verify.mock.calls.length, 0)
    assert.strictEqual(probe.reached(), before)
    verify.mockRestore()
  })
})

describe("the log", () => {
  it("the log contains no token after the requests of this file", () => {
    assert.notMatch(probe.logged.join("\n"), /eyJ|Bearer/)
  })
})
