import { assert, layer } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Scope } from "effect"
import { TestClock } from "effect/testing"
import { connect, type Socket } from "node:net"
import { eventually } from "../support/eventually.ts"
import { freePort } from "../support/freePort.ts"
import { keptAlive, untilClosed } from "../support/keptAlive.ts"
import { holding, nobodyWaits, say, waiters } from "../support/locks.ts"
import { freshDatabase } from "../support/Postgres.ts"
import { callerOf, serviceOn } from "../support/RunningService.ts"
import { serviceOnTestClock } from "../support/serviceOnTestClock.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"

const key = makeKeyPair()

const layout = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }] }

const opened = Effect.fnUntraced(function*(more: Record<string, string> = {}) {
  const url = yield* freshDatabase
  const service = yield* serviceOn(url, key, more)
  return { url, service, caller: callerOf(service.port, key) }
})

/** Sends `words` and keeps the connection open. The returned effect reads the text received so far. */
const line = (port: number, words: string) =>
  Effect.gen(function*() {
    const heard: Array<string> = []
    yield* Effect.acquireRelease(
      Effect.callback<Socket>((resume) => {
        const socket = connect(port, "127.0.0.1", () => {
          socket.on("error", () => {}).on("data", (bytes) => heard.push(String(bytes)))
          socket.write(words, () => resume(Effect.succeed(socket)))
        })
      }),
      (socket) => Effect.sync(() => socket.destroy())
    )
    return Effect.sync(() => heard.join(""))
  })

const isRefused = (port: number) =>
  Effect.promise(() => fetch(`http://127.0.0.1:${port}/health`).then(() => false, () => true))

layer(Layer.empty, { excludeTestServices: true })("the running service", (it) => {
  it.effect("after SIGTERM, an open request is answered while new connections are refused", () =>
    Effect.gen(function*() {
      const { caller, service, url } = yield* opened()
      const asked = yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads")
        const asked = yield* Effect.forkDetach(caller.run("leads.total"))
        yield* waiters(url)
        yield* service.signal("SIGTERM")
        yield* eventually(isRefused(service.port), (refused) => refused)
        assert.isUndefined(asked.pollUnsafe())
        return asked
      }))
      const { faults, status } = yield* Fiber.join(asked)
      assert.deepStrictEqual([status, ...faults], [200, undefined])
      assert.strictEqual((yield* service.ended).code, 0)
    }))

  it.effect("during DRAIN_FOR, requests on kept-alive connections get 200 with Connection: close, and the metrics are served", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const url = yield* freshDatabase
      const metricsPort = yield* Effect.promise(freePort)
      const settings = { DRAIN_FOR: "1 hour", METRICS_PORT: String(metricsPort) }
      const { port } = yield* Scope.provide(serviceOnTestClock(url, key, settings), scope)
      const clients = yield* Effect.all(Array.from({ length: 40 }, () => keptAlive(port)))
      const ended = yield* Effect.forkChild(
        Effect.forEach(clients, (client) => untilClosed(client, "/health"), { concurrency: "unbounded" })
      )
      yield* eventually(Effect.sync(() => clients.every(({ answered }) => answered() >= 3)), (isBusy) => isBusy)
      const closed = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      assert.deepStrictEqual(new Set(yield* Fiber.join(ended)), new Set([200]))
      const metrics = yield* Effect.promise(() =>
        fetch(`http://127.0.0.1:${metricsPort}/metrics`).then(({ status }) => status, () => "refused")
      )
      if (metrics === 200) yield* Effect.asVoid(line(metricsPort, "GET /metrics HTTP/1.1\r\nHos"))
      yield* TestClock.adjust("1 hour")
      yield* Fiber.join(closed)
      assert.strictEqual(metrics, 200)
    }).pipe(Effect.provide(TestClock.layer())))

  it.effect("when SHUTDOWN_GRACE ends, an open request gets 503 and its statement is cancelled", () =>
    Effect.gen(function*() {
      const { caller, service, url } = yield* opened({ SHUTDOWN_GRACE: "500 millis" })
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run("leads.total"))
      yield* waiters(url)
      yield* service.signal("SIGTERM")
      const { retryAfter, status } = yield* Fiber.join(asked)
      assert.deepStrictEqual([status, retryAfter], [503, "1"])
      assert.strictEqual((yield* service.ended).code, 0)
      yield* nobodyWaits(url)
    }))

  it.effect("an idle connection and an incomplete request do not keep the service running after SHUTDOWN_GRACE", () =>
    Effect.gen(function*() {
      const { service } = yield* opened({ SHUTDOWN_GRACE: "500 millis" })
      const idle = yield* line(service.port, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
      const half = yield* line(
        service.port,
        "POST /crm-reports/metrics/run HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
      )
      yield* eventually(idle, (heard) => heard.startsWith("HTTP/1.1 200 "))
      yield* service.signal("SIGTERM")
      assert.strictEqual((yield* service.ended).code, 0)
      assert.notInclude(yield* half, "HTTP/1.1 408")
    }))

  it.effect("when SHUTDOWN_GRACE ends, nothing waits for a freeze whose client has disconnected", () =>
    Effect.gen(function*() {
      const { caller, service, url } = yield* opened({ SHUTDOWN_GRACE: "500 millis", FREEZE_TIMEOUT: "1 hour" })
      const { text } = yield* caller.post("/crm-reports", { title: "Kept", layout })
      const { id }: { readonly id: string } = JSON.parse(text)
      yield* holding(url, "crm.leads")
      const leaving = new AbortController()
      const token = sign(key, { ...claims(), o: { id: "org_a", rol: "member" } })
      fetch(`http://127.0.0.1:${service.port}/crm-reports/${id}/snapshots`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": "left" },
        body: "{}",
        signal: leaving.signal
      }).catch(() => {})
      yield* waiters(url)
      leaving.abort()
      yield* service.signal("SIGTERM")
      assert.strictEqual((yield* service.ended).code, 0)
      yield* nobodyWaits(url)
    }))

  it.effect("after a process died during a freeze, a repetition of the freeze gets 409 until Retry-After has passed", () =>
    Effect.gen(function*() {
      const settings = { FREEZE_TIMEOUT: "1 hour" }
      const once = { "idempotency-key": "once" }
      const { caller, service, url } = yield* opened(settings)
      const { text } = yield* caller.post("/crm-reports", { title: "Kept", layout })
      const { id }: { readonly id: string } = JSON.parse(text)
      yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads")
        yield* Effect.forkDetach(Effect.exit(caller.post(`/crm-reports/${id}/snapshots`, {}, once)))
        yield* waiters(url)
        yield* service.signal("SIGKILL")
        yield* service.ended
      }))
      const again = callerOf((yield* serviceOn(url, key, settings)).port, key)
      assert.include((yield* again.get(`/crm-reports/${id}/snapshots`)).text, "\"total\":0")
      assert.strictEqual((yield* again.post(`/crm-reports/${id}/snapshots`, {})).status, 201)
      const held = yield* again.post(`/crm-reports/${id}/snapshots`, {}, once)
      assert.strictEqual(held.status, 409)
      assert.isAbove(Number(held.retryAfter), 30)
      assert.isAtMost(Number(held.retryAfter), 3_630)
      yield* say(url, "UPDATE crm_report_idempotency_keys SET claimed_at = claimed_at - interval '3630 seconds'")
      assert.strictEqual((yield* again.post(`/crm-reports/${id}/snapshots`, {}, once)).status, 201)
    }))

  it.effect("the log contains no token after successful, refused and failed requests", () =>
    Effect.gen(function*() {
      const { caller, service, url } = yield* opened()
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
