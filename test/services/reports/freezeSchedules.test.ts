import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import type { Caller, Role } from "../../../src/domain/Caller.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { FreezeSchedules, ScheduledFreezes } from "../../../src/services/reports/FreezeSchedules.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { refusalOf } from "../../conformance/refusalOf.ts"
import {
  daily,
  freezeAt,
  freezeSchedulesOver,
  scheduledReport,
  snapshotsOf,
  timesOf
} from "../../support/freezeSchedules.ts"
import { person, sales } from "../../support/targets.ts"

const ana = person("ana", "admin")
const bo = person("bo")
const layout = { widgets: [{ instanceId: "w", metricId: "leads.total", chart: "stat" }] }

const time = (text: string) => Date.parse(text)
const set = time("2026-10-10T12:00:00Z")
const sevenOn = (day: number) => `2026-10-${day}T05:00:00.000Z`

const withRoles = (roleOf: (userId: string) => Role | undefined) =>
  freezeSchedulesOver(sales, testKeys((_organization, userId) => roleOf(userId)))

const asMade = withRoles((userId) => userId === "ana" ? "admin" : "member")

const valuesOf = (snapshots: Effect.Success<ReturnType<typeof snapshotsOf>>) =>
  snapshots.map(({ series }) => series[0]?.stat?.value)

const endingOf = Effect.fnUntraced(function*(caller: Caller, id: Parameters<typeof snapshotsOf>[1]) {
  const { ended, nextAt } = yield* (yield* ReportRepo).schedule(caller, id)
  return [ended?.reason, nextAt]
})

describe("a freeze schedule", () => {
  it.effect("each time due gives a snapshot of its creator's rows, as the view of the schedule says", () =>
    Effect.gen(function*() {
      const everyone = { view: { everyone: true } }
      const all = yield* scheduledReport(ana, layout, set, { ...daily, ...everyone })
      const own = yield* scheduledReport(bo, layout, set, { ...daily, ...everyone, keepDays: 7 })
      yield* freezeAt(time("2026-10-11T04:59:59Z"))
      assert.deepStrictEqual(yield* snapshotsOf(ana, all), [])
      for (const day of [11, 12]) yield* freezeAt(time(sevenOn(day)))
      yield* freezeAt(time(sevenOn(12)))
      const [ofAll, ofOwn] = [yield* snapshotsOf(ana, all), yield* snapshotsOf(bo, own)]
      assert.deepStrictEqual([timesOf(ofAll), valuesOf(ofAll)], [[sevenOn(11), sevenOn(12)], [2, 2]])
      assert.deepStrictEqual([timesOf(ofOwn), valuesOf(ofOwn)], [[sevenOn(11), sevenOn(12)], [1, 1]])
      assert.deepStrictEqual(ofOwn.map(({ createdBy, scope }) => [createdBy, scope.role]), [["bo", "member"], [
        "bo",
        "member"
      ]])
      assert.deepStrictEqual(ofOwn.map(({ expiresAt }) => DateTime.formatIso(expiresAt)), [
        "2026-10-18T05:00:00.000Z",
        "2026-10-19T05:00:00.000Z"
      ])
    }).pipe(Effect.provide(asMade)))

  it.effect("the view of a schedule has filters, and each snapshot keeps the view", () =>
    Effect.gen(function*() {
      const view = { everyone: true, filters: { source: "web" } }
      const id = yield* scheduledReport(ana, layout, set, { ...daily, view })
      yield* freezeAt(time(sevenOn(11)))
      const snapshots = yield* snapshotsOf(ana, id)
      assert.deepStrictEqual(valuesOf(snapshots), [1])
      assert.deepInclude(snapshots[0]?.view, view)
    }).pipe(Effect.provide(asMade)))

  it.effect("the service looks for times due once a minute", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(set)
      const id = yield* scheduledReport(ana, layout, set)
      yield* Layer.build(ScheduledFreezes)
      yield* TestClock.adjust("16 hours")
      assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), [])
      yield* TestClock.adjust("1 hour")
      yield* TestClock.adjust("2 days")
      assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), [sevenOn(11), sevenOn(12), sevenOn(13)])
    }).pipe(Effect.provide(asMade)))

  it.effect("an organization with many times due gets ten snapshots in a minute from each process", () =>
    Effect.gen(function*() {
      const ids = yield* Effect.forEach(Array.from({ length: 12 }), () => scheduledReport(ana, layout, set))
      const counts = Effect.map(
        Effect.forEach(ids, (id) => snapshotsOf(ana, id)),
        (all) => all.filter(({ length }) => length === 1).length
      )
      yield* freezeAt(time(sevenOn(11)))
      assert.strictEqual(yield* counts, 10)
      yield* freezeAt(time(sevenOn(11)) + 60_000)
      assert.strictEqual(yield* counts, 12)
    }).pipe(Effect.provide(asMade)))
})

describe("a late freeze", () => {
  it.effect("has its real time up to six hours after its time due, and later the time due is missed", () =>
    Effect.gen(function*() {
      const id = yield* scheduledReport(ana, layout, set)
      const missedAt = Effect.map(
        Effect.flatMap(ReportRepo, (reports) => reports.schedule(ana, id)),
        ({ missedAt, nextAt }) => [missedAt, nextAt].map((at) => at === null ? null : DateTime.formatIso(at))
      )
      yield* freezeAt(time("2026-10-11T11:00:00Z"))
      assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), ["2026-10-11T11:00:00.000Z"])
      assert.deepStrictEqual(yield* missedAt, [null, sevenOn(12)])
      yield* freezeAt(time("2026-10-12T11:00:01Z"))
      assert.strictEqual((yield* snapshotsOf(ana, id)).length, 1)
      assert.deepStrictEqual(yield* missedAt, [sevenOn(12), sevenOn(13)])
    }).pipe(Effect.provide(asMade)))

  it.effect("after days without the service, only the last time due gets a snapshot", () =>
    Effect.gen(function*() {
      const id = yield* scheduledReport(ana, layout, set)
      yield* freezeAt(time("2026-10-14T06:00:00Z"))
      assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), ["2026-10-14T06:00:00.000Z"])
      const { missedAt, nextAt } = yield* (yield* ReportRepo).schedule(ana, id)
      assert.deepStrictEqual([missedAt, nextAt], [DateTime.makeUnsafe(sevenOn(13)), DateTime.makeUnsafe(sevenOn(15))])
    }).pipe(Effect.provide(asMade)))
})

describe("the end of a freeze schedule", () => {
  it.effect.each(
    [
      ["leaves the organization", undefined, "creator_left"],
      ["is no longer an admin", "member", "creator_demoted"]
    ] as const
  )(
    "a schedule ends without a snapshot when its creator %s, and says so",
    ([_name, later, reason]) =>
      Effect.gen(function*() {
        let role: Role | undefined = "admin"
        yield* Effect.gen(function*() {
          const id = yield* scheduledReport(ana, layout, set)
          yield* freezeAt(time(sevenOn(11)))
          role = later
          yield* freezeAt(time(sevenOn(12)))
          yield* freezeAt(time(sevenOn(13)))
          assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), [sevenOn(11)])
          assert.deepStrictEqual(yield* endingOf(ana, id), [reason, null])
          role = "admin"
          yield* freezeAt(time(sevenOn(14)))
          assert.strictEqual((yield* snapshotsOf(ana, id)).length, 1)
        }).pipe(Effect.provide(withRoles(() => role)))
      })
  )

  it.effect("a schedule ends when its creator may no longer read the report", () =>
    Effect.gen(function*() {
      const id = yield* scheduledReport(bo, layout, set)
      yield* (yield* FreezeSchedules).set(ana, id, daily)
      yield* (yield* ReportRepo).update(bo, id, { visibility: "private" }, undefined)
      yield* freezeAt(time("2027-01-01T08:00:00Z"))
      assert.deepStrictEqual(yield* endingOf(bo, id), ["report_not_readable", null])
      assert.deepStrictEqual(yield* snapshotsOf(bo, id), [])
    }).pipe(Effect.provide(asMade)))

  it.effect("a member who becomes an admin keeps the schedule, and has the role of that time in its snapshots", () =>
    Effect.gen(function*() {
      let role: Role = "member"
      yield* Effect.gen(function*() {
        const id = yield* scheduledReport(bo, layout, set)
        role = "admin"
        yield* freezeAt(time(sevenOn(11)))
        const [snapshot] = yield* snapshotsOf({ ...bo, role: "admin" }, id)
        assert.deepStrictEqual(snapshot?.scope, { role: "admin", assigneeIds: ["bo"] })
      }).pipe(Effect.provide(withRoles(() => role)))
    }))

  it.effect("without a setting to look up roles, no schedule can be set", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* refusalOf(scheduledReport(ana, layout, set)), "SchedulesNotConfigured")
    }).pipe(Effect.provide(freezeSchedulesOver(sales, ApiKeys.layerNotConfigured))))
})
