import { assert, layer } from "@effect/vitest"
import { Context, Effect, Fiber, Layer, Redacted } from "effect"
import { serverIn } from "./support/embeddedServer.ts"
import { temporaryFolder } from "./support/folder.ts"
import { holding, say, waitingOn } from "./support/locks.ts"
import { callerOf, serviceOn, until200 } from "./support/RunningService.ts"
import { makeKeyPair } from "./support/Tokens.ts"

const key = makeKeyPair()

const postgres = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  return { folder, ...(yield* serverIn(folder, { listen_addresses: "127.0.0.1", unix_socket_directories: "" })) }
})

const portOf = (url: Redacted.Redacted) => new URL(Redacted.value(url)).port

class Stage extends Context.Service<Stage, {
  readonly url: Redacted.Redacted
  readonly port: number
  readonly caller: ReturnType<typeof callerOf>
}>()("crm-reports/test/Stage") {
  static readonly layer = Layer.effect(
    Stage,
    Effect.gen(function*() {
      const { url } = yield* postgres
      const port = 40_000 + Math.floor(Math.random() * 10_000)
      yield* serviceOn(url, key, port, { DATABASE_POOL: "4" })
      return { url, port, caller: callerOf(port, key) }
    })
  )
}

const leads = "leads.total"
const deals = "deals.win_rate"

/** Asks again until somebody waits. */
const waiters = Effect.fnUntraced(function*(url: Redacted.Redacted, count: number) {
  for (let turn = 0; turn < 50; turn++) {
    const found = yield* waitingOn(url)
    if (found.length >= count) return found
    yield* Effect.sleep("20 millis")
  }
  return yield* Effect.die(new Error("nobody waits"))
})

const nobodyWaits = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  yield* Effect.sleep("300 millis")
  assert.deepStrictEqual(yield* waitingOn(url), [])
})

layer(Stage.layer, { excludeTestServices: true })("a real server that misbehaves", (it) => {
  it.effect.each([
    ["pg_terminate_backend", "unavailable"],
    ["pg_cancel_backend", "timeout"]
  ])("F-03 %s spoils one widget and nothing after it", ([act, fault]) =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run(leads, deals))
      const [pid] = yield* waiters(url, 1)
      yield* say(url, `SELECT ${act}(${pid})`)
      const { faults, status } = yield* Fiber.join(asked)
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(faults, [fault, undefined])
    }))

  it.effect("F-04 a frozen backend costs its widget the deadline, and nobody else anything", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run(leads, deals))
      const [pid = 0] = yield* waiters(url, 1)
      process.kill(pid, "SIGSTOP")
      yield* Effect.addFinalizer(() => Effect.sync(() => process.kill(pid, "SIGCONT")))
      const { faults, millis } = yield* Fiber.join(asked)
      assert.deepStrictEqual(faults, ["timeout", undefined])
      assert.isBelow(millis, 2_000)
      assert.deepStrictEqual((yield* caller.run(deals)).faults, [undefined])
      assert.strictEqual((yield* caller.get("/crm-reports")).status, 200)
    }))

  it.effect("F-04 a list whose backend is frozen ends too", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm_reports")
      const asked = yield* Effect.forkChild(caller.get("/crm-reports"))
      const [pid = 0] = yield* waiters(url, 1)
      process.kill(pid, "SIGSTOP")
      yield* Effect.addFinalizer(() => Effect.sync(() => process.kill(pid, "SIGCONT")))
      const { millis, status } = yield* Fiber.join(asked)
      assert.strictEqual(status, 504)
      assert.isBelow(millis, 6_000)
    }))

  it.effect("F-06 many widgets that all wait take no longer together than four of them", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const days = Array.from({ length: 20 }, (_, index) => `2024-01-${index + 10}`)
      const { faults, millis } = yield* caller.runOn(leads, days)
      assert.deepStrictEqual(faults, days.map(() => "timeout"))
      assert.isBelow(millis, 4_800)
    }))

  it.effect("F-05 eight callers who hang up leave no statement behind on a pool of four", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forEach(Array.from({ length: 8 }), () =>
        Effect.forkChild(caller.run(leads, "leads.never_called", deals)))
      yield* waiters(url, 2)
      yield* Effect.forEach(asked, (fiber) =>
        Effect.forkChild(Fiber.interrupt(fiber)))
      yield* nobodyWaits(url)
      assert.deepStrictEqual((yield* caller.run(deals)).faults, [undefined])
    }))

  it.effect("F-06 when all connections are taken, everybody is told within the limit", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads, crm_reports")
        const [runs, lists, ready] = yield* Effect.all([
          Effect.forEach(Array.from({ length: 12 }), () => caller.run(leads), { concurrency: 12 }),
          Effect.forEach(Array.from({ length: 12 }), () => caller.get("/crm-reports"), { concurrency: 12 }),
          Effect.delay(caller.get("/health"), "500 millis")
        ], { concurrency: 3 })
        assert.strictEqual(ready.status, 200)
        assert.deepStrictEqual([...new Set(lists.map(({ status }) => status))], [504])
        assert.isTrue(runs.every(({ faults, status }) => status === 504 || faults[0] === "timeout"))
        assert.isBelow(Math.max(...[...runs, ...lists].map(({ millis }) => millis)), 7_500)
      }))
      yield* nobodyWaits(url)
      assert.strictEqual((yield* caller.get("/crm-reports")).status, 200)
    }))
})

layer(Layer.empty, { excludeTestServices: true })("a server that goes", (it) => {
  it.effect("F-01 is away for a while: quick 503 with Retry-After, and then the service is back by itself", () =>
    Effect.gen(function*() {
      const { folder, pid = 0, url } = yield* postgres
      const port = 30_000 + Math.floor(Math.random() * 10_000)
      yield* serviceOn(url, key, port)
      const caller = callerOf(port, key)
      assert.strictEqual((yield* caller.run(leads, deals)).status, 200)
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run(leads))
      yield* waiters(url, 1)
      process.kill(pid, "SIGQUIT")
      const inFlight = yield* Fiber.join(asked)
      assert.deepStrictEqual([inFlight.status, inFlight.retryAfter], [503, "1"])
      yield* Effect.sleep("200 millis")
      for (const path of ["/crm-reports", "/ready", "/crm-reports/options"]) {
        const { millis, retryAfter, status, text } = yield* caller.get(path)
        assert.deepStrictEqual([path, status, retryAfter], [path, 503, "1"])
        assert.notMatch(text, /ECONN|127\.0\.0\.1|postgres/)
        assert.isBelow(millis, 100)
      }
      assert.strictEqual((yield* caller.run(leads)).status, 503)
      assert.strictEqual((yield* caller.get("/health")).status, 200)
      yield* serverIn(folder, { listen_addresses: "127.0.0.1", unix_socket_directories: "", port: portOf(url) })
      yield* until200(caller.get("/ready"))
      assert.deepStrictEqual((yield* caller.run(leads, deals)).faults, [undefined, undefined])
    }))
})
