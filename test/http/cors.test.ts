import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Cause, ConfigProvider, Effect, Exit } from "effect"
import { checkConfig } from "../../src/Config.ts"
import { listenProbe, type Probe, settingsFor } from "../support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"

const key = makeKeyPair()
const app = "https://app.crm.example"
const local = "http://localhost:5173"

let listed: Probe
let unlisted: Probe
let production: Probe
beforeAll(async () => {
  listed = await listenProbe(settingsFor(key.publicPem), { CORS_ORIGINS: `${app},${local}` })
  unlisted = await listenProbe(settingsFor(key.publicPem))
  production = await listenProbe(settingsFor(key.publicPem), { NODE_ENV: "production" })
})
afterAll(() => Promise.all([listed, unlisted, production].map((probe) => probe.close())))

const get = (origin: string, path = "/crm-reports/caller") =>
  listed.call(path, { headers: { origin, authorization: `Bearer ${sign(key, claims())}` } })

const preflight = (probe: Probe, origin: string, path = "/crm-reports/layouts") =>
  probe.call(path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,idempotency-key"
    }
  })

const wordsOf = (response: Response, name: string) => (response.headers.get(name) ?? "").toLowerCase().split(", ")

const corsHeaders = (response: Response) =>
  [...response.headers.keys()].filter((name) => name.startsWith("access-control-"))

describe("a listed origin", () => {
  it.each([app, local])("the listed origin %s may read a response and the exposed headers", async (origin) => {
    const response = await get(origin)
    assert.strictEqual(response.status, 200)
    assert.strictEqual(response.headers.get("access-control-allow-origin"), origin)
    assert.includeMembers(wordsOf(response, "access-control-expose-headers"), [
      "etag",
      "location",
      "retry-after",
      "x-request-id"
    ])
    assert.include(wordsOf(response, "vary"), "origin")
  })

  it.each([["404", "/crm-reports/fail/missing"], ["500", "/crm-reports/fail/defect"], ["401", "/crm-reports/fail/x"]])(
    "a listed origin may read a response with status %s",
    async (_status, path) => {
      const response = await listed.call(path, { headers: { origin: app } })
      assert.strictEqual(response.headers.get("access-control-allow-origin"), app)
    }
  )

  it("a preflight of a listed origin without a token gets 204 with the allowed methods and headers", async () => {
    const response = await preflight(listed, app)
    assert.strictEqual(response.status, 204)
    assert.strictEqual(response.headers.get("access-control-allow-origin"), app)
    assert.deepStrictEqual(wordsOf(response, "access-control-allow-methods"), ["get", "head", "post", "options"])
    assert.includeMembers(wordsOf(response, "access-control-allow-headers"), [
      "authorization",
      "content-type",
      "idempotency-key",
      "if-match",
      "if-none-match",
      "last-event-id"
    ])
    assert.isAbove(Number(response.headers.get("access-control-max-age")), 0)
    assert.include(wordsOf(response, "vary"), "origin")
  })

  it("a response to a listed origin does not allow cookies", async () => {
    const answers = [await get(app), await preflight(listed, app)]
    assert.isFalse(answers.some(({ headers }) => headers.has("access-control-allow-credentials")))
  })

  it("a preflight for an unknown path gives 404", async () => {
    const response = await preflight(listed, app, "/crm-report")
    assert.strictEqual(response.status, 404)
    assert.isFalse(response.headers.has("access-control-allow-methods"))
  })
})

describe("an unlisted origin", () => {
  const others = [
    "null",
    "*",
    "https://evil.example",
    `${app}.evil.example`,
    `${app}:8443`,
    `${app}/`,
    "http://app.crm.example",
    "HTTPS://APP.CRM.EXAMPLE",
    `${app}, ${local}`
  ]

  it.each(others)("a response to the unlisted origin %s has Vary: Origin and no CORS headers", async (origin) => {
    const response = await get(origin)
    assert.deepStrictEqual(corsHeaders(response), [])
    assert.include(wordsOf(response, "vary"), "origin")
  })

  it.each(others)("the response to a preflight of the unlisted origin %s has no CORS headers", async (origin) => {
    assert.deepStrictEqual(corsHeaders(await preflight(listed, origin)), [])
  })

  it.each([app, "null", "*"])(
    "when no origin is listed, the response to a preflight of %s has no CORS headers",
    async (origin) => {
      assert.deepStrictEqual(corsHeaders(await preflight(unlisted, origin)), [])
    }
  )
})

describe("an origin of this machine", () => {
  const locals = [local, "https://localhost", "http://127.0.0.1:3001", "http://[::1]:8080"]

  it.each(locals)("the unlisted local origin %s is allowed in development", async (origin) => {
    const response = await preflight(unlisted, origin)
    assert.strictEqual(response.headers.get("access-control-allow-origin"), origin)
  })

  it.each(locals)("the unlisted local origin %s is not allowed in production", async (origin) => {
    assert.deepStrictEqual(corsHeaders(await preflight(production, origin)), [])
  })

  it.each(["http://localhost.evil.example", "http://evil.example:3000", "null", "http://127.0.0.1.evil.example"])(
    "the unlisted foreign origin %s is not allowed in development",
    async (origin) => assert.deepStrictEqual(corsHeaders(await preflight(unlisted, origin)), [])
  )
})

describe("CORS_ORIGINS", () => {
  const problems = (list: string) =>
    checkConfig.pipe(
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { CORS_ORIGINS: list } }))),
      Effect.exit,
      Effect.map((exit) => Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "")
    )

  it.effect.each([
    "*",
    "null",
    "app.crm.example",
    `${app}/`,
    `${app}/path`,
    `${app},*`,
    "file:///tmp",
    "https://App.example"
  ])(
    "CORS_ORIGINS=%s is refused",
    (list) => Effect.map(problems(list), (said) => assert.match(said, /CORS_ORIGINS.*is not an origin/s))
  )

  it.effect.each(["", app, `${app},${local},https://[::1]:8080`])(
    "CORS_ORIGINS=%s is accepted",
    (list) => Effect.map(problems(list), (said) => assert.strictEqual(said, ""))
  )
})
