import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { FreezeSchedule } from "../../src/domain/FreezeSchedule.ts"
import type { ReportId } from "../../src/domain/Ids.ts"
import type { Report } from "../../src/domain/Report.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import type { Passing } from "./Passing.ts"
import { elsewhere, frozenBy, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo | Passing>]

const time = (text: string) => DateTime.makeUnsafe(text)

const due = time("2026-10-25T00:30:00Z")
const next = time("2026-10-26T01:30:00Z")
const minutesLater = (minutes: number) => DateTime.add(due, { minutes })

const scheduleOf = (caller: Caller, nextAt: DateTime.Utc | null = due): FreezeSchedule => ({
  every: "day",
  at: "02:30",
  timeZone: "Europe/Madrid",
  weekStart: 1,
  keepDays: 30,
  view: { everyone: true, timeframe: { preset: "last_7d" } },
  createdBy: caller.userId,
  role: caller.role,
  createdAt: time("2026-10-01T00:00:00Z"),
  missedAt: time("2026-10-20T00:30:00Z"),
  ended: { at: time("2026-10-21T00:30:00Z"), reason: "creator_left", message: "Left." },
  nextAt
})

/** Everything that a store can be asked about the schedule of a report. */
export const onSchedule = (reports: ReportRepo["Service"], caller: Caller, reportId: ReportId) => {
  const { nextAt: _nextAt, ...schedule } = scheduleOf(caller)
  const { organizationId } = caller
  return [
    reports.schedule(caller, reportId),
    reports.setSchedule(caller, reportId, scheduleOf(caller)),
    reports.removeSchedule(caller, reportId),
    reports.organizationsDue(due),
    reports.takeDue(organizationId, due),
    reports.settle({ organizationId, reportId, dueAt: due, schedule }, scheduleOf(caller), Effect.void)
  ]
}

const saved = Effect.fnUntraced(function*(owner: Caller, visibility: Report["visibility"] = "organization") {
  return yield* (yield* ReportRepo).create(owner, { title: "Saved", visibility, layout })
})

const scheduled = Effect.gen(function*() {
  const reports = yield* ReportRepo
  const { admin, colleague, owner } = people()
  const { id } = yield* saved(owner)
  yield* reports.setSchedule(owner, id, scheduleOf(owner))
  return { reports, admin, colleague, owner, id }
})

const take = (reports: ReportRepo["Service"], { organizationId }: Caller, minutes: number) =>
  reports.takeDue(organizationId, minutesLater(minutes))

export const scheduleCases: ReadonlyArray<Case> = [
  [
    "a member does not see which people an admin chose in the schedule of the member's report",
    Effect.gen(function*() {
      const { admin, id, owner, reports } = yield* scheduled
      const filters = { source: ["web"] }
      const set = { ...scheduleOf(admin), view: { assigneeIds: ["carl", "dora"], filters } }
      yield* reports.setSchedule(admin, id, set)
      assert.deepStrictEqual(yield* reports.schedule(admin, id), set)
      assert.deepStrictEqual(yield* reports.schedule(owner, id), { ...set, view: { filters } })
    })
  ],
  [
    "a schedule is returned as it was set, and setting it again replaces it",
    Effect.gen(function*() {
      const { id, owner, reports } = yield* scheduled
      assert.deepStrictEqual(yield* reports.schedule(owner, id), scheduleOf(owner))
      const other = { ...scheduleOf(owner, null), every: "week" as const, view: {}, missedAt: null, ended: null }
      yield* reports.setSchedule(owner, id, other)
      assert.deepStrictEqual(yield* reports.schedule(owner, id), other)
      yield* reports.removeSchedule(owner, id)
      assert.strictEqual(yield* refusalOf(reports.schedule(owner, id)), "FreezeScheduleNotFound")
      assert.strictEqual(yield* refusalOf(reports.removeSchedule(owner, id)), "FreezeScheduleNotFound")
      assert.isUndefined(yield* take(reports, owner, 0))
    })
  ],
  [
    "only those who may change the report can read, set, and remove its schedule",
    Effect.gen(function*() {
      const { admin, colleague, id, owner, reports } = yield* scheduled
      const outcomes = (caller: Caller) =>
        Effect.forEach([
          reports.schedule(caller, id),
          reports.setSchedule(caller, id, scheduleOf(caller)),
          reports.removeSchedule(caller, id)
        ], (one) => refusalOf(Effect.asVoid(one)))
      const refused = (tag: string) => [tag, tag, tag]
      assert.deepStrictEqual(yield* outcomes(colleague), refused("ReportNotYours"))
      assert.deepStrictEqual(yield* outcomes(elsewhere), refused("ReportNotFound"))
      assert.deepStrictEqual(yield* reports.schedule(owner, id), scheduleOf(owner))
      assert.deepStrictEqual(yield* outcomes(admin), refused("done"))
      yield* reports.setSchedule(owner, id, scheduleOf(owner))
      yield* reports.update(owner, id, { visibility: "private" }, undefined)
      assert.deepStrictEqual(yield* outcomes(admin), refused("ReportNotFound"))
    })
  ],
  [
    "a time due is taken once in five minutes, and not before it is due",
    Effect.gen(function*() {
      const { id, owner, reports } = yield* scheduled
      assert.isUndefined(yield* take(reports, owner, -1))
      const { nextAt: _nextAt, ...schedule } = scheduleOf(owner)
      const { organizationId } = owner
      assert.deepStrictEqual(yield* take(reports, owner, 0), { organizationId, reportId: id, dueAt: due, schedule })
      assert.isUndefined(yield* take(reports, owner, 4))
      assert.strictEqual((yield* take(reports, owner, 5))?.reportId, id)
      assert.isUndefined(yield* take(reports, elsewhere, 20))
    })
  ],
  [
    "an organization is due from its first time due on",
    Effect.gen(function*() {
      const { owner, reports } = yield* scheduled
      assert.notInclude(yield* reports.organizationsDue(minutesLater(-1)), owner.organizationId)
      assert.include(yield* reports.organizationsDue(due), owner.organizationId)
    })
  ],
  [
    "of two processes that took the same time due, only the first one stores a snapshot",
    Effect.gen(function*() {
      const { id, owner, reports } = yield* scheduled
      const snapshots = yield* SnapshotRepo
      const [one, other] = [yield* take(reports, owner, 0), yield* take(reports, owner, 5)]
      if (one === undefined || other === undefined) return assert.fail("nothing is due")
      const settle = (taken: typeof one) =>
        reports.settle(taken, scheduleOf(owner, next), snapshots.create(owner, id, frozenBy(owner), 30))
      const stored = yield* Effect.all([settle(one), settle(other)], { concurrency: 2 })
      assert.strictEqual(stored.filter((snapshot) => snapshot !== undefined).length, 1)
      assert.strictEqual((yield* snapshots.list(owner, id, { limit: 9, offset: 0 })).total, 1)
      assert.deepStrictEqual(yield* reports.schedule(owner, id), scheduleOf(owner, next))
      assert.isUndefined(yield* take(reports, owner, 20))
      assert.isDefined(yield* reports.takeDue(owner.organizationId, next))
    })
  ],
  [
    "after a schedule was replaced or removed, a time due that was taken before stores nothing",
    Effect.gen(function*() {
      const { id, owner, reports } = yield* scheduled
      const snapshots = yield* SnapshotRepo
      const taken = yield* take(reports, owner, 0)
      if (taken === undefined) return assert.fail("nothing is due")
      const settled = reports.settle(taken, scheduleOf(owner), snapshots.create(owner, id, frozenBy(owner)))
      yield* reports.setSchedule(owner, id, scheduleOf(owner, next))
      assert.isUndefined(yield* settled)
      assert.deepStrictEqual(yield* reports.schedule(owner, id), scheduleOf(owner, next))
      yield* reports.removeSchedule(owner, id)
      assert.isUndefined(yield* settled)
      assert.strictEqual((yield* snapshots.list(owner, id, { limit: 9, offset: 0 })).total, 0)
    })
  ],
  [
    "a schedule that was set again for the same time is not overwritten by a time due that was taken before",
    Effect.gen(function*() {
      const { id, owner, reports } = yield* scheduled
      const snapshots = yield* SnapshotRepo
      const taken = yield* take(reports, owner, 0)
      if (taken === undefined) return assert.fail("nothing is due")
      const again = { ...scheduleOf(owner), keepDays: 7, createdAt: minutesLater(1) }
      yield* reports.setSchedule(owner, id, again)
      const settled = reports.settle(taken, scheduleOf(owner, next), snapshots.create(owner, id, frozenBy(owner)))
      assert.isUndefined(yield* settled)
      assert.deepStrictEqual(yield* reports.schedule(owner, id), again)
      assert.strictEqual((yield* snapshots.list(owner, id, { limit: 9, offset: 0 })).total, 0)
      assert.strictEqual((yield* take(reports, owner, 2))?.schedule.keepDays, 7)
    })
  ],
  [
    "a deleted report has no time due",
    Effect.gen(function*() {
      const { id, owner, reports } = yield* scheduled
      yield* reports.remove(owner, id, undefined)
      assert.isUndefined(yield* take(reports, owner, 0))
    })
  ],
  [
    "a snapshot of a schedule expires after the days of the schedule",
    Effect.gen(function*() {
      const { owner } = people()
      const { id } = yield* saved(owner)
      const { createdAt, expiresAt } = yield* (yield* SnapshotRepo).create(owner, id, frozenBy(owner), 30)
      assert.strictEqual(expiresAt.epochMilliseconds - createdAt.epochMilliseconds, 30 * 86_400_000)
    })
  ]
]
