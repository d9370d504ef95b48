import { assert, it, layer } from "@effect/vitest"
import { Context, Effect, Fiber, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { serverIn } from "../../support/embeddedServer.ts"
import { eventually } from "../../support/eventually.ts"
import { temporaryFolder } from "../../support/folder.ts"
import { holding, nobodyWaits, say, waiters } from "../../support/locks.ts"
import { serviceOnTestClock } from "../../support/serviceOnTestClock.ts"
import { makeKeyPair } from "../../support/Tokens.ts"

const key = makeKeyPair()

const postgres = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  return { folder, ...(yield* serverIn(folder)) }
})

const portOf = (url: Redacted.Redacted) => new URL(Redacted.value(url)).port

/** After a statement of an organization waited for too long, runs of the organization are refused for 250 ms. */
const endOfOverload = TestClock.adjust("300 millis")

/** The service has four connections and computes one widget of a run at a time. */
class Stage extends Context.Service<Stage, {
  readonly url: Redacted.Redacted
  readonly caller: Effect.Success<ReturnType<typeof serviceOnTestClock>>
}>()("crm-reports/test/Stage") {
  static readonly layer = Layer.effect(
    Stage,
    Effect.gen(function*() {
      const { url } = yield* postgres
      const env = { DATABASE_POOL: "4", RUN_CONCURRENCY: "1", WIDGET_TIMEOUT: "1 second" }
      return { url, caller: yield* serviceOnTestClock(url, key, env) }
    })
  )
}

const leads = "leads.total"
const deals = "deals.win_rate"

/** Pauses the PostgreSQL process that waits for a lock. The process continues when the Effect scope closes. */
const freezeWaiter = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const [pid = 0] = yield* waiters(url)
  process.kill(pid, "SIGSTOP")
  yield* Effect.addFinalizer(() => Effect.sync(() => process.kill(pid, "SIGCONT")))
})

layer(Stage.layer)("faults of PostgreSQL", (it) => {
  it.effect.each([
    ["pg_terminate_backend", "unavailable"],
    ["pg_cancel_backend", "timeout"]
  ])("when %s ends a widget's statement, only this widget has the error %s", ([act, fault]) =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run(leads, deals))
      const [pid] = yield* waiters(url)
      yield* say(url, `SELECT ${act}(${pid})`)
      const { faults, status } = yield* Fiber.join(asked)
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(faults, [fault, undefined])
    }))

  it.effect("other requests are answered while a widget waits for a paused PostgreSQL process", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run(deals, leads))
      yield* freezeWaiter(url)
      assert.deepStrictEqual((yield* caller.run(deals)).faults, [undefined])
      assert.strictEqual((yield* caller.get("/crm-reports")).status, 200)
      assert.isUndefined(asked.pollUnsafe())
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual((yield* Fiber.join(asked)).faults, [undefined, "timeout"])
    }))

  it.effect("a list of reports that waits for a paused PostgreSQL process gets 504 after five seconds", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm_reports")
      const asked = yield* Effect.forkChild(caller.get("/crm-reports"))
      yield* freezeWaiter(url)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual((yield* Fiber.join(asked)).status, 504)
    }))

  it.effect("a run of 20 widgets whose statements all hang ends after four times WIDGET_TIMEOUT", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const days = Array.from({ length: 20 }, (_, index) => `2024-01-${index + 10}`)
      const asked = yield* Effect.forkChild(caller.runOn(leads, days))
      yield* waiters(url)
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual((yield* Fiber.join(asked)).faults, days.map(() => "timeout"))
      yield* endOfOverload
    }))

  it.effect("no statement of a run keeps running after its caller has disconnected", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forEach(
        Array.from({ length: 8 }),
        () => Effect.forkChild(caller.run(leads, "leads.never_called", deals))
      )
      yield* waiters(url, 2)
      yield* Effect.forEach(asked, (fiber) => Effect.forkChild(Fiber.interrupt(fiber)))
      yield* nobodyWaits(url)
      assert.deepStrictEqual((yield* caller.run(deals)).faults, [undefined])
    }))

  it.effect("while an organization uses all of its connections, every waiting request ends at a deadline", () =>
    Effect.gen(function*() {
      const { caller, url } = yield* Stage
      yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads, crm_reports")
        const twelve = Array.from({ length: 12 })
        const runs = yield* Effect.forEach(twelve, () => Effect.forkChild(caller.run(leads)))
        const lists = yield* Effect.forEach(twelve, () => Effect.forkChild(caller.get("/crm-reports")))
        yield* waiters(url, 2)
        assert.strictEqual((yield* caller.get("/health")).status, 200)
        yield* TestClock.adjust("7 seconds")
        const listed = yield* Fiber.joinAll(lists)
        assert.deepStrictEqual([...new Set(listed.map(({ status }) => status))], [504])
        const ran = yield* Fiber.joinAll(runs)
        // A run that gets no place within two seconds gets 503.
        assert.isTrue(ran.every(({ faults, status }) => status === 503 || status === 504 || faults[0] === "timeout"))
      }))
      yield* nobodyWaits(url)
      assert.strictEqual((yield* caller.get("/crm-reports")).status, 200)
    }))
})

it.effect(
  "requests get 503 with Retry-After while PostgreSQL is down, and 200 after its restart",
  () =>
    Effect.gen(function*() {
      const { folder, pid = 0, url } = yield* postgres
      const caller = yield* serviceOnTestClock(url, key)
      assert.strictEqual((yield* caller.run(leads, deals)).status, 200)
      yield* holding(url, "crm.leads")
      const asked = yield* Effect.forkChild(caller.run(leads))
      yield* waiters(url)
      process.kill(pid, "SIGQUIT")
      const inFlight = yield* Fiber.join(asked)
      assert.deepStrictEqual([inFlight.status, inFlight.retryAfter], [503, "1"])
      yield* eventually(caller.get("/ready"), ({ status }) => status === 503)
      for (const path of ["/crm-reports", "/ready", "/crm-reports/options"]) {
        const { retryAfter, status, text } = yield* caller.get(path)
        assert.deepStrictEqual([path, status, retryAfter], [path, 503, "1"])
        assert.notMatch(text, /ECONN|127\.0\.0\.1|postgres/)
      }
      assert.strictEqual((yield* caller.run(leads)).status, 503)
      assert.strictEqual((yield* caller.get("/health")).status, 200)
      yield* serverIn(folder, { port: portOf(url) })
      // The service answers /ready from its last result for one second of its clock.
      yield* eventually(Effect.andThen(TestClock.adjust("1 second"), caller.get("/ready")), ({ status }) =>
        status === 200)
      assert.deepStrictEqual((yield* caller.run(leads, deals)).faults, [undefined, undefined])
    })
)
