import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { once } from "node:events"
import { createServer, IncomingMessage, ServerResponse } from "node:http"
import { connect, Socket } from "node:net"
import { ResponseBudget, responseBudget } from "../../src/http/middleware/responseBudget.ts"
import { eventually } from "../support/eventually.ts"

const megabytes = (count: number) => count * 1024 * 1024
const answer = Buffer.alloc(megabytes(16), " ")

/** Starts a server whose responses do not fit into the kernel's buffers. */
const answering = (limits: NonNullable<Parameters<typeof responseBudget>[0]>) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const { reserve } = responseBudget(limits)
      const server = createServer({ keepAliveTimeout: 0 }, ({ headers }, response) => {
        response.end(answer)
        reserve(response, headers.authorization ?? "", answer.length)
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

/** Sends a request and waits for the beginning of the response. */
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

it.live("a response that its client does not read is aborted after the time limit", () =>
  Effect.gen(function*() {
    const server = yield* answering({ mostBytes: megabytes(1_000), unreadMillis: 200 })
    const cutOff = Effect.promise(() =>
      new Promise((resolve) => server.once("connection", (one) => one.once("close", resolve)))
    )
    yield* Effect.all([cutOff, asking(server)], { concurrency: "unbounded" })
    assert.strictEqual(yield* openConnections(server), 0)
  }))

it.live("the oldest unread response is aborted when the unread responses exceed the limit of bytes", () =>
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

it.live("above the limit of bytes, a response of the caller with the most unread bytes is aborted", () =>
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

it.effect("the unread responses of a person count together, with any of the person's tokens and keys", () =>
  Effect.gen(function*() {
    const { reserve } = yield* ResponseBudget
    const answered = (person: string, size: number) => {
      const response = new ServerResponse(new IncomingMessage(new Socket()))
      const request = Object.assign(HttpServerRequest.fromWeb(new Request("http://crm.example")), { response })
      reserve(request, person, megabytes(size))
      return response
    }
    const responses = [answered("ana", 100), answered("ana", 100), answered("bea", 120)]
    assert.deepStrictEqual(responses.map(({ destroyed }) => destroyed), [true, false, false])
  }).pipe(Effect.provide(ResponseBudget.layer)))

it.live("a response that has been read no longer counts as unread", () =>
  Effect.gen(function*() {
    const server = yield* answering({ mostBytes: megabytes(20), unreadMillis: 60_000 })
    for (let index = 0; index < 4; index++) {
      const delivered = Effect.callback<void>((resume) => {
        server.once("request", (_request, response) => response.once("close", () => resume(Effect.void)))
      })
      const read = Effect.flatMap(asking(server), (one) =>
        eventually(Effect.sync(() => one.resume().bytesRead), (bytes) => bytes >= answer.length))
      yield* Effect.all([delivered, read], { concurrency: "unbounded" })
    }
    assert.strictEqual(yield* openConnections(server), 4)
  }))

it("each unread response counts once towards the limit of bytes, until it is closed", () => {
  const { reserve, resize } = responseBudget({ mostBytes: 100, unreadMillis: 60_000 })
  const reserved = (bytes: number) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    reserve(response, "ana", bytes)
    return response
  }
  const first = reserved(60)
  for (let times = 0; times < 5; times++) resize(first, 60)
  const second = reserved(40)
  assert.deepStrictEqual([first.destroyed, second.destroyed], [false, false])
  second.emit("close")
  const third = reserved(40)
  assert.deepStrictEqual([first.destroyed, third.destroyed], [false, false])
  const fourth = reserved(1)
  assert.deepStrictEqual([first.destroyed, third.destroyed, fourth.destroyed], [true, false, false])
  assert.isTrue(reserved(1_000).destroyed)
  assert.isFalse(reserved(100).destroyed)
})

it("a response keeps its owner when its number of bytes changes, and a closed response stays uncounted", () => {
  const { reserve, resize } = responseBudget({ mostBytes: 100, unreadMillis: 60_000 })
  const reserved = (owner: string, bytes: number, compressed: number) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    reserve(response, owner, bytes)
    resize(response, compressed)
    return response
  }
  const bea = reserved("bea", 90, 40)
  const ana = [reserved("ana", 60, 30), reserved("ana", 60, 30)]
  bea.emit("close")
  resize(bea, 90)
  const cem = reserved("cem", 10, 40)
  const last = reserved("ana", 1, 1)
  assert.deepStrictEqual([bea, ...ana, cem, last].map(({ destroyed }) => destroyed), [false, true, false, false, false])
})

it("a response is aborted after the time limit only if bytes were sent that its client has not read", () => {
  const { reserve } = responseBudget({ mostBytes: 100, unreadMillis: 60_000 })
  const timedOut = (sent: string) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    reserve(response, "ana", 0)
    if (sent !== "") response.write(sent)
    response.emit("timeout")
    return response.destroyed
  }
  assert.deepStrictEqual([timedOut(""), timedOut("unread")], [false, true])
})
