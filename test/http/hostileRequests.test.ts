import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"

import { gzipSync } from "node:zlib"
import { refused, sound, taken } from "../support/bodyCases.ts"
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

const head = (first: string, ...headers: ReadonlyArray<string>) =>
  [first, "Host: probe.example", `Authorization: Bearer ${token}`, "Connection: close", ...headers, "", ""].join("\r\n")

const json = "Content-Type: application/json"
const toLayouts = "POST /crm-reports/layouts HTTP/1.1"

const post = (body: string | Uint8Array, ...headers: ReadonlyArray<string>) => {
  const bytes = Buffer.from(body)
  return speak(probe.port, head(toLayouts, `Content-Length: ${bytes.length}`, ...headers), bytes)
}
const get = (path: string) => speak(probe.port, head(`GET ${path} HTTP/1.1`))

const issuesOf = ({ body }: Answer): ReadonlyArray<{ readonly path: string }> => JSON.parse(body).issues ?? []
const codeOf = ({ body }: Answer): string => JSON.parse(body).code

describe("bodies", () => {
  it.each(refused)("%s gets 400 with at most 20 issues", async (_name, body, path) => {
    const answer = await post(body(), json)
    assert.strictEqual(answer.status, 400)
    assert.strictEqual(issuesOf(answer)[0]?.path, path)
    assert.lengthOf(JSON.parse(answer.body).message, issuesOf(answer).length)
    assert.isAtMost(issuesOf(answer).length, 20)
    assert.isBelow(answer.body.length, 10_000)
  })

  it.each(taken)("%s gets 200, and the service reads it as JSON.parse does", async (_name, body) => {
    const answer = await post(body, json)
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(answer.body, JSON.stringify(JSON.parse(body)))
    assert.notProperty({}, "polluted")
  })

  it.each([
    ["the content type text/plain", "Content-Type: text/plain"],
    ["the content type application/xml", "Content-Type: application/xml"],
    ["the content type of a form", "Content-Type: application/x-www-form-urlencoded"],
    ["the charset UTF-16", "Content-Type: application/json; charset=utf-16"],
    ["no content type", "X-Nothing: said"],
    ["two content types", "Content-Type: application/json, text/plain"]
  ])(
    "a JSON body with %s gets 415",
    async (_name, type) => assert.strictEqual((await post(sound, type)).status, 415)
  )

  it.each([
    ["Content-Type: application/json;charset=UTF-8"],
    ["Content-Type: application/json; charset=\"utf-8\""],
    ["Content-Type: APPLICATION/JSON", "Content-Encoding: Identity"]
  ])(
    "a JSON body with the header %s gets 200",
    async (...headers) => assert.strictEqual((await post(sound, ...headers)).status, 200)
  )

  it("a large body is read completely, even if a character arrives in two pieces", async () => {
    const body = `{"layout":{"widgets":[]},"kept":"${"€".repeat(200_000)}"}`
    assert.strictEqual((await post(body, json)).body, body)
  })

  it("a chunked body gets 200", async () => {
    const chunked = `${sound.length.toString(16)}\r\n${sound}\r\n0\r\n\r\n`
    const answer = await speak(probe.port, head(toLayouts, json, "Transfer-Encoding: chunked"), chunked)
    assert.deepInclude(answer, { status: 200, body: sound })
  })

  it("a client that waits for 100 Continue is told to send its body", async () => {
    const answer = await post(sound, json, "Expect: 100-continue")
    assert.strictEqual(answer.status, 100)
    assert.match(answer.body, /^HTTP\/1\.1 200 OK/)
    assert.isTrue(answer.body.endsWith(sound))
  })

  it("a request whose Content-Length is ten megabytes gets body_too_large before its whole body is sent", async () => {
    const answer = await speak(probe.port, head(toLayouts, json, "Content-Length: 10000000"), "x".repeat(100_000))
    assert.strictEqual(codeOf(answer), "body_too_large")
  })

  it("a chunked body that exceeds the limit gets body_too_large", async () => {
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`
    const answer = await speak(probe.port, head(toLayouts, json, "Transfer-Encoding: chunked"), chunk.repeat(40))
    assert.strictEqual(codeOf(answer), "body_too_large")
  })

  it("a gzip body gets 415", async () => {
    const answer = await post(gzipSync(Buffer.alloc(20_000_000)), json, "Content-Encoding: gzip")
    assert.strictEqual(answer.status, 415)
  })
})

describe("addresses", () => {
  const id = "0190a000-0000-7000-8000-000000000000"
  it.each([
    [`/crm-reports/things/${id}`, 200],
    [`/crm-reports/things/${id.toUpperCase()}`, 200],
    ["/crm-reports/things/00000000-0000-0000-0000-000000000000", 200],
    ["/crm-reports/things/%00", 400],
    ["/crm-reports/things/%ff", 404],
    ["/crm-reports/things/..%2f..%2fetc", 400],
    ["/crm-reports/things/' or 1=1", 400],
    ["/crm-reports/layouts?limit=0", 400],
    ["/crm-reports/layouts?limit=1.5", 400],
    ["/crm-reports/layouts?limit=abc", 400],
    ["/crm-reports/layouts?limit=%00", 400],
    ["/crm-reports/layouts?limit=5&limit=6", 400]
  ])("GET %s gets %i", async (path, status) => {
    const answer = await get(encodeURI(path).replaceAll("%25", "%"))
    assert.strictEqual(answer.status, status)
  })

  it("GET of a path of more than 10,000 characters gets 404", async () => {
    assert.strictEqual((await get(`/crm-reports/things/${"a".repeat(10_000)}`)).status, 404)
  })

  it("a request with an absolute URL and without a token gets 401", async () => {
    const answer = await speak(
      probe.port,
      "GET http://probe.example/crm-reports/caller HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    )
    assert.strictEqual(answer.status, 401)
  })
})

describe("malformed HTTP", () => {
  it.each([
    [
      "both a Content-Length and a chunked body",
      head(toLayouts, json, "Content-Length: 3", "Transfer-Encoding: chunked")
    ],
    ["two different Content-Lengths", head(toLayouts, json, "Content-Length: 3", "Content-Length: 4")],
    ["a NUL in a header", head("GET /crm-reports/caller HTTP/1.1", "X-A: \u0000")],
    ["no Host header", "GET /crm-reports/caller HTTP/1.1\r\n\r\n"],
    ["no request line", "hello\r\n\r\n"]
  ])(
    "a request with %s gets 400",
    async (_name, said) => assert.strictEqual((await speak(probe.port, said)).status, 400)
  )

  it("a request that is never completed gets 408", async () => {
    const answers = await Promise.all([
      speak(probe.port, head(toLayouts, json, "Content-Length: 100"), "{"),
      speak(probe.port, head(toLayouts, json, "Content-Length: 100", "Connection: Upgrade", "Upgrade: h2c"), "{"),
      speak(probe.port, "GET /crm-reports/caller HTTP/1.1\r\nHost: a\r\nX-Slow: ")
    ])
    assert.deepStrictEqual(answers.map(({ status }) => status), [408, 408, 408])
  })
})

describe("the service after all these requests", () => {
  it("the service still answers after the requests of this file", async () => {
    assert.strictEqual((await get("/crm-reports/caller")).status, 200)
  })

  it("the requests of this file write nothing to the log", () => {
    assert.deepStrictEqual(probe.logged, [])
  })
})
