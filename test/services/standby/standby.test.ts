import { assert, layer } from "@effect/vitest"
import { Effect, Fiber, type Redacted } from "effect"
import { sender } from "../../../src/services/database/statements.ts"
import { Records } from "../../../src/services/run/Records.ts"
import { targetOf } from "../../../src/services/standby/Standby.ts"
import { ask } from "../../support/ask.ts"
import { admin } from "../../support/counted.ts"
import { eventually } from "../../support/eventually.ts"
import { begun, say } from "../../support/locks.ts"
import { insertedLead, leads, nothingSeen, overStandbys, Pair, untilUsable, widgetsOf } from "../../support/standbys.ts"

const waitingRuns = `SELECT FROM pg_stat_activity WHERE application_name = 'crm-reports'
  AND xact_start IS NOT NULL AND query LIKE '%pg_last_wal_replay_lsn%'`

/** Waits until a run on the standby waits for the replay of a commit. */
const untilRunWaits = (standby: Redacted.Redacted) =>
  eventually(say(standby, waitingRuns), ({ rowCount }) => rowCount !== 0)

const paused = (standby: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.andThen(
      say(standby, "SELECT pg_wal_replay_pause()"),
      eventually(say(standby, "SELECT WHERE pg_get_wal_replay_pause_state() = 'paused'"), ({ rowCount }) =>
        rowCount === 1)
    ),
    () =>
      say(standby, "SELECT pg_wal_replay_resume()")
  )

const resumed = (standby: Redacted.Redacted) => say(standby, "SELECT pg_wal_replay_resume()")

layer(Pair.layer, { excludeTestServices: true })("a run on a standby", (it) => {
  it.effect("a run counts its widgets on the standby, and sends the access query only to the primary", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        const before = Number(yield* leads)
        yield* say(primary, insertedLead)
        assert.strictEqual(yield* leads, before + 1)
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
      assert.deepStrictEqual(seen.answered.map(({ text }) => text.includes("crm.members")), [false, false])
      assert.deepStrictEqual(seen.refused, [])
    }))

  it.effect("a standby of another server or on another timeline is not used", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      yield* Effect.gen(function*() {
        const { ask } = yield* Effect.fromNullishOr(yield* untilUsable)
        const target = yield* targetOf(yield* sender, "org")
        const statement = { text: "SELECT 1", params: [] }
        assert.strictEqual((yield* ask(target, statement)).length, 1)
        for (const other of [{ system: "1" }, { timeline: "00000002" }]) {
          const asked = Effect.match(ask({ ...target, ...other }, statement), {
            onFailure: ({ reason }) => reason,
            onSuccess: () => "answered"
          })
          assert.strictEqual(yield* asked, "foreign")
        }
      }).pipe(Effect.provide(overStandbys(primary, [standby], nothingSeen())))
    }))

  it.effect("a page of records is read on the standby", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      const found = yield* Effect.gen(function*() {
        yield* untilUsable
        yield* say(primary, insertedLead)
        const records = yield* Records
        const [widget = { instanceId: "w", metricId: "", chart: "stat" as const }] = widgetsOf("leads.total")
        return yield* records.page(admin, { widget, everyone: true })
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
      assert.strictEqual(found.results.length, found.total)
      assert.isAbove(found.results.length, 0)
      assert.isAbove(seen.answered.length, 0)
      assert.deepStrictEqual(seen.refused, [])
    }))

  it.effect("a run waits until the standby has replayed a commit that was acknowledged before the run", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        const before = Number(yield* leads)
        yield* paused(standby)
        yield* say(primary, insertedLead)
        const run = yield* Effect.forkChild(leads)
        yield* Effect.raceFirst(untilRunWaits(standby), Fiber.await(run))
        yield* resumed(standby)
        assert.strictEqual(yield* Fiber.join(run), before + 1)
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)), Effect.scoped)
      assert.deepStrictEqual(seen.refused, [])
    }))

  it.effect("a run counts the rows of a commit that the primary acknowledged before it wrote the commit to disk", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        const before = Number(yield* leads)
        yield* say(primary, `SET synchronous_commit = off; ${insertedLead}`)
        assert.strictEqual(yield* leads, before + 1)
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
      assert.deepStrictEqual(seen.refused, [])
    }))

  it.effect("the standby answers a run right after the primary has begun a new file of its log", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        yield* say(primary, "CHECKPOINT")
        yield* say(primary, "SELECT pg_switch_wal()")
        yield* leads
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
      assert.strictEqual(seen.answered.length, 1)
    }))

  it.effect("the primary answers a run for which the standby is too late, and later runs use the standby again", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        const before = Number(yield* leads)
        yield* paused(standby)
        yield* say(primary, insertedLead)
        assert.strictEqual(yield* leads, before + 1)
        assert.include(seen.refused, "late")
        yield* resumed(standby)
        yield* untilUsable
        yield* eventually(leads, () => seen.answered.length > 1)
      }).pipe(
        Effect.provide(overStandbys(primary, [standby], seen, { DATABASE_REPLICA_WAIT: "100 millis" })),
        Effect.scoped
      )
    }))

  it.effect("a run does not return to the standby after the primary answered one of its statements", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      const found = yield* Effect.gen(function*() {
        yield* untilUsable
        const metrics = [
          "leads.total",
          "tasks.overdue",
          "leads.never_called",
          "deals.pipeline_value",
          "deals.avg_value",
          "calls.avg_duration"
        ]
        return yield* ask({ caller: admin, request: { everyone: true, widgets: widgetsOf(...metrics) } })
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen, { DATABASE_POOL: "1" })))
      assert.deepStrictEqual(found.map(({ error }) => error), found.map(() => undefined))
      assert.strictEqual(seen.answered.length, 1)
      assert.deepStrictEqual(new Set(seen.refused), new Set(["busy"]))
      assert.isBelow(seen.refused.length, found.length - 1)
    }))

  it.effect("a run on the standby counts a transaction only after its commit, and does not wait for the commit", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      yield* Effect.gen(function*() {
        yield* untilUsable
        const before = Number(yield* leads)
        const commit = yield* begun(primary, insertedLead)
        assert.strictEqual(yield* leads, before)
        yield* commit
        assert.strictEqual(yield* leads, before + 1)
      }).pipe(Effect.provide(overStandbys(primary, [standby], nothingSeen())), Effect.scoped)
    }))

  it.effect("each of 200 runs counts the commit just before it, although the standby replays commits 3 ms late", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        yield* untilUsable
        yield* say(standby, "ALTER SYSTEM SET recovery_min_apply_delay = 3")
        yield* say(standby, "SELECT pg_reload_conf()")
        const before = Number(yield* leads)
        for (let trial = 1; trial <= 200; trial++) {
          yield* say(primary, insertedLead)
          assert.strictEqual(yield* leads, before + trial)
        }
        yield* say(standby, "ALTER SYSTEM RESET recovery_min_apply_delay")
        yield* say(standby, "SELECT pg_reload_conf()")
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)))
      assert.strictEqual(seen.answered.length, 201)
    }))
})
