import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { makeServer } from "../src/http/Server.ts"

const listening = Effect.acquireRelease(
  Effect.callback<ReturnType<typeof makeServer>>((resume) => {
    const server = makeServer()
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
  }),
  (server) => Effect.sync(() => void server.close())
)

it.live("a request that comes before the routes are built is told to come back, not left waiting", () =>
  Effect.gen(function*() {
    const address = (yield* listening).address()
    const port = address !== null && typeof address === "object" ? address.port : 0
    const response = yield* Effect.promise(() => fetch(`http://127.0.0.1:${port}/ready`))
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
