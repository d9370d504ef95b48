import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Latch } from "effect"
import { HttpBody, HttpPlatform, HttpServer, HttpServerRequest, HttpServerResponse } from "effect/http"
import { compression, staticPage } from "../../src/http/middleware/compression.ts"
import { ResponseBudget } from "../../src/http/middleware/responseBudget.ts"

type Compression = HttpPlatform.HttpPlatform["Service"]["compression"]

const large = HttpServerResponse.uint8Array(new Uint8Array(100_000))
const small = HttpServerResponse.uint8Array(new Uint8Array(2_000))
const text = HttpServerResponse.text("x".repeat(100_000))
const request = HttpServerRequest.fromWeb(new Request("http://crm.example/"))

/** Imitates an encoder whose first `failures` calls fail and whose other calls wait for `latch`. */
const fakeEncoder = (latch: Latch.Latch, failures = 0) => {
  let calls = 0
  const encoder: Compression = {
    algorithms: new Set(["br", "gzip"]),
    compressResponse: (response, algorithm) =>
      Effect.suspend(() => {
        calls += 1
        return calls <= failures ? Effect.die(new Error("the encoder broke")) : latch.await
      }).pipe(
        Effect.as(
          HttpServerResponse.setHeader(
            HttpServerResponse.setBody(response, HttpBody.uint8Array(new Uint8Array(10))),
            "content-encoding",
            algorithm
          )
        )
      )
  }
  return { encoder, calls: () => calls }
}

const inRequest = Effect.provideService(HttpServerRequest.HttpServerRequest, request)

const unlimited = { reserve: () => {}, resize: () => {}, isAborted: () => false }

const compressorOver = (encoder: Compression, budget: typeof ResponseBudget.Service = unlimited) =>
  Effect.map(Effect.provideService(compression, ResponseBudget, budget), (wrap) => wrap(encoder).compressResponse)

const pageOver = Effect.fnUntraced(function*(encoder: Compression, response: HttpServerResponse.HttpServerResponse) {
  const platform = yield* HttpPlatform.HttpPlatform
  return yield* Effect.provideService(staticPage(response), HttpPlatform.HttpPlatform, {
    ...platform,
    compression: encoder
  })
})

it.effect("a small response does not wait while large responses are compressed two at a time", () =>
  Effect.gen(function*() {
    const latch = yield* Latch.make()
    const { calls, encoder } = fakeEncoder(latch)
    const compress = yield* compressorOver(encoder)
    const many = yield* Effect.forEach([1, 2, 3, 4, 5], () => Effect.forkChild(inRequest(compress(large, "br"))))
    yield* Effect.yieldNow
    assert.strictEqual(calls(), 2)
    const one = yield* Effect.forkChild(inRequest(compress(small, "br")))
    yield* Effect.yieldNow
    assert.strictEqual(calls(), 3)
    yield* latch.open
    yield* Fiber.joinAll([...many, one])
    assert.strictEqual(calls(), 6)
  }))

it.effect("the response budget counts the compressed bytes of a response", () =>
  Effect.gen(function*() {
    const reserved: Array<number> = []
    const { encoder } = fakeEncoder(yield* Latch.make(true))
    const resize = (_request: unknown, bytes: number) => void reserved.push(bytes)
    const compress = yield* compressorOver(encoder, { ...unlimited, resize })
    yield* inRequest(compress(large, "br"))
    assert.deepStrictEqual(reserved, [10])
  }))

it.effect("an aborted response is neither compressed nor counted in the response budget", () =>
  Effect.gen(function*() {
    const resize = () => assert.fail("counted")
    const { calls, encoder } = fakeEncoder(yield* Latch.make(true))
    const compress = yield* compressorOver(encoder, { ...unlimited, resize, isAborted: () => true })
    assert.strictEqual(yield* inRequest(compress(large, "br")), large)
    assert.strictEqual(calls(), 0)
  }))

it.effect("a static page is compressed once for each encoding, for all its readers", () =>
  Effect.gen(function*() {
    const { calls, encoder } = fakeEncoder(yield* Latch.make(true))
    const headers = { etag: "\"1\"", vary: "Origin, Accept-Encoding" }
    const page = yield* pageOver(encoder, HttpServerResponse.setHeaders(text, headers))
    const compress = yield* compressorOver(encoder)
    const responses = yield* Effect.forEach([1, 2, 3], (n) =>
      inRequest(compress(HttpServerResponse.setHeader(page, "x-request-id", String(n)), "br")))
    yield* inRequest(compress(page, "gzip"))
    assert.strictEqual(calls(), 2)
    assert.deepStrictEqual(
      responses.map((
        { headers: { etag, vary, ...more } }
      ) => [more["x-request-id"], more["content-encoding"], etag, vary]),
      [1, 2, 3].map((n) => [String(n), "br", "W/\"1\"", "Origin, Accept-Encoding"])
    )
  }).pipe(Effect.provide(HttpServer.layerServices)))

it.effect("the compression of a static page continues when the reader that caused it disconnects", () =>
  Effect.gen(function*() {
    const latch = yield* Latch.make()
    const { calls, encoder } = fakeEncoder(latch)
    const compress = yield* compressorOver(encoder, { ...unlimited, isAborted: () => true })
    const page = yield* pageOver(encoder, text)
    const first = yield* Effect.forkChild(inRequest(compress(page, "br")))
    yield* Effect.yieldNow
    yield* Fiber.interrupt(first)
    yield* latch.open
    assert.strictEqual((yield* inRequest(compress(page, "br"))).headers["content-encoding"], "br")
    assert.strictEqual(calls(), 1)
  }).pipe(Effect.provide(HttpServer.layerServices)))

it.effect("a static page is compressed again for the next reader after the encoder has failed", () =>
  Effect.gen(function*() {
    const { calls, encoder } = fakeEncoder(yield* Latch.make(true), 1)
    const compress = yield* compressorOver(encoder)
    const page = yield* pageOver(encoder, text)
    assert.isTrue(Exit.isFailure(yield* Effect.exit(inRequest(compress(page, "br")))))
    for (const _reader of [1, 2]) {
      assert.strictEqual((yield* inRequest(compress(page, "br"))).headers["content-encoding"], "br")
    }
    assert.strictEqual(calls(), 2)
  }).pipe(Effect.provide(HttpServer.layerServices)))
