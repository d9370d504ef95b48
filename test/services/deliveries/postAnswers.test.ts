import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { createServer, type Socket } from "node:net"
import { Posting } from "../../../src/services/deliveries/Posting.ts"
import { isPublic } from "../../../src/services/deliveries/postUrl.ts"
import { eventually } from "../../support/eventually.ts"
import { webhookServer } from "../../support/webhookServer.ts"

/** Posts a message to a server of this machine. The exchange may take `millis`. */
const post = (to: string, millis: number) =>
  Posting.use(({ send }) =>
    send({ id: "00000000-0000-4000-8000-000000000001", to, bytes: Buffer.from("{}"), hand: Effect.succeed(true) })
  ).pipe(
    Effect.provide(
      Posting.layerOver({ lookUp: (_name, done) => done(new Error("ENOTFOUND"), []), isPublic, millis }).pipe(
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { WEBHOOK_LOOPBACK: "true" } })))
      )
    )
  )

it.live.each(
  [
    [200, "sent"],
    [202, "sent"],
    [204, "sent"],
    [300, "refused"],
    [301, "refused"],
    [302, "refused"],
    [303, "refused"],
    [307, "refused"],
    [308, "refused"],
    [400, "refused"],
    [404, "refused"],
    [410, "refused"],
    [408, "later"],
    [425, "later"],
    [429, "later"],
    [500, "later"],
    [503, "later"]
  ] as const
)(
  "after an answer with the status %i the message is %s, and no other address is reached",
  ([status, outcome]) =>
    Effect.gen(function*() {
      const other = yield* webhookServer()
      const { behaviour, posts, url } = yield* webhookServer()
      behaviour.answer = (response) =>
        response.writeHead(status, {
          location: other.url,
          refresh: `0;url=${other.url}`,
          link: `<${other.url}>; rel=preload`
        })
          .end()
      assert.strictEqual(yield* post(url, 5_000), outcome)
      assert.strictEqual(posts.length, 1)
      assert.strictEqual(other.counts.connections, 0)
    })
)

/** Writes something again and again, until the client has left. */
const goOn = (socket: Socket, text: string) => {
  const timer = setInterval(() => socket.write(text), 5)
  socket.on("close", () => clearInterval(timer))
}

const head = "HTTP/1.1 200 OK\r\n"

/** Each begins when the first bytes of the message have come. */
const odd: ReadonlyArray<readonly [name: string, outcome: string, answer: (socket: Socket) => void]> = [
  ["no answer", "unknown", () => {}],
  ["a header that never ends", "unknown", (socket) => {
    socket.write(head)
    goOn(socket, "x: y\r\n")
  }],
  ["early hints that never end", "unknown", (socket) => goOn(socket, "HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n")],
  ["a body that comes slowly", "sent", (socket) => {
    socket.write(`${head}content-length: 100000\r\n\r\n`)
    goOn(socket, "x")
  }],
  ["a body that never ends", "sent", (socket) => {
    socket.write(`${head}transfer-encoding: chunked\r\n\r\n`)
    goOn(socket, `4000\r\n${"x".repeat(0x4000)}\r\n`)
  }],
  ["a body that never begins", "sent", (socket) => socket.write(`${head}content-length: 10000000000\r\n\r\n`)],
  ["a header that is too large", "unknown", (socket) => socket.write(`${head}${"a: b\r\n".repeat(20_000)}`)],
  ["no HTTP", "unknown", (socket) => socket.end(Buffer.alloc(1_000, 7))],
  ["a body that is cut", "sent", (socket) => socket.end(`${head}content-length: 10\r\n\r\nab`)],
  [
    "another protocol",
    "unknown",
    (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")
  ],
  ["the end of the connection", "unknown", (socket) => socket.destroy()]
]

it.live.each(odd)(
  "an answer with %s ends, the message is %s, and no connection is left",
  ([_name, outcome, answer]) =>
    Effect.gen(function*() {
      const open = new Set<Socket>()
      const server = createServer((socket) => {
        open.add(socket)
        socket.on("error", () => {}).on("close", () => open.delete(socket)).once("data", () => answer(socket))
      })
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => {
          server.listen(0, "127.0.0.1", () => resume(Effect.void))
        }),
        () =>
          Effect.callback<void>((resume) => {
            for (const socket of open) socket.destroy()
            server.close(() => resume(Effect.void))
          })
      )
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : assert.fail("no port")
      assert.strictEqual(yield* post(`http://127.0.0.1:${port}/`, 1_500), outcome)
      yield* eventually(Effect.sync(() => open.size), (size) => size === 0)
    })
)
