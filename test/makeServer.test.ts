import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { vi } from "vitest"
import { makeServer } from "../src/http/Server.ts"

type Server = ReturnType<typeof makeServer>

const listening = Effect.acquireRelease(
  Effect.callback<Server>((resume) => {
    const server = makeServer()
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
  }),
  (server) => Effect.sync(() => void server.close())
)

const fetched = (server: Server) => {
  const address = server.address()
  const port = address !== null && typeof address === "object" ? address.port : 0
  return Effect.promise(() => fetch(`http://127.0.0.1:${port}/ready`))
}

it.live("an answer leaves in one write, also where the platform would have it counted", () =>
  Effect.gen(function*() {
    const server = yield* listening
    const writes: Array<string> = []
    server.on("request", (_request, response) => {
      const { socket } = response
      if (socket === null) return
      const write = vi.spyOn(socket, "write")
      response.strictContentLength = true
      response.writeHead(200, { "content-length": 2 }).end("ok")
      writes.push(...write.mock.calls.map(([piece]) => String(piece)))
    })
    const response = yield* fetched(server)
    assert.strictEqual(yield* Effect.promise(() => response.text()), "ok")
    assert.lengthOf(writes, 1)
  }))

it.live("a request that comes before the routes are built is told to come back, not left waiting", () =>
  Effect.gen(function*() {
    const response = yield* fetched(yield* listening)
    const body: unknown = yield* Effect.promise(() => response.json())
    assert.strictEqual(response.status, 503)
    assert.strictEqual(response.headers.get("retry-after"), "1")
    assert.deepInclude(body, {
      statusCode: 503,
      error: "Service Unavailable",
      code: "unavailable",
      message: "The service is about to start."
    })
  }))
