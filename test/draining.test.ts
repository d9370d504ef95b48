import { assert, layer } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { connect } from "node:net"
import { keptAlive, untilClosed } from "./support/keptAlive.ts"
import { holding, say, waitingOn } from "./support/locks.ts"
import { freshDatabase } from "./support/Postgres.ts"
import { callerOf, serviceOn } from "./support/RunningService.ts"
import { makeKeyPair } from "./support/Tokens.ts"

const key = makeKeyPair()

const opened = Effect.fnUntraced(function*(more: Record<string, string> = {}) {
  const url = yield* freshDatabase
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const service = yield* serviceOn(url, key, port, { WIDGET_TIMEOUT: "30 seconds", ...more })
  return { url, port, service, caller: callerOf(port, key) }
})

const waits = Effect.fnUntraced(function*(url: Parameters<typeof waitingOn>[0]) {
  while ((yield* waitingOn(url)).length === 0) yield* Effect.sleep("20 millis")
})

/** Says half of something and keeps the line open. */
const line = (port: number, words: string) =>
  Effect.acquireRelease(
    Effect.callback<ReturnType<typeof connect>>((resume) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.on("error", () => {})
        socket.write(words)
        resume(Effect.succeed(socket))
      })
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )

const millisOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const started = performance.now()
    const found = yield* effect
    return [found, performance.now() - started] as const
  })

layer(Layer.empty, { excludeTestServices: true })("SIGTERM", (it) => {
  it.effect("F-08 lets a request come to its end, takes no new one, and the process ends with 0", () =>
    Effect.gen(function*() {
      const { caller, port, service, url } = yield* opened()
      const asked = yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads")
        const asked = yield* Effect.forkDetach(caller.run("leads.total"))
        yield* waits(url)
        yield* service.signal("SIGTERM")
        yield* Effect.sleep("300 millis")
        const refused = yield* Effect.exit(Effect.tryPromise(() => fetch(`http://127.0.0.1:${port}/health`)))
        assert.strictEqual(refused._tag, "Failure")
        return asked
      }))
      const { faults, status } = yield* Fiber.join(asked)
      assert.deepStrictEqual([status, ...faults], [200, undefined])
      const [{ code }, millis] = yield* millisOf(service.ended)
      assert.strictEqual(code, 0)
      assert.isBelow(millis, 2_000)
    }))

  it.effect("fails no request of kept-alive clients under load, and asks each of them to close", () =>
    Effect.gen(function*() {
      const { port, service } = yield* opened({ DRAIN_FOR: "2 seconds" })
      const clients = yield* Effect.all(Array.from({ length: 40 }, () => keptAlive(port)))
      const ended = yield* Effect.forkChild(
        Effect.forEach(clients, (client) => untilClosed(client, "/health"), { concurrency: "unbounded" })
      )
      while (clients.some(({ answered }) => answered() < 3)) yield* Effect.sleep("5 millis")
      yield* service.signal("SIGTERM")
      assert.deepStrictEqual(new Set(yield* Fiber.join(ended)), new Set([200]))
      assert.strictEqual((yield* service.ended).code, 0)
    }))

  it.effect("F-09 answers 503 when the grace is over, and leaves no query behind", () =>
    Effect.gen(function*() {
      const { caller, service, url } = yield* opened({ SHUTDOWN_GRACE: "500 millis" })
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run("leads.total"))
      yield* waits(url)
      yield* service.signal("SIGTERM")
      const [{ retryAfter, status }, millis] = yield* millisOf(Fiber.join(asked))
      assert.deepStrictEqual([status, retryAfter], [503, "1"])
      assert.isBelow(millis, 1_500)
      const [{ code }, more] = yield* millisOf(service.ended)
      assert.strictEqual(code, 0)
      assert.isBelow(more, 2_000)
      assert.deepStrictEqual(yield* waitingOn(url), [])
    }))

  it.effect("F-10 waits neither for an idle line nor for half a request longer than the grace", () =>
    Effect.gen(function*() {
      const { port, service } = yield* opened({ SHUTDOWN_GRACE: "500 millis" })
      yield* line(port, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
      yield* line(port, "POST /crm-reports/metrics/run HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
      yield* Effect.sleep("200 millis")
      yield* service.signal("SIGTERM")
      const [{ code }, millis] = yield* millisOf(service.ended)
      assert.strictEqual(code, 0)
      assert.isBelow(millis, 2_000)
    }))

  it.effect("F-11 SIGKILL in the middle of a freeze leaves no half snapshot", () =>
    Effect.gen(function*() {
      const { caller, port, service, url } = yield* opened()
      const layout = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }] }
      const { text } = yield* caller.post("/crm-reports", { title: "Kept", layout })
      const { id }: { readonly id: string } = JSON.parse(text)
      yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads")
        yield* Effect.forkDetach(Effect.exit(caller.post(`/crm-reports/${id}/snapshots`, {})))
        yield* waits(url)
        yield* service.signal("SIGKILL")
        yield* service.ended
      }))
      yield* serviceOn(url, key, port)
      assert.include((yield* caller.get(`/crm-reports/${id}/snapshots`)).text, "\"total\":0")
      assert.strictEqual((yield* caller.post(`/crm-reports/${id}/snapshots`, {})).status, 201)
    }))

  it.effect("A-23 whatever is asked and whatever fails, no line of the log holds a token", () =>
    Effect.gen(function*() {
      const { caller, service, url } = yield* opened({ SHUTDOWN_GRACE: "100 millis" })
      yield* caller.run("leads.total")
      yield* caller.get("/crm-reports?page=x")
      yield* caller.get("/crm-reports/nothing")
      yield* say(url, "ALTER TABLE crm_reports RENAME COLUMN title TO heading")
      assert.strictEqual((yield* caller.get("/crm-reports")).status, 500)
      yield* say(url, "DROP TABLE crm.members CASCADE")
      assert.strictEqual((yield* caller.run("leads.total")).status, 500)
      yield* service.signal("SIGTERM")
      const { err, out } = yield* service.ended
      assert.include(out, "failed")
      assert.notMatch(out + err, /eyJ|[Bb]earer|authorization/)
    }))
})
