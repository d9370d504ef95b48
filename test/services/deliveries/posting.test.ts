import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { createServer } from "node:net"
import { Posting } from "../../../src/services/deliveries/Posting.ts"
import { isPublic } from "../../../src/services/deliveries/postUrl.ts"
import { asInternet, letterTo, local, names, network, notPublic, post, withEnv } from "../../support/posting.ts"
import { webhookServer } from "../../support/webhookServer.ts"

describe("connections", () => {
  it.live("a message by https arrives, if the certificate is right", () =>
    Effect.gen(function*() {
      const { counts, posts, url } = yield* webhookServer({ isTls: true })
      assert.strictEqual(yield* post(letterTo(url), asInternet), "sent")
      assert.strictEqual(posts[0]?.headers["user-agent"], "crm-reports")
      let handed = 0
      const hand = Effect.sync(() => {
        handed += 1
        return true
      })
      const { ca: _ca, ...strange } = network
      const untrusting = Posting.layerOver({ ...strange, ...asInternet }).pipe(withEnv({}))
      assert.strictEqual(
        yield* Effect.provide(Posting.use(({ send }) => send(letterTo(url, hand))), untrusting),
        "later"
      )
      const other = { ...asInternet, ...names({ "other.example": [["127.0.0.1"]] }) }
      assert.strictEqual(yield* post(letterTo(url.replace("localhost", "other.example"), hand), other), "later")
      assert.deepStrictEqual([posts.length, counts.connections, handed], [1, 3, 0])
    }))

  it.live.each(notPublic.filter((address) => !["localhost", "", "0177.0.0.1", "127.0.0.1 "].includes(address)))(
    "a name with the address %s is refused without a connection, also beside another address",
    (address) =>
      Effect.gen(function*() {
        const { lookUp } = names({ "alone.example": [[address]], "beside.example": [["127.0.0.2", address]] })
        let isHanded = false
        const hand = Effect.sync(() => isHanded = true)
        const changed = { lookUp, isPublic: (found: string) => found === "127.0.0.2" || isPublic(found) }
        for (const name of ["alone", "beside"]) {
          assert.strictEqual(yield* post(letterTo(`https://${name}.example/`, hand), changed), "refused")
        }
        assert.isFalse(isHanded)
      })
  )

  it.live("a name without an address is refused, and a name that is not found is tried again", () =>
    Effect.gen(function*() {
      const { lookUp } = names({ "empty.example": [[]] })
      assert.strictEqual(yield* post(letterTo("https://empty.example/"), { lookUp }), "refused")
      assert.strictEqual(yield* post(letterTo("https://unknown.example/"), { lookUp }), "later")
    }))

  it.live("a name whose second answer is private is asked once in each attempt, and the checked answer is used", () =>
    Effect.gen(function*() {
      const { counts, port } = yield* webhookServer({ isTls: true })
      const { asked, lookUp } = names({ "rebinding.example": [["127.0.0.2"], ["127.0.0.1"]] })
      const judged: Array<string> = []
      const changed = {
        lookUp,
        isPublic: (address: string) => {
          judged.push(address)
          return address === "127.0.0.2"
        }
      }
      const url = `https://rebinding.example:${port}/`
      assert.strictEqual(yield* post(letterTo(url), changed), "later")
      assert.strictEqual(yield* post(letterTo(url), changed), "refused")
      assert.deepStrictEqual([asked.length, judged], [2, ["127.0.0.2", "127.0.0.1"]])
      assert.strictEqual(counts.connections, 0)
    }))

  it.live("a server is not reached, or gives no certificate: the message was not handed over", () =>
    Effect.gen(function*() {
      const silent = createServer((socket) => socket.on("error", () => {}).resume())
      yield* Effect.callback<void>((resume) => {
        silent.listen(0, "127.0.0.1", () => resume(Effect.void))
      })
      const address = silent.address()
      const port = typeof address === "object" && address !== null ? address.port : assert.fail("no port")
      let isHanded = false
      const hand = Effect.sync(() => isHanded = true)
      const letter = letterTo(`https://localhost:${port}/`, hand)
      assert.strictEqual(yield* post(letter, { ...asInternet, millis: 300 }), "later")
      yield* Effect.callback<void>((resume) => {
        silent.close(() => resume(Effect.void))
      })
      assert.strictEqual(yield* post(letter, asInternet), "later")
      assert.isFalse(isHanded)
    }))

  it.live("nothing leaves if another process has the delivery", () =>
    Effect.gen(function*() {
      const { posts, url } = yield* webhookServer()
      assert.strictEqual(yield* post(letterTo(url, Effect.succeed(false)), {}, local), "not_handed")
      assert.deepStrictEqual(posts, [])
    }))

  it.live("nothing leaves, and the connection closes, if it is unknown whether another process has the delivery", () =>
    Effect.gen(function*() {
      const { posts, url } = yield* webhookServer()
      const sent = yield* Effect.exit(post(letterTo(url, Effect.die("a defect of the database")), {}, local))
      assert.deepStrictEqual(sent, Exit.die("a defect of the database"))
      assert.deepStrictEqual(posts, [])
    }))
})
