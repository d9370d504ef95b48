import { afterAll, assert, beforeAll, describe, expectTypeOf, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable } from "../../src/domain/Unavailable.ts"
import { pages } from "../../src/http/Docs.ts"
import { Readiness, ReadinessProbe } from "../../src/services/database/Readiness.ts"
import { handlerOver } from "../support/handlerOver.ts"
import { idle } from "../support/idle.ts"

const open = (probe: ReadinessProbe["Service"]) => handlerOver(idle, probe)

const get = ({ handler }: ReturnType<typeof open>, path: string, headers: Record<string, string> = {}) =>
  handler(new Request(`http://crm.example${path}`, { headers }))

let service: ReturnType<typeof open>
beforeAll(() => {
  service = open(Effect.void)
})
afterAll(() => service.dispose())

describe("probes", () => {
  it.each(["/health", "/ready"])("GET %s needs no token", async (path) => {
    const response = await get(service, path)
    assert.strictEqual(response.status, 200)
    assert.deepStrictEqual(await response.json(), { status: "ok" })
  })

  it("the service does not compile without a readiness probe", () => {
    expectTypeOf<Layer.Services<typeof Readiness.layer>>().toEqualTypeOf<ReadinessProbe>()
  })

  it.each([
    ["fails", Effect.fail(new Unavailable())],
    ["does not answer", Effect.never]
  ])("while the database %s, GET /ready gives 503 and GET /health gives 200", async (_what, ping) => {
    const broken = open(ping)
    const response = await get(broken, "/ready")
    const health = await get(broken, "/health")
    await broken.dispose()
    assert.strictEqual(response.status, 503)
    assert.isTrue(response.headers.has("retry-after"))
    assert.deepInclude(await response.json(), { code: "unavailable" })
    assert.strictEqual(health.status, 200)
  })
})

describe("GET /ready", () => {
  const counting = () => {
    const answer = Latch.makeUnsafe()
    let asked = 0
    const probe = Effect.andThen(Effect.sync(() => void (asked += 1)), answer.await)
    return { answer, probe, asked: () => asked }
  }

  it.effect("all requests for /ready share one question to the database, and its answer for a second", () => {
    const { answer, asked, probe } = counting()
    return Effect.gen(function*() {
      const { check } = yield* Readiness
      const many = yield* Effect.forEach(
        Array.from({ length: 300 }),
        () => Effect.forkChild(check, { startImmediately: true })
      )
      yield* answer.open
      yield* Fiber.joinAll(many)
      yield* TestClock.adjust("999 millis")
      yield* check
      assert.strictEqual(asked(), 1)
    }).pipe(Effect.provide(Layer.provide(Readiness.layer, Layer.succeed(ReadinessProbe, probe))))
  })

  it.effect("a failure is shared for a second too, and then the database is asked again", () =>
    Effect.gen(function*() {
      let asked = 0
      let isUp = false
      const probe = Effect.suspend(() => {
        asked += 1
        return isUp ? Effect.void : Effect.fail(new Unavailable())
      })
      yield* Effect.gen(function*() {
        const { check } = yield* Readiness
        const outcome = Effect.map(Effect.exit(check), Exit.isSuccess)
        assert.deepStrictEqual([yield* outcome, yield* outcome, asked], [false, false, 1])
        isUp = true
        yield* TestClock.adjust("1 second")
        assert.deepStrictEqual([yield* outcome, asked], [true, 2])
      }).pipe(Effect.provide(Layer.provide(Readiness.layer, Layer.succeed(ReadinessProbe, probe))))
    }))

  it.effect("after the wall clock was set back, the database is still asked again after a second", () => {
    const { answer, asked, probe } = counting()
    return Effect.gen(function*() {
      yield* answer.open
      yield* TestClock.setTime(3_600_000)
      const { check } = yield* Readiness
      yield* check
      yield* TestClock.setTime(0)
      yield* TestClock.adjust("1 second")
      yield* check
      assert.strictEqual(asked(), 2)
    }).pipe(Effect.provide(Layer.provide(Readiness.layer, Layer.succeed(ReadinessProbe, probe))))
  })

  it.effect("the question goes on for the others when the request that began it ends early", () =>
    Effect.gen(function*() {
      const { answer, asked, probe } = counting()
      yield* Effect.gen(function*() {
        const { check } = yield* Readiness
        const first = yield* Effect.forkChild(check, { startImmediately: true })
        const second = yield* Effect.forkChild(check, { startImmediately: true })
        yield* Effect.yieldNow
        yield* Fiber.interrupt(first)
        yield* answer.open
        assert.deepStrictEqual(yield* Fiber.await(second), Exit.void)
        assert.strictEqual(asked(), 1)
      }).pipe(Effect.provide(Layer.provide(Readiness.layer, Layer.succeed(ReadinessProbe, probe))))
    }))
})

describe("documents", () => {
  it("GET /openapi.json gives an OpenAPI 3.1 document", async () => {
    const response = await get(service, "/openapi.json")
    assert.match(await response.text(), /^\{"openapi":"3\.1\.0"/)
  })

  it.each(pages)("GET %s gives 304 when If-None-Match has its ETag", async (path) => {
    const first = await get(service, path)
    const etag = first.headers.get("etag") ?? ""
    assert.match(etag, /^"[\w-]{43}"$/)
    assert.strictEqual(first.headers.get("cache-control"), "no-cache")
    const again = await get(service, path, { "if-none-match": etag })
    assert.deepStrictEqual([again.status, await again.text(), again.headers.get("etag")], [304, "", etag])
    assert.strictEqual((await get(service, path, { "if-none-match": "\"other\"" })).status, 200)
  })

  it("no two documents have the same ETag", async () => {
    const tagged = await Promise.all(pages.map((path) => get(service, path)))
    assert.strictEqual(new Set(tagged.map(({ headers }) => headers.get("etag"))).size, pages.length)
  })

  it("the page at /docs loads no script, style or image by https and forbids requests to other origins", async () => {
    const response = await get(service, "/docs")
    const page = await response.text()
    const policy = response.headers.get("content-security-policy") ?? ""
    assert.notMatch(page, /<(?:script|link|img)[^>]+(?:src|href)=["']https?:/)
    assert.include(policy, "default-src 'none'")
    assert.include(policy, "connect-src 'self'")
    assert.notMatch(policy, /https?:/)
  })
})

describe("protected paths", () => {
  it.each(["/crm-reports/catalog", "/CRM-reports//catalog/"])("GET %s gives 401 without a token", async (path) => {
    assert.strictEqual((await get(service, path)).status, 401)
  })
})
