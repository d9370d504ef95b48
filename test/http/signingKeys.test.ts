import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { createPublicKey } from "node:crypto"
import { createServer, type IncomingHttpHeaders } from "node:http"
import { SigningKeys } from "../../src/http/authentication/SigningKeys.ts"
import { assertUntraced } from "../support/assertUntraced.ts"
import { eventually } from "../support/eventually.ts"
import { makeKeyPair } from "../support/Tokens.ts"

const first = makeKeyPair()
const second = makeKeyPair()

/** Imitates the endpoint of Clerk that lists the keys. After `fail`, it answers 500. */
const clerk = Effect.acquireRelease(
  Effect.callback<{
    readonly apiUrl: string
    readonly asked: Array<string>
    readonly headersSent: Array<IncomingHttpHeaders>
    readonly publish: (keys: Record<string, string>) => void
    readonly fail: () => void
    readonly close: () => void
  }>((resume) => {
    let keys: Record<string, string> | undefined = {}
    const asked: Array<string> = []
    const headersSent: Array<IncomingHttpHeaders> = []
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      headersSent.push(request.headers)
      if (keys === undefined) return void response.writeHead(500).end("{}")
      const jwks = Object.entries(keys).map(([kid, pem]) => ({
        kid,
        use: "sig",
        ...createPublicKey(pem).export({ format: "jwk" })
      }))
      response.writeHead(200, { "content-type": "application/json" }).end(
        JSON.stringify({ keys: [{ kty: "OKP", kid: "other" }, ...jwks] })
      )
    })
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" ? address?.port : undefined
      resume(Effect.succeed({
        apiUrl: `http://127.0.0.1:${port}`,
        asked,
        headersSent,
        publish: (published) => void (keys = published),
        fail: () => void (keys = undefined),
        close: () => void server.close()
      }))
    })
  }),
  ({ close }) => Effect.sync(close)
)

const scene = Effect.gen(function*() {
  const server = yield* clerk
  const layer = SigningKeys.layerRemote({ apiUrl: server.apiUrl, secretKey: Redacted.make("sk_live_x") })
  const context = yield* Layer.build(layer)
  const keys = yield* Effect.provide(SigningKeys, context)
  return {
    ...server,
    kind: (kid: string) => Effect.match(keys.pemFor(kid), { onFailure: ({ _tag }) => _tag, onSuccess: (pem) => pem })
  }
})

describe("the signing keys of Clerk", () => {
  it.effect("three concurrent tokens with the same signing key cause one request to Clerk", () =>
    Effect.gen(function*() {
      const { asked, kind, publish } = yield* scene
      publish({ a: first.publicPem })
      const found = yield* Effect.forEach(["a", "a", "a"], kind, { concurrency: "unbounded" })
      assert.deepStrictEqual(found, [first.publicPem, first.publicPem, first.publicPem])
      assert.deepStrictEqual(asked, ["GET /v1/jwks Bearer sk_live_x"])
    }))

  it.effect("the request for the signing keys has no header with the ids of a trace", () =>
    Effect.gen(function*() {
      const { headersSent, kind } = yield* scene
      yield* Effect.withSpan(kind("a"), "a request")
      assertUntraced(headersSent)
    }))

  it.effect("a new signing key is fetched from Clerk when a token names it", () =>
    Effect.gen(function*() {
      const { asked, kind, publish } = yield* scene
      publish({ a: first.publicPem })
      yield* kind("a")
      publish({ a: first.publicPem, b: second.publicPem })
      yield* TestClock.adjust("11 seconds")
      assert.deepStrictEqual([yield* kind("b"), yield* kind("a")], [second.publicPem, first.publicPem])
      assert.strictEqual(asked.length, 2)
    }))

  it.effect("50 concurrent tokens with unknown signing keys cause one request to Clerk", () =>
    Effect.gen(function*() {
      const { asked, kind, publish } = yield* scene
      publish({ a: first.publicPem })
      const names = Array.from({ length: 50 }, (_, index) => `unknown${index}`)
      const found = yield* Effect.forEach(names, kind, { concurrency: "unbounded" })
      assert.deepStrictEqual(new Set(found), new Set(["Unauthenticated"]))
      assert.strictEqual(asked.length, 1)
    }))

  it.effect("while Clerk answers 500, only tokens with an unknown signing key fail with Unavailable", () =>
    Effect.gen(function*() {
      const { asked, fail, kind, publish } = yield* scene
      publish({ a: first.publicPem })
      yield* kind("a")
      fail()
      yield* TestClock.adjust("10 minutes")
      assert.strictEqual(yield* kind("a"), first.publicPem)
      yield* eventually(Effect.sync(() => asked.length), (count) => count === 2)
      assert.strictEqual(yield* kind("b"), "Unavailable")
      assert.strictEqual(yield* kind("a"), first.publicPem)
    }))

  it.effect("a second after Clerk answers again, tokens with a new signing key are accepted", () =>
    Effect.gen(function*() {
      const { fail, kind, publish } = yield* scene
      fail()
      for (let tried = 0; tried < 5; tried++) {
        assert.strictEqual(yield* kind("a"), "Unavailable")
        yield* TestClock.adjust("1 second")
      }
      yield* kind("a")
      publish({ a: first.publicPem })
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* kind("a"), first.publicPem)
    }))

  it.effect("five minutes after a signing key was withdrawn, its tokens are refused from the second token on", () =>
    Effect.gen(function*() {
      const { kind, publish } = yield* scene
      publish({ a: first.publicPem })
      yield* kind("a")
      publish({ b: second.publicPem })
      yield* TestClock.adjust("5 minutes")
      yield* kind("a")
      yield* eventually(kind("a"), (found) => found === "Unauthenticated")
    }))
})
