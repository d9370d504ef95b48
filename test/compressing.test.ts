import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Latch } from "effect"
import { HttpBody, HttpPlatform, HttpServer, HttpServerRequest, HttpServerResponse } from "effect/http"
import { compressing, lastingPage } from "../src/http/middleware/compression.ts"
import { Undelivered } from "../src/http/middleware/responseBudget.ts"

const large = HttpServerResponse.uint8Array(new Uint8Array(100_000))
const small = HttpServerResponse.uint8Array(new Uint8Array(2_000))
const request = HttpServerRequest.fromWeb(new Request("http://crm.example/"))

/** Counts what it compresses, and takes until the latch opens. */
const encoder = (latch: Latch.Latch) => {
  let started = 0
  const compression: HttpPlatform.HttpPlatform["Service"]["compression"] = {
    algorithms: new Set(["br", "gzip"]),
    compressResponse: (response, algorithm) =>
      Effect.sync(() => void started++).pipe(
        Effect.andThen(latch.await),
        Effect.as(
          HttpServerResponse.setHeader(
            HttpServerResponse.setBody(response, HttpBody.uint8Array(new Uint8Array(10))),
            "content-encoding",
            algorithm
          )
        )
      )
  }
  return { compression, started: () => started }
}

const asked = Effect.provideService(HttpServerRequest.HttpServerRequest, request)

it.effect("large answers are compressed two at a time, and small ones do not wait for them", () =>
  Effect.gen(function*() {
    const latch = yield* Latch.make()
    const { compression, started } = encoder(latch)
    const { compressResponse } = (yield* compressing)(compression)
    const many = yield* Effect.forEach([1, 2, 3, 4, 5], () => Effect.forkChild(asked(compressResponse(large, "br"))))
    yield* Effect.yieldNow
    assert.strictEqual(started(), 2)
    const one = yield* Effect.forkChild(asked(compressResponse(small, "br")))
    yield* Effect.yieldNow
    assert.strictEqual(started(), 3)
    yield* latch.open
    yield* Fiber.joinAll([...many, one])
    assert.strictEqual(started(), 6)
  }))

it.effect("what nobody waits for any more is not compressed, and what is read counts as it is sent", () =>
  Effect.gen(function*() {
    const held: Array<number> = []
    let isGone = false
    const { compression, started } = encoder(yield* Latch.make(true))
    const deliveries = { hold: (_: unknown, bytes: number) => void held.push(bytes), isGone: () => isGone }
    const { compressResponse } = (yield* Effect.provideService(compressing, Undelivered, deliveries))(compression)
    yield* asked(compressResponse(large, "br"))
    isGone = true
    assert.strictEqual(yield* asked(compressResponse(large, "br")), large)
    assert.strictEqual(started(), 1)
    assert.deepStrictEqual(held, [10])
  }))

it.effect("a page is compressed once for each encoding, however many ask", () =>
  Effect.gen(function*() {
    const { compression, started } = encoder(yield* Latch.make(true))
    const platform = yield* HttpPlatform.HttpPlatform
    const page = yield* Effect.provideService(
      lastingPage(
        HttpServerResponse.text("x".repeat(100_000), { headers: { etag: "\"1\"", vary: "Origin, Accept-Encoding" } })
      ),
      HttpPlatform.HttpPlatform,
      { ...platform, compression }
    )
    const { compressResponse } = (yield* compressing)(compression)
    const answers = yield* Effect.forEach([1, 2, 3], (n) =>
      asked(compressResponse(HttpServerResponse.setHeader(page, "x-request-id", String(n)), "br")))
    yield* asked(compressResponse(page, "gzip"))
    assert.strictEqual(started(), 2)
    assert.deepStrictEqual(
      answers.map((
        { headers: { etag, vary, ...more } }
      ) => [more["x-request-id"], more["content-encoding"], etag, vary]),
      [1, 2, 3].map((n) => [String(n), "br", "W/\"1\"", "Origin, Accept-Encoding"])
    )
  }).pipe(Effect.provide(HttpServer.layerServices)))

it.effect("a page whose first reader leaves is there for the second", () =>
  Effect.gen(function*() {
    const latch = yield* Latch.make()
    const { compression, started } = encoder(latch)
    const platform = yield* HttpPlatform.HttpPlatform
    const gone = { hold: () => {}, isGone: () => true }
    const wrapped = (yield* Effect.provideService(compressing, Undelivered, gone))(compression)
    const page = yield* Effect.provideService(
      lastingPage(HttpServerResponse.text("x".repeat(100_000))),
      HttpPlatform.HttpPlatform,
      { ...platform, compression: wrapped }
    )
    const first = yield* Effect.forkChild(asked(wrapped.compressResponse(page, "br")))
    yield* Effect.yieldNow
    const leaving = yield* Effect.forkChild(Fiber.interrupt(first))
    yield* latch.open
    yield* Fiber.join(leaving)
    assert.strictEqual((yield* asked(wrapped.compressResponse(page, "br"))).headers["content-encoding"], "br")
    assert.strictEqual(started(), 1)
  }).pipe(Effect.provide(HttpServer.layerServices)))
