import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { eventually } from "../support/eventually.ts"
import { listenProbe, type Probe, settingsFor } from "../support/ProbeServer.ts"
import { type Answer, speak } from "../support/speak.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"

const key = makeKeyPair()
let probe: Probe & { readonly port: number }
let token: string
beforeAll(async () => {
  probe = await listenProbe(settingsFor(key.publicPem))
  token = sign(key, claims())
})
afterAll(() => probe.close())

const head = (first: string, headers: ReadonlyArray<string> = []) =>
  [first, "Host: probe.example", `Authorization: Bearer ${token}`, "Connection: close", ...headers, "", ""].join("\r\n")

const get = (path: string, ...headers: ReadonlyArray<string>) =>
  speak(probe.port, head(`GET ${path} HTTP/1.1`, headers))

const jsonType = "Content-Type: application/json"

const post = (body: string | Uint8Array, type = jsonType, ...headers: ReadonlyArray<string>) => {
  const bytes = Buffer.from(body)
  const all = [...(type === "" ? [] : [type]), `Content-Length: ${bytes.length}`, ...headers]
  return speak(probe.port, head("POST /crm-reports/layouts HTTP/1.1", all), bytes)
}

const layout = (widgets: ReadonlyArray<unknown>, kept?: unknown) => JSON.stringify({ layout: { widgets }, kept })
const sound = layout([{ instanceId: "a" }])

const bodyOf = ({ body }: Answer): Record<string, unknown> => JSON.parse(body)

const expectFailure = (answer: Answer, statusCode: number, code: string) => {
  assert.strictEqual(answer.status, statusCode)
  const body = bodyOf(answer)
  assert.deepInclude(body, { statusCode, code, requestId: answer.headers.get("x-request-id") })
  assert.sameMembers(
    Object.keys(body),
    ["statusCode", "error", "message", "code", "requestId", ...(statusCode === 400 ? ["issues"] : [])]
  )
  assert.strictEqual(answer.headers.get("x-content-type-options"), "nosniff")
  assert.strictEqual(answer.headers.get("cache-control"), "private, no-store")
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/)
  assert.isUndefined(answer.headers.get("x-powered-by"))
}

const failures: ReadonlyArray<readonly [name: string, ask: () => Promise<Answer>, status: number, code: string]> = [
  ["400 for an invalid body", () => post(layout([{}])), 400, "invalid_request"],
  [
    "401 without a token",
    () => speak(probe.port, "GET /crm-reports/caller HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
    401,
    "unauthenticated"
  ],
  [
    "401 for two Authorization headers",
    () => get("/crm-reports/caller", "Authorization: Bearer x"),
    401,
    "unauthenticated"
  ],
  [
    "403 for another organization",
    () => get("/crm-reports/caller", "X-Organization-Id: org_b"),
    403,
    "organization_mismatch"
  ],
  ["404 for an unknown path", () => get("/crm-report"), 404, "route_not_found"],
  ["404 for a missing object", () => get("/crm-reports/fail/missing"), 404, "thing_not_found"],
  [
    "405 for another method",
    () => speak(probe.port, head("PUT /crm-reports/layouts HTTP/1.1")),
    405,
    "method_not_allowed"
  ],
  ["405 for TRACE", () => speak(probe.port, head("TRACE /crm-reports/layouts HTTP/1.1")), 405, "method_not_allowed"],
  ["409 for a conflict", () => get("/crm-reports/fail/taken"), 409, "thing_taken"],
  ["413 for a long body", () => post("x".repeat(1024 * 1024 + 1)), 413, "body_too_large"],
  ["415 for text", () => post(sound, "Content-Type: text/plain"), 415, "unsupported_media_type"],
  ["431 for long headers", () => get("/crm-reports/caller", `X-Long: ${"x".repeat(17_000)}`), 431, "headers_too_large"],
  ["500 for an unexpected error", () => get("/crm-reports/fail/defect"), 500, "internal_error"],
  ["500 for an answer that cannot be encoded", () => get("/crm-reports/fail/unencodable"), 500, "internal_error"],
  ["503 for an unavailable dependency", () => get("/crm-reports/fail/unavailable"), 503, "unavailable"],
  ["504 for a timeout", () => get("/crm-reports/fail/slow"), 504, "timeout"]
]

describe("the error body", () => {
  it.each(failures)(
    "the error body has every field in the response %s",
    async (_name, ask, status, code) => expectFailure(await ask(), status, code)
  )

  it("a 401 has WWW-Authenticate: Bearer", async () => {
    const answer = await speak(probe.port, "GET /crm-reports/caller HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert.strictEqual(answer.headers.get("www-authenticate"), "Bearer")
  })

  it("a 405 lists the allowed methods", async () => {
    const answer = await speak(probe.port, head("PUT /crm-reports/layouts HTTP/1.1"))
    assert.strictEqual(answer.headers.get("allow"), "GET, HEAD, POST, OPTIONS")
  })

  it.each([[503, "unavailable"], [504, "slow"]])("a %i has the header Retry-After", async (_status, kind) => {
    assert.match((await get(`/crm-reports/fail/${kind}`)).headers.get("retry-after") ?? "", /^\d+$/)
  })

  it("a 400 lists every issue with its path and message", async () => {
    const body = bodyOf(await post(layout([{ instanceId: "a" }, { instanceId: 1, filters: { tag: [1] } }])))
    assert.deepStrictEqual(body["issues"], [
      { path: "layout.widgets[1].instanceId", message: "Expected string" },
      { path: "layout.widgets[1].filters.tag[0]", message: "Expected string" }
    ])
    assert.strictEqual(Array.isArray(body["message"]) ? body["message"].length : 0, 2)
  })

  it("the text of an unexpected error is in the log, with the request id, and not in the response", async () => {
    const before = probe.logged.length
    const answer = await get("/crm-reports/fail/defect", "X-Request-Id: find-me")
    const lines = probe.logged.slice(before)
    assert.strictEqual(lines.filter((line) => line.includes("secret.ts")).length, 1)
    assert.include(lines.join("\n"), "find-me")
    assert.notInclude(answer.body, "secret")
  })
})

describe("the request id", () => {
  it.each([
    ["repeats", "of letters, digits and signs", "abc-1_2.3"],
    ["repeats", "of 64 characters", "x".repeat(64)],
    ["replaces", "of 65 characters", "x".repeat(65)],
    ["replaces", "with a space", "a b"],
    ["replaces", "with other characters", "<b>"],
    ["replaces", "that is empty", ""]
  ])(
    "the response %s a request id %s",
    async (verb, _what, brought) => {
      const answer = await get("/crm-reports/caller", `X-Request-Id: ${brought}`)
      const answered = answer.headers.get("x-request-id") ?? ""
      assert.strictEqual(answered === brought, verb === "repeats")
      assert.match(answered, /^[A-Za-z0-9._-]{1,64}$/)
    }
  )
})

describe("methods", () => {
  it("HEAD gets 200 without a body", async () => {
    const answer = await speak(probe.port, head("HEAD /crm-reports/caller HTTP/1.1"))
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(answer.body, "")
  })

  it("OPTIONS gets 204 with the allowed methods", async () => {
    const answer = await speak(probe.port, head("OPTIONS /crm-reports/caller HTTP/1.1"))
    assert.strictEqual(answer.status, 204)
    assert.strictEqual(answer.headers.get("allow"), "GET, HEAD, OPTIONS")
  })
})

describe("a client that disconnects", () => {
  it("a client that disconnects causes no log line", async () => {
    const before = probe.logged.length
    const leaving = new AbortController()
    const reached = probe.reached()
    const asked = probe.call("/crm-reports/fail/never", {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal
    })
    await Effect.runPromise(eventually(Effect.sync(probe.reached), (count) => count > reached))
    leaving.abort()
    assert.strictEqual(await asked.catch((error: unknown) => error instanceof Error ? error.name : ""), "AbortError")
    assert.strictEqual((await get("/crm-reports/caller")).status, 200)
    assert.deepStrictEqual(probe.logged.slice(before), [])
  })
})
