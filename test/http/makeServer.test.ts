import { assert, it } from "@effect/vitest"
import { Duration, Effect, Fiber } from "effect"
import { once } from "node:events"
import { Agent, get, type IncomingMessage, type ServerResponse } from "node:http"
import { connect, createServer, type Server as NetServer } from "node:net"
import { buffer, text } from "node:stream/consumers"
import { rawError } from "../../src/http/middleware/rawErrors.ts"
import { makeServer } from "../../src/http/Server.ts"
import { eventually } from "../support/eventually.ts"
import { keptAlive, untilClosed } from "../support/keptAlive.ts"

type Server = ReturnType<typeof makeServer>

const listeningWith = (grace: Duration.Duration) =>
  Effect.acquireRelease(
    Effect.callback<Server>((resume) => {
      const server = makeServer(grace)
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.sync(() => void server.close())
  )

const listening = listeningWith(Duration.zero)

const portOf = (server: NetServer) => {
  const address = server.address()
  return address !== null && typeof address === "object" ? address.port : 0
}

const fetched = (server: Server) => Effect.promise(() => fetch(`http://127.0.0.1:${portOf(server)}/ready`))

it.live("the server closes a refused connection even if the client keeps its side open", () =>
  Effect.gen(function*() {
    const line = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1")
    yield* Effect.promise(() => once(line, "listening"))
    const closed = Effect.callback<void>((resume) => {
      line.once("connection", (socket) => {
        socket.once("close", () => resume(Effect.void))
        rawError(new Error("It took too long."), socket)
      })
    })
    const socket = connect({ port: portOf(line), host: "127.0.0.1", allowHalfOpen: true })
    const [said] = yield* Effect.all([Effect.promise(() => text(socket)), closed], { concurrency: "unbounded" })
    assert.match(said, /^HTTP\/1.1 400 /)
    socket.destroy()
    line.close()
  }))

it.live.each(["h2c", "websocket"])(
  "a request that asks to upgrade to %s gets 200",
  (protocol) =>
    Effect.gen(function*() {
      const server = yield* listening
      server.on("upgrade", (_request, socket) => socket.destroy())
      server.on("request", (_request, response) => void response.end("as ever"))
      const socket = connect(portOf(server), "127.0.0.1")
      socket.write(`GET / HTTP/1.1\r\nHost: a\r\nUpgrade: ${protocol}\r\nConnection: close, Upgrade\r\n\r\n`)
      assert.match(yield* Effect.promise(() => text(socket)), /^HTTP\/1.1 200 [^]*as ever$/)
    })
)

it.live("a request that arrives before the routes are built gets 503 with Retry-After", () =>
  Effect.gen(function*() {
    const response = yield* fetched(yield* listening)
    const body: unknown = yield* Effect.promise(() => response.json())
    assert.strictEqual(response.status, 503)
    assert.strictEqual(response.headers.get("retry-after"), "1")
    assert.deepInclude(body, {
      statusCode: 503,
      error: "Service Unavailable",
      code: "unavailable",
      message: "The service is starting."
    })
  }))

it.live("a closing server ends a connection only after the client has read its response", () =>
  Effect.gen(function*() {
    const server = yield* listeningWith(Duration.minutes(5))
    const size = 32 * 1024 * 1024
    server.on("request", (_request, response) => void response.end(Buffer.alloc(size)))
    const agent = new Agent({ keepAlive: true })
    const reading = yield* Effect.callback<IncomingMessage>((resume) => {
      get({ port: portOf(server), host: "127.0.0.1", agent }, (incoming) => resume(Effect.succeed(incoming)))
    })
    const closed = once(server, "close")
    server.close()
    const body = yield* Effect.promise(() => buffer(reading))
    assert.strictEqual(body.length, size)
    yield* Effect.promise(() => closed)
  }))

it.live("after the grace period, a closing server ends a connection whose client reads nothing", () =>
  Effect.gen(function*() {
    const server = yield* listening
    server.on("request", (_request, response) => void response.end(Buffer.alloc(32 * 1024 * 1024)))
    const socket = connect(portOf(server), "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
    socket.on("error", () => {})
    yield* Effect.promise(() => once(socket, "readable"))
    const closed = once(server, "close")
    server.close()
    yield* Effect.promise(() => closed)
    assert.isFalse(server.listening)
    socket.destroy()
  }))

const clients = 50

it.live("no request on a kept-alive connection fails while the server closes", () =>
  Effect.gen(function*() {
    const server = yield* listeningWith(Duration.minutes(5))
    server.on("request", (_request, response) => void setImmediate(() => response.end("ok")))
    const all = yield* Effect.all(Array.from({ length: clients }, () => keptAlive(portOf(server))))
    const ended = yield* Effect.forkChild(
      Effect.forEach(all, (client) => untilClosed(client, "/"), { concurrency: "unbounded" })
    )
    while (all.some(({ answered }) => answered() < 3)) yield* Effect.sleep("1 millis")
    server.close()
    assert.deepStrictEqual(new Set(yield* Fiber.join(ended)), new Set([200]))
  }))

it.live("a closing server answers a request on an idle connection with Connection: close", () =>
  Effect.gen(function*() {
    const server = yield* listeningWith(Duration.minutes(5))
    server.on("request", (_request, response) => void response.end("ok"))
    const { get } = yield* keptAlive(portOf(server))
    const first = yield* Effect.promise(() => get("/"))
    server.close()
    const second = yield* Effect.promise(() => get("/"))
    assert.deepStrictEqual(
      [first, second].map(({ headers }) => headers.connection),
      ["keep-alive", "close"]
    )
  }))

it.live("a closing server ends an idle connection before the grace period is over", () =>
  Effect.gen(function*() {
    const server = yield* listeningWith(Duration.minutes(5))
    server.on("request", (_request, response) => void response.end("ok"))
    const { get } = yield* keptAlive(portOf(server))
    yield* Effect.promise(() => get("/"))
    const closed = once(server, "close")
    server.close()
    yield* Effect.promise(() => closed)
  }))

it.live("a draining server still listens, and its responses have Connection: close", () =>
  Effect.gen(function*() {
    const server = yield* listening
    const waiting: Array<ServerResponse> = []
    server.on("request", ({ url }, response) => url === "/wait" ? void waiting.push(response) : void response.end("ok"))
    const [slow, other] = yield* Effect.all([keptAlive(portOf(server)), keptAlive(portOf(server))])
    const begun = slow.get("/wait")
    while (waiting.length === 0) yield* Effect.sleep("1 millis")
    server.drain()
    for (const response of waiting) response.end("ok")
    const responses = yield* Effect.promise(() => Promise.all([begun, other.get("/")]))
    assert.deepStrictEqual(responses.map(({ headers }) => headers.connection), ["close", "close"])
    assert.isTrue(server.listening)
  }))

it.live.each([["with", true], ["without", false]])(
  "a draining server answers a request with Expect: 100-continue with Connection: close, %s a listener for it",
  ([, isHeard]) =>
    Effect.gen(function*() {
      const server = yield* listening
      server.on("request", (_request, response) => void response.end("ok"))
      if (isHeard) {
        server.on("checkContinue", (_request, response) => {
          response.writeContinue()
          response.end("ok")
        })
      }
      server.drain()
      const heard: Array<string> = []
      const socket = connect(portOf(server), "127.0.0.1").on("data", (bytes) => heard.push(String(bytes)))
      socket.write("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n")
      const response = yield* eventually(Effect.sync(() => heard.join("")), (found) => found.includes("ok"))
      assert.match(response, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 [^]*Connection: close\r\n/)
      socket.destroy()
    })
)
