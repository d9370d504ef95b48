import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Redacted, Scope } from "effect"
import { inject } from "vitest"
import { sender } from "../../../src/services/database/statements.ts"
import { targetOf } from "../../../src/services/standby/Standby.ts"
import { Standbys } from "../../../src/services/standby/Standbys.ts"
import { isFull } from "../../proof/storesFor.ts"
import { eventually } from "../../support/eventually.ts"
import { holding, say, waiters } from "../../support/locks.ts"
import { insertedLead, leads, migratedPair, nothingSeen, overStandbys, untilUsable } from "../../support/standbys.ts"
import { frozen, killed, signalAll } from "../../support/standbyServer.ts"

const hasty = { DATABASE_REPLICA_WAIT: "100 millis" }

const untilUnused = Effect.flatMap(
  Standbys,
  ({ pick }) => eventually(Effect.sync(pick), (standby) => standby === undefined)
)

describe("the loss of a standby", () => {
  it.live("the primary answers while the standby is frozen, and later runs use the standby again", () =>
    Effect.gen(function*() {
      const { primary, standby, start } = yield* migratedPair()
      const server = yield* start
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        // On a slow machine, the first connection to the standby can be late, which is logged too.
        const before = seen.logged.length
        yield* frozen(server)
        for (let count = 1; count <= 20; count++) {
          yield* say(primary, insertedLead)
          assert.strictEqual(yield* leads, count)
        }
        assert.deepStrictEqual([seen.answered, seen.refused], [[], ["late"]])
        const logged = seen.logged.slice(before)
        assert.strictEqual(logged.filter((line) => line.includes("a standby is not used")).length, 1)
        yield* signalAll(server, "SIGCONT")
        yield* eventually(leads, () => seen.answered.length > 0)
        assert.strictEqual(yield* leads, 20)
      }).pipe(Effect.scoped, Effect.provide(overStandbys(primary, [standby], seen, hasty)))
    }))

  it.live.runIf(isFull)(
    "the primary answers a statement during which the standby freezes",
    () =>
      Effect.gen(function*() {
        const { primary, standby, start } = yield* migratedPair()
        const server = yield* start
        const seen = nothingSeen()
        yield* say(primary, insertedLead)
        yield* Effect.gen(function*() {
          yield* untilUsable
          const lock = yield* Scope.make()
          yield* Scope.provide(holding(primary, "crm.leads"), lock)
          const run = yield* Effect.forkDetach(leads)
          yield* waiters(standby)
          yield* frozen(server)
          yield* Scope.close(lock, Exit.void)
          assert.strictEqual(yield* Fiber.join(run), 1)
          assert.deepStrictEqual(seen.refused, ["silent"])
        }).pipe(
          Effect.scoped,
          Effect.provide(overStandbys(primary, [standby], seen, { DATABASE_REPLICA_WAIT: "2 seconds" }))
        )
      })
  )

  it.live.runIf(isFull)(
    "the primary answers a statement that the standby cancels, and the next run uses the standby",
    () =>
      Effect.gen(function*() {
        const { primary, standby, start } = yield* migratedPair()
        yield* start
        const seen = nothingSeen()
        yield* say(primary, insertedLead)
        yield* Effect.gen(function*() {
          yield* untilUsable
          const run = yield* Effect.scoped(Effect.gen(function*() {
            yield* holding(primary, "crm.leads")
            const run = yield* Effect.forkDetach(leads)
            const [pid] = yield* waiters(standby)
            yield* say(standby, `SELECT pg_cancel_backend(${pid})`)
            yield* waiters(primary)
            return run
          }))
          assert.strictEqual(yield* Fiber.join(run), 1)
          assert.deepStrictEqual([seen.answered.length, seen.refused], [0, ["conflict"]])
          assert.strictEqual(yield* leads, 1)
          assert.strictEqual(seen.answered.length, 1)
        }).pipe(Effect.provide(overStandbys(primary, [standby], seen)), Effect.scoped)
      })
  )

  it.live("a standby is still used after an overflow or a lack of memory, but not after a missing table", () =>
    Effect.gen(function*() {
      const { primary, standby, start } = yield* migratedPair()
      yield* start
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        const { pick } = yield* Standbys
        const { ask } = yield* Effect.fromNullishOr(yield* untilUsable)
        const target = yield* targetOf(yield* sender, "org")
        for (const [state, isUsed] of [["22003", true], ["53200", true], ["42P01", false]] as const) {
          const text = `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}'; END $$`
          yield* Effect.ignore(ask(target, { text, params: [] }))
          assert.strictEqual(pick() !== undefined, isUsed, state)
        }
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
    }))

  it.live.runIf(isFull)("no run fails while the standby is killed and started again", () =>
    Effect.gen(function*() {
      const { primary, standby, start } = yield* migratedPair()
      const life = yield* Scope.make()
      const server = yield* Scope.provide(start, life)
      const seen = nothingSeen()
      yield* say(primary, insertedLead)
      yield* Effect.gen(function*() {
        let isOver = false
        const found = new Set<unknown>()
        const asking = Effect.repeat(Effect.map(leads, (count) => found.add(count)), { until: () => isOver })
        yield* untilUsable
        const load = yield* Effect.forkChild(Effect.all([asking, asking, asking, asking], { concurrency: 4 }))
        yield* eventually(Effect.sync(() => seen.answered.length), (count) => count > 20)
        yield* killed(server)
        yield* untilUnused
        yield* Scope.close(life, Exit.void)
        const answered = seen.answered.length
        yield* start
        yield* eventually(Effect.sync(() => seen.answered.length), (count) => count > answered + 20)
        isOver = true
        yield* Fiber.join(load)
        assert.deepStrictEqual([...found], [1])
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen, hasty)), Effect.scoped)
    }))

  it.live.runIf(isFull)("a standby that was promoted is not used, although it answers", () =>
    Effect.gen(function*() {
      const { primary, standby, start } = yield* migratedPair()
      yield* start
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        yield* say(standby, "SELECT pg_promote()")
        yield* say(standby, insertedLead)
        assert.strictEqual(yield* leads, 0)
        assert.deepStrictEqual(seen.refused, ["foreign"])
        assert.match(seen.logged.join("\n"), /a standby is not used.*it is not a standby of the server in DATABASE_URL/)
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
    }))

  it.live("a server that is no standby of the primary is not used", () =>
    Effect.gen(function*() {
      const { primary } = yield* migratedPair()
      const other = Redacted.make(inject("serverUrl"))
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        const { pick } = yield* Standbys
        yield* eventually(Effect.sync(() => seen.logged.join()), (log) => log.includes("a standby is not used"))
        assert.isUndefined(pick())
        assert.strictEqual(yield* leads, 0)
        assert.match(seen.logged.join(), /it is not a standby of the server in DATABASE_URL/)
      }).pipe(Effect.provide(overStandbys(primary, [other], seen)))
    }))
})
