import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { SnapshotId } from "../../src/domain/Ids.ts"
import type { Report } from "../../src/domain/Report.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { aDay, Passing } from "./Passing.ts"
import { elsewhere, frozenBy, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo | Passing>]

const saved = Effect.fnUntraced(function*(owner: Caller, visibility: Report["visibility"]) {
  return yield* (yield* ReportRepo).create(owner, { title: "Saved", visibility, layout })
})

const pass = Effect.fnUntraced(function*(seconds: number) {
  yield* (yield* Passing).seconds(seconds)
})

const daysBetween = (a: DateTime.Utc, b: DateTime.Utc) =>
  (DateTime.toEpochMillis(b) - DateTime.toEpochMillis(a)) / 1000 / aDay

/** Returns the outcomes of finding the snapshot by its id and of listing the snapshots of its report. */
const seenBy = Effect.fnUntraced(function*(caller: Caller, reportId: Report["id"], id: SnapshotId) {
  const snapshots = yield* SnapshotRepo
  const listed = yield* snapshots.list(caller, reportId, { limit: 100, offset: 0 }).pipe(
    Effect.map(({ results, total }) => `${results.length} of ${total}`),
    Effect.catch(({ _tag }) => Effect.succeed(_tag))
  )
  return [yield* refusalOf(snapshots.find(caller, id)), listed]
})

const nothing = ["SnapshotNotFound", "0 of 0"]
const everything = ["done", "1 of 1"]
const noReport = ["SnapshotNotFound", "ReportNotFound"]

export const snapshotCases: ReadonlyArray<Case> = [
  [
    "expiresAt of a snapshot is 180 days after createdAt, and deletesAt is 30 days after expiresAt",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const report = yield* saved(owner, "private")
      const frozen = frozenBy(owner, "May")
      const snapshot = yield* snapshots.create(owner, report.id, frozen)
      assert.deepInclude(snapshot, {
        ...frozen,
        reportId: report.id,
        createdBy: owner.userId,
        expired: false,
        schemaVersion: 1
      })
      assert.strictEqual(daysBetween(snapshot.createdAt, snapshot.expiresAt), 180)
      assert.strictEqual(daysBetween(snapshot.expiresAt, snapshot.deletesAt), 30)
      assert.deepStrictEqual(yield* snapshots.find(owner, snapshot.id), snapshot)
      const { layout: _layout, names: _names, series: _series, view: _view, ...summary } = snapshot
      assert.deepStrictEqual(yield* snapshots.list(owner, report.id, { limit: 1, offset: 0 }), {
        results: [summary],
        total: 1
      })
    })
  ],
  [
    "a snapshot without names of its freeze has no property names",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const { names: _names, ...frozen } = frozenBy(owner)
      const { id } = yield* snapshots.create(owner, (yield* saved(owner, "private")).id, frozen)
      assert.notProperty(yield* snapshots.find(owner, id), "names")
    })
  ],
  [
    "the series of a snapshot are returned unchanged, even if the service does not know their shape",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const { id } = yield* saved(owner, "private")
      const series = JSON.parse(`[{"shape":"of another day","points":[{"__proto__":1,"b":2,"a":1}],"_tag":"Literal"}]`)
      const snapshot = yield* snapshots.create(owner, id, { ...frozenBy(owner), series })
      const found = yield* snapshots.find(owner, snapshot.id)
      assert.strictEqual(JSON.stringify(found.series), JSON.stringify(series))
    })
  ],
  [
    "a renewal of a snapshot moves expiresAt by 180 days, even after the expiry",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const { id } = yield* saved(owner, "private")
      const snapshot = yield* snapshots.create(owner, id, frozenBy(owner))
      const renewed = yield* snapshots.renew(owner, snapshot.id)
      assert.strictEqual(daysBetween(snapshot.expiresAt, renewed.expiresAt), 180)
      assert.deepStrictEqual(renewed, { ...snapshot, expiresAt: renewed.expiresAt, deletesAt: renewed.deletesAt })
      yield* pass(360 * aDay + 1)
      const expired = yield* snapshots.find(owner, snapshot.id)
      assert.deepInclude(expired, { expired: true, contentHash: snapshot.contentHash })
      assert.deepInclude((yield* snapshots.list(owner, id, { limit: 1, offset: 0 })).results[0], { expired: true })
      assert.deepInclude(yield* snapshots.renew(owner, snapshot.id), { expired: false })
    })
  ],
  ...([
    [
      "a member's snapshot of a shared report is visible to the member and to admins",
      "organization",
      "colleague",
      {
        owner: nothing,
        colleague: everything,
        admin: everything,
        demoted: nothing,
        stranger: noReport
      }
    ],
    ["an admin's snapshot of a shared report is visible to admins only", "organization", "admin", {
      owner: nothing,
      colleague: nothing,
      admin: everything,
      demoted: nothing,
      stranger: noReport
    }],
    ["an owner's snapshot of a private report is visible to the owner only", "private", "owner", {
      owner: everything,
      colleague: noReport,
      admin: noReport,
      demoted: noReport,
      stranger: noReport
    }]
  ] as const).map(([name, visibility, maker, expected]): Case => [
    name,
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const everybody = { ...people(), stranger: elsewhere }
      const report = yield* saved(everybody.owner, visibility)
      const { id } = yield* snapshots.create(everybody[maker], report.id, frozenBy(everybody[maker]))
      for (const who of ["owner", "colleague", "admin", "demoted", "stranger"] as const) {
        assert.deepStrictEqual(yield* seenBy(everybody[who], report.id, id), expected[who], who)
        if (expected[who] === everything) continue
        const refusals = [
          refusalOf(snapshots.renew(everybody[who], id)),
          refusalOf(snapshots.remove(everybody[who], id))
        ]
        assert.deepStrictEqual(yield* Effect.all(refusals), ["SnapshotNotFound", "SnapshotNotFound"])
      }
      assert.strictEqual(yield* refusalOf(snapshots.remove(everybody[maker], id)), "done")
      assert.strictEqual(yield* refusalOf(snapshots.remove(everybody[maker], id)), "SnapshotNotFound")
    })
  ]),
  [
    "when a report becomes private, other people can neither read its snapshots nor freeze it",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const { admin, colleague, owner } = people()
      const report = yield* saved(owner, "organization")
      const { id } = yield* snapshots.create(colleague, report.id, frozenBy(colleague))
      yield* reports.update(owner, report.id, { visibility: "private" }, undefined)
      assert.deepStrictEqual(yield* seenBy(colleague, report.id, id), noReport)
      assert.deepStrictEqual(yield* seenBy(admin, report.id, id), noReport)
      const late = snapshots.create(colleague, report.id, frozenBy(colleague))
      assert.strictEqual(yield* refusalOf(late), "ReportNotFound")
    })
  ],
  [
    "the id of a report finds no snapshot",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const { id } = yield* saved(owner, "private")
      yield* snapshots.create(owner, id, frozenBy(owner))
      assert.strictEqual(yield* refusalOf(snapshots.find(owner, SnapshotId.make(id))), "SnapshotNotFound")
    })
  ],
  [
    "the cleanup deletes a snapshot 30 days after its expiry, but not ten minutes earlier",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const report = yield* saved(owner, "private")
      const freeze = snapshots.create(owner, report.id, frozenBy(owner))
      const due = yield* Effect.all([freeze, freeze, freeze])
      yield* pass(600)
      const spared = yield* freeze
      yield* pass(210 * aDay - 600)
      const purged = yield* snapshots.purge
      assert.deepStrictEqual(
        purged.filter(({ organizationId }) => organizationId === owner.organizationId),
        [{ organizationId: owner.organizationId, deleted: 3 }]
      )
      assert.strictEqual(yield* refusalOf(snapshots.find(owner, due[0].id)), "SnapshotNotFound")
      assert.deepInclude(yield* snapshots.find(owner, spared.id), { expired: true })
      assert.deepStrictEqual(yield* snapshots.purge, [])
      assert.deepInclude(yield* snapshots.renew(owner, spared.id), { expired: false })
    })
  ]
]
