import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { once } from "node:events"
import { createServer } from "node:http"
import { connect, type Socket } from "node:net"
import { subjectIn } from "../src/http/authentication/unverifiedClaims.ts"
import { responseBudget } from "../src/http/middleware/responseBudget.ts"
import { claims, makeKeyPair, seconds, sign } from "./support/Tokens.ts"

const megabytes = (count: number) => count * 1024 * 1024
const answer = Buffer.alloc(megabytes(16), " ")

/** A server that answers everybody with more than the kernel holds. */
const answering = (limits: NonNullable<Parameters<typeof responseBudget>[0]>) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const watch = responseBudget(limits)
      const server = createServer(({ headers }, response) => {
        response.end(answer)
        watch(response, headers.authorization ?? "", answer.length)
      })
      server.listen(0, "127.0.0.1")
      await once(server, "listening")
      return server
    }),
    (server) =>
      Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
  )

/** Asks, and waits until the answer begins, of which it reads nothing more. */
const asking = Effect.fnUntraced(function*(server: ReturnType<typeof createServer>, who = "ana") {
  const address = server.address()
  const port = address !== null && typeof address === "object" ? address.port : 0
  const socket = connect(port, "127.0.0.1")
  socket.on("error", () => {})
  socket.write(`GET / HTTP/1.1\r\nHost: here\r\nAuthorization: ${who}\r\n\r\n`)
  yield* Effect.promise(() => once(socket, "readable"))
  return socket
})

const closed = (socket: Socket) => Effect.promise(() => once(socket.resume(), "close"))

const openConnections = (server: ReturnType<typeof createServer>) =>
  Effect.promise(() => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count))))

it.live("who takes nothing of a large answer for too long is cut off", () =>
  Effect.gen(function*() {
    const server = yield* answering({ mostBytes: megabytes(1_000), unreadMillis: 200 })
    const cutOff = Effect.promise(() =>
      new Promise((resolve) => server.once("connection", (one) => one.once("close", resolve)))
    )
    yield* Effect.all([cutOff, asking(server)], { concurrency: "unbounded" })
    assert.strictEqual(yield* openConnections(server), 0)
  }))

it.live("answers that nobody reads never are too much together: those that began first are cut off", () =>
  Effect.gen(function*() {
    const server = yield* answering({ mostBytes: megabytes(40), unreadMillis: 60_000 })
    const first = yield* asking(server)
    const second = yield* asking(server)
    const third = yield* asking(server)
    yield* closed(first)
    assert.isBelow(first.bytesRead, answer.length)
    assert.strictEqual(yield* openConnections(server), 2)
    for (const one of [second, third]) one.destroy()
  }))

it.live("who has most of them is cut off first, not who began first", () =>
  Effect.gen(function*() {
    const server = yield* answering({ mostBytes: megabytes(40), unreadMillis: 60_000 })
    const slow = yield* asking(server, "bea")
    const greedy = yield* asking(server)
    const third = yield* asking(server)
    yield* closed(greedy)
    assert.isBelow(greedy.bytesRead, answer.length)
    assert.strictEqual(yield* openConnections(server), 2)
    for (const one of [slow, third]) one.destroy()
  }))

it("who takes many answers with many tokens is one person", () => {
  const key = makeKeyPair()
  const person = (sub: string, minute: number) =>
    subjectIn(`Bearer ${sign(key, { ...claims(), sub, exp: seconds() + minute * 60 })}`)
  assert.deepStrictEqual([person("ana", 1), person("ana", 2), person("bea", 1)], ["ana", "ana", "bea"])
})

it.live("who has read an answer does not count any more", () =>
  Effect.gen(function*() {
    const server = yield* answering({ mostBytes: megabytes(20), unreadMillis: 60_000 })
    for (let index = 0; index < 4; index++) {
      const one = yield* asking(server)
      while (one.bytesRead < answer.length) {
        one.read()
        yield* Effect.sleep("1 millis")
      }
      yield* Effect.sleep("50 millis")
    }
    assert.strictEqual(yield* openConnections(server), 4)
  }))
