import { assert, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { eventually } from "../../support/eventually.ts"
import { freezer, hanging } from "../../support/frozenBackends.ts"
import { nobodyWaits } from "../../support/locks.ts"
import { freshDatabase } from "../../support/Postgres.ts"
import { callerOf } from "../../support/RunningService.ts"
import { serviceOnTestClock } from "../../support/serviceOnTestClock.ts"
import { makeKeyPair } from "../../support/Tokens.ts"

const key = makeKeyPair()

it.effect("while the backends of one organization are frozen, other organizations and /ready get 200", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const { port, run: runOfA } = yield* serviceOnTestClock(url, key, { DATABASE_POOL: "4", RUN_CONCURRENCY: "1" })
    const other = callerOf(port, key, "org_b")
    const { freeze, thaw } = yield* freezer(url)
    const ask = runOfA("calls.avg_duration")

    /** Sends requests of the other organization, and checks that all of them get 200. */
    const othersAnswered = Effect.gen(function*() {
      for (let round = 0; round < 10; round++) {
        const { faults, status } = yield* other.run("leads.total", "deals.win_rate")
        assert.deepStrictEqual([status, ...faults], [200, undefined, undefined])
        const { text } = yield* other.post("/crm-reports", { title: "Kept", layout: { widgets: [] } })
        const { id }: { readonly id: string } = JSON.parse(text)
        const statuses = yield* Effect.forEach(
          ["/crm-reports", `/crm-reports/${id}`, `/crm-reports/${id}/snapshots`, "/crm-reports/options", "/ready"],
          other.get,
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual(new Set(statuses.map(({ status }) => status)), new Set([200]))
      }
    })

    const release = yield* hanging(url, "org_a")
    const hung = yield* Effect.forEach(Array.from({ length: 8 }), () => Effect.forkChild(ask))
    yield* eventually(freeze, (frozen) => frozen === 2)
    yield* othersAnswered
    assert.isTrue(hung.every((asked) => asked.pollUnsafe() === undefined))

    // The first two statements reach their deadline. Their connections close, because the backends do not answer.
    yield* TestClock.adjust("5 seconds")
    yield* Fiber.joinAll(hung)
    // The other statements waited until their deadline, so runs of the organization are refused for a short time.
    yield* TestClock.adjust("2 seconds")
    // From now on, the organization uses only one connection, because its statements take long.
    const again = yield* Effect.forEach(Array.from({ length: 4 }), () => Effect.forkChild(ask))
    yield* eventually(freeze, (frozen) => frozen === 3)
    yield* othersAnswered
    yield* TestClock.adjust("5 seconds")
    yield* Fiber.joinAll(again)
    yield* TestClock.adjust("2 seconds")

    // The circuit is open: the statement of one run is sent, and the next run is refused.
    const probe = yield* Effect.forkChild(ask)
    yield* eventually(freeze, (frozen) => frozen === 4)
    const refused = yield* ask
    assert.deepStrictEqual([refused.status, refused.retryAfter], [503, "1"])
    assert.isUndefined(probe.pollUnsafe())
    yield* othersAnswered
    yield* TestClock.adjust("5 seconds")
    yield* Fiber.join(probe)
    yield* release
    yield* thaw
    yield* nobodyWaits(url)
    const { faults, status } = yield* eventually(
      ask,
      (answer) => answer.faults[0] === undefined && answer.status === 200
    )
    assert.deepStrictEqual([status, ...faults], [200, undefined])
    assert.strictEqual((yield* runOfA("leads.total")).status, 200)
  }))
