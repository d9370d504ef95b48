import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { Report } from "../../src/domain/Report.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { elsewhere, frozenBy, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo>]

const page = { limit: 20, offset: 0 }

const sharedWith = Effect.fnUntraced(function*(owner: Caller, ...readers: ReadonlyArray<Caller>) {
  const ids = readers.map(({ userId }) => userId)
  return yield* (yield* ReportRepo).create(owner, { title: "Shared", visibility: "people", people: ids, layout })
})

/** Returns whether the caller finds the report, how many reports a list has, and how many a search has. */
const seenBy = Effect.fnUntraced(function*(caller: Caller, id: Report["id"]) {
  const reports = yield* ReportRepo
  const [listed, found] = [
    yield* reports.list(caller, page),
    yield* reports.list(caller, { ...page, search: "shared" })
  ]
  return [yield* refusalOf(reports.find(caller, id)), listed.total, listed.results.length, found.total]
})

const nothing = ["ReportNotFound", 0, 0, 0]
const everything = ["done", 1, 1, 1]

export const sharingCases: ReadonlyArray<Case> = [
  [
    "a report with people is read by its owner and by these people only",
    Effect.gen(function*() {
      const { admin, colleague, demoted, owner } = people()
      const { id } = yield* sharedWith(owner, colleague)
      assert.deepStrictEqual(yield* seenBy(owner, id), everything)
      assert.deepStrictEqual(yield* seenBy(colleague, id), everything)
      assert.deepStrictEqual(yield* seenBy(admin, id), nothing)
      assert.deepStrictEqual(yield* seenBy(demoted, id), nothing)
      assert.deepStrictEqual(yield* seenBy({ ...elsewhere, userId: colleague.userId }, id), nothing)
      assert.deepStrictEqual(yield* seenBy({ ...elsewhere, userId: owner.userId }, id), nothing)
    })
  ],
  [
    "of the people of a report, a member may not change it and an admin may",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, demoted, owner } = people()
      const { id } = yield* sharedWith(owner, colleague, admin)
      const change = (who: Caller) => refusalOf(reports.update(who, id, { title: "Shared by all" }, undefined))
      assert.deepStrictEqual(yield* Effect.forEach([colleague, demoted, admin, owner], change), [
        "ReportNotYours",
        "ReportNotYours",
        "done",
        "done"
      ])
      assert.strictEqual(yield* refusalOf(reports.remove(colleague, id, undefined)), "ReportNotYours")
      assert.strictEqual(yield* refusalOf(reports.remove(admin, id, undefined)), "done")
    })
  ],
  [
    "another visibility takes the people away, and other changes keep them",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, owner } = people()
      const { id } = yield* sharedWith(owner, colleague)
      const renamed = yield* reports.update(owner, id, { title: "Shared again" }, undefined)
      assert.deepInclude(renamed, { visibility: "people", people: [colleague.userId] })
      const others = { visibility: "people", people: [admin.userId] } as const
      assert.deepInclude(yield* reports.update(owner, id, others, undefined), others)
      assert.deepStrictEqual(yield* seenBy(colleague, id), nothing)
      assert.deepStrictEqual(yield* seenBy(admin, id), everything)
      const open = yield* reports.update(owner, id, { visibility: "organization" }, undefined)
      assert.deepInclude(open, { visibility: "organization", people: [] })
      const closed = yield* reports.update(owner, id, { visibility: "private", people: [] }, undefined)
      assert.deepInclude(closed, { visibility: "private", people: [] })
      assert.deepStrictEqual(yield* seenBy(admin, id), nothing)
      const { results: [listed] } = yield* reports.list(owner, page)
      assert.strictEqual(listed?.visibility, "private")
    })
  ],
  [
    "the owner and admins see all people of a report, and others see only themselves",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, demoted, owner } = people()
      const { id, people: all } = yield* sharedWith(owner, colleague, admin)
      const seen = (who: Caller) => Effect.map(reports.find(who, id), (report) => report.people)
      assert.deepStrictEqual(all, [colleague.userId, admin.userId])
      assert.deepStrictEqual(yield* Effect.forEach([owner, admin, colleague, demoted], seen), [
        all,
        all,
        [colleague.userId],
        [demoted.userId]
      ])
      const { results: [listed] } = yield* reports.list(colleague, page)
      assert.deepInclude(listed, { visibility: "people" })
      assert.notProperty(listed, "people")
    })
  ],
  [
    "a version is read by those who could read the report at that time, and keeps its people",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, owner } = people()
      const { id } = yield* sharedWith(owner, colleague)
      yield* reports.update(owner, id, { visibility: "people", people: [admin.userId] }, undefined)
      yield* reports.update(owner, id, { visibility: "private" }, undefined)
      yield* reports.update(owner, id, { visibility: "organization" }, undefined)
      const seen = (who: Caller) =>
        Effect.map(
          reports.history(who, id),
          (history) => history.map((one) => [one.version, one.visibility, one.people] as const)
        )
      const latest = [4, "organization", new Array<string>()] as const
      assert.deepStrictEqual(yield* seen(owner), [
        latest,
        [3, "private", []],
        [2, "people", [admin.userId]],
        [1, "people", [colleague.userId]]
      ])
      assert.deepStrictEqual(yield* seen(colleague), [latest, [1, "people", [colleague.userId]]])
      assert.deepStrictEqual(yield* seen(admin), [latest, [2, "people", [admin.userId]]])
      assert.strictEqual(yield* refusalOf(reports.findVersion(colleague, id, 2)), "VersionNotFound")
    })
  ],
  [
    "people of a report see its snapshots as the organization would",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { admin, colleague, owner } = people()
      const { id } = yield* sharedWith(owner, colleague, admin)
      yield* snapshots.create(owner, id, frozenBy(owner))
      yield* snapshots.create(colleague, id, frozenBy(colleague))
      const seen = (who: Caller) => Effect.map(snapshots.list(who, id, page), ({ total }) => total)
      assert.deepStrictEqual(yield* Effect.forEach([owner, colleague, admin], seen), [1, 1, 2])
    })
  ]
]
