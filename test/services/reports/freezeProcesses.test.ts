import { assert, it } from "@effect/vitest"
import { DateTime, Effect, Exit, Fiber, Layer, type Redacted } from "effect"
import { nextDue } from "../../../src/domain/dueTimes.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { Freezing } from "../../../src/services/reports/Freezing.ts"
import { Histories } from "../../../src/services/reports/Histories.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { layout, people } from "../../conformance/people.ts"
import { eventually } from "../../support/eventually.ts"
import { freezeAt, freezeSchedules, scheduledReport } from "../../support/freezeSchedules.ts"
import { begun, holding, waiters } from "../../support/locks.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"

/** A process of the service has its own connections. */
const process = (url: Redacted.Redacted) =>
  Layer.fresh(
    freezeSchedules.pipe(
      Layer.provide([MetricSource.layerSql, Organizations.layerSql, BuilderOptions.layerSql]),
      Layer.provideMerge(Layer.merge(ReportRepo.layerSql, SnapshotRepo.layerSql)),
      Layer.provide(Layer.provide(testKeys(() => "member"), Admission.unlimited)),
      Layer.provide([Database.clientOf(settingsOf(url)), Admission.unlimited])
    )
  )

const minute = 60_000
const times = { every: "day" as const, at: "02:30", timeZone: "Europe/Madrid", weekStart: 1 }
const schedule = { every: times.every, at: times.at, timeZone: times.timeZone }
const start = Date.parse("2026-09-30T12:00:00Z")

it.live("sixty times due over a clock change, restarts, and two processes give one snapshot each", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const { owner } = people()
    const first = yield* Layer.build(process(url))
    let second = yield* Layer.build(process(url))
    const id = yield* Effect.provide(scheduledReport(owner, layout, start, schedule), first)
    const both = (now: number) =>
      Effect.all([first, second].map((one) => Effect.provide(freezeAt(now), one)), { concurrency: 2, discard: true })
    const count = Effect.map(
      Effect.provide(SnapshotRepo.use((snapshots) => snapshots.list(owner, id, { limit: 1, offset: 0 })), first),
      ({ total }) => total
    )
    let due = start
    for (let round = 1; round <= 60; round++) {
      due = nextDue(times, due)
      yield* both(due - 1)
      assert.strictEqual(yield* count, round - 1)
      if (round % 3 === 0) {
        // The second process ends after it has taken the time due, and another one starts in its place.
        const at = DateTime.makeUnsafe(due)
        const take = ReportRepo.use((reports) => reports.takeDue(owner.organizationId, at))
        assert.strictEqual((yield* Effect.provide(take, second))?.reportId, id)
        yield* both(due + minute)
        assert.strictEqual(yield* count, round - 1)
        second = yield* Layer.build(process(url))
        yield* both(due + 5 * minute)
      } else yield* both(due + round * minute)
      assert.strictEqual(yield* count, round)
      yield* both(due + 2 * 60 * minute)
      assert.strictEqual(yield* count, round)
    }
    const { missedAt } = yield* Effect.provide(ReportRepo.use((reports) => reports.schedule(owner, id)), first)
    assert.isNull(missedAt)
  }))

it.live("a process that ends while it stores a snapshot stores nothing, and another process makes the snapshot", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const { owner } = people()
    const [first, second] = [yield* Layer.build(process(url)), yield* Layer.build(process(url))]
    const id = yield* Effect.provide(scheduledReport(owner, layout, start, schedule), first)
    const due = nextDue(times, start)
    const state = Effect.gen(function*() {
      const { total } = yield* (yield* SnapshotRepo).list(owner, id, { limit: 1, offset: 0 })
      const { nextAt } = yield* (yield* ReportRepo).schedule(owner, id)
      return [total, nextAt?.epochMilliseconds]
    }).pipe(Effect.provide(second))
    yield* Effect.scoped(Effect.gen(function*() {
      // The snapshot can be computed, but not inserted.
      yield* Effect.asVoid(begun(url, "LOCK TABLE crm_report_snapshots IN SHARE MODE"))
      const freezing = yield* Effect.forkChild(Effect.provide(freezeAt(due), first))
      yield* waiters(url)
      assert.isTrue(Exit.hasInterrupts(yield* Effect.andThen(Fiber.interrupt(freezing), Fiber.await(freezing))))
    }))
    assert.deepStrictEqual(yield* state, [0, due])
    // Until PostgreSQL has ended the transaction of the first process, the schedule is skipped.
    const made = Effect.andThen(Effect.provide(freezeAt(due + 5 * minute), second), state)
    assert.deepStrictEqual(yield* eventually(made, ([total]) => total !== 0), [1, nextDue(times, due)])
  }))

it.live("of two processes that compute the same time due, one stores its snapshot", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const { owner } = people()
    const [first, second] = [yield* Layer.build(process(url)), yield* Layer.build(process(url))]
    const id = yield* Effect.provide(scheduledReport(owner, layout, start, schedule), first)
    const due = nextDue(times, start)
    const freezing = yield* Effect.scoped(Effect.gen(function*() {
      yield* holding(url, "crm_report_snapshots")
      const slow = yield* Effect.forkDetach(Effect.provide(freezeAt(due), first))
      yield* waiters(url)
      const late = yield* Effect.forkDetach(Effect.provide(freezeAt(due + 5 * minute), second))
      yield* waiters(url, 2)
      return [slow, late]
    }))
    yield* Effect.forEach(freezing, Fiber.join)
    const found = SnapshotRepo.use((snapshots) => snapshots.list(owner, id, { limit: 1, offset: 0 }))
    assert.strictEqual((yield* Effect.provide(found, first)).total, 1)
  }))

it.live("a filter whose name cannot be stored does not end the history of the report", () =>
  Effect.gen(function*() {
    const { owner } = people()
    const history = yield* Effect.gen(function*() {
      const id = yield* scheduledReport(owner, layout, start, schedule)
      const filters = { "a\u0000b": "x", "\ud800": "y" }
      yield* Freezing.use(({ freeze }) => freeze(owner, id, { filters }))
      return yield* Histories.use((histories) => histories.of(owner, id, { instanceId: "a" }))
    }).pipe(Effect.provide(process(yield* freshDatabase)))
    assert.strictEqual(history.snapshots.length, 1)
  }))
