import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { UserId } from "../../src/domain/Ids.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { elsewhere, frozenBy, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo>]

const page = { limit: 20, offset: 0 }

export const sharedSnapshotCases: ReadonlyArray<Case> = [
  [
    "a shared snapshot is found, listed, counted and recorded for its readers only, until the share is taken back",
    Effect.gen(function*() {
      const [reports, snapshots] = [yield* ReportRepo, yield* SnapshotRepo]
      const { colleague, owner } = people()
      const third = { ...colleague, userId: UserId.make("dora") }
      const { id: reportId } = yield* reports.create(owner, { title: "Shared", visibility: "organization", layout })
      const { id, shared } = yield* snapshots.create(owner, reportId, frozenBy(owner))
      assert.isNull(shared)
      const span = { instanceId: "a", from: 0, to: 9e14, most: 9 }
      const seen = Effect.fnUntraced(function*(who: Caller) {
        return [
          yield* refusalOf(snapshots.find(who, id)),
          (yield* snapshots.list(who, reportId, page)).total,
          (yield* snapshots.history(who, reportId, span)).length,
          (yield* reports.find(who, reportId)).snapshotCount
        ]
      })
      const all = ["done", 1, 1, 1]
      const none = ["SnapshotNotFound", 0, 0, 0]
      const everybody = Effect.forEach([owner, colleague, third, { ...third, role: "admin" as const }], seen)
      assert.deepStrictEqual(yield* everybody, [all, none, none, all])
      const named = yield* snapshots.share(owner, id, { people: [colleague.userId] })
      assert.deepInclude(named.shared, { organization: false, people: [colleague.userId], sharedBy: owner.userId })
      assert.deepStrictEqual(yield* everybody, [all, all, none, all])
      yield* snapshots.share(owner, id, { organization: true })
      assert.deepStrictEqual(yield* everybody, [all, all, all, all])
      assert.strictEqual(yield* refusalOf(snapshots.find({ ...elsewhere, userId: colleague.userId }, id)), none[0])
      yield* reports.update(owner, reportId, { visibility: "private" }, undefined)
      assert.strictEqual(yield* refusalOf(snapshots.find(colleague, id)), "SnapshotNotFound")
      yield* reports.update(owner, reportId, { visibility: "organization" }, undefined)
      yield* snapshots.unshare(owner, id)
      assert.deepStrictEqual(yield* everybody, [all, none, none, all])
    })
  ],
  [
    "only the creator shares a snapshot, an admin may take it back, and its readers change nothing",
    Effect.gen(function*() {
      const [reports, snapshots] = [yield* ReportRepo, yield* SnapshotRepo]
      const { admin, colleague, demoted, owner } = people()
      const { id: reportId } = yield* reports.create(owner, { title: "Shared", visibility: "organization", layout })
      const { id } = yield* snapshots.create(owner, reportId, frozenBy(owner))
      const share = (who: Caller) => refusalOf(snapshots.share(who, id, { people: [colleague.userId] }))
      const sharing = Effect.forEach([colleague, admin, owner], share)
      assert.deepStrictEqual(yield* sharing, ["SnapshotNotFound", "SnapshotNotYours", "done"])
      assert.strictEqual(yield* share(colleague), "SnapshotNotYours")
      const changing = (who: Caller) =>
        Effect.all([
          refusalOf(snapshots.renew(who, id)),
          refusalOf(snapshots.remove(who, id)),
          refusalOf(snapshots.unshare(who, id))
        ])
      assert.deepStrictEqual(yield* changing(colleague), ["SnapshotNotYours", "SnapshotNotYours", "SnapshotNotYours"])
      assert.deepStrictEqual(yield* changing(demoted), ["SnapshotNotFound", "SnapshotNotFound", "SnapshotNotFound"])
      assert.strictEqual(yield* refusalOf(snapshots.unshare(admin, id)), "done")
      assert.deepStrictEqual(yield* changing(colleague), ["SnapshotNotFound", "SnapshotNotFound", "SnapshotNotFound"])
    })
  ],
  [
    "readers of a shared snapshot see neither with whom else it is shared nor the names of its freeze",
    Effect.gen(function*() {
      const [reports, snapshots] = [yield* ReportRepo, yield* SnapshotRepo]
      const { admin, colleague, owner } = people()
      const { id: reportId } = yield* reports.create(owner, { title: "Shared", visibility: "organization", layout })
      const { id, names } = yield* snapshots.create(owner, reportId, frozenBy(owner))
      const all = ["dora", colleague.userId]
      yield* snapshots.share(owner, id, { people: all })
      const seen = Effect.fnUntraced(function*(who: Caller) {
        const { results: [listed] } = yield* snapshots.list(who, reportId, page)
        const { names, shared } = yield* snapshots.find(who, id)
        return [shared?.people, listed?.shared?.people, names]
      })
      assert.deepStrictEqual(yield* Effect.forEach([owner, admin, colleague], seen), [
        [all, all, names],
        [all, all, names],
        [[colleague.userId], [colleague.userId], undefined]
      ])
    })
  ]
]
