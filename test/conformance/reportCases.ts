import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { Report } from "../../src/domain/Report.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { Passing } from "./Passing.ts"
import { elsewhere, frozenBy, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo | Passing>]

const wholePage = { limit: 100, offset: 0 }

const saved = Effect.fnUntraced(function*(owner: Caller, visibility: Report["visibility"], title = "Saved") {
  return yield* (yield* ReportRepo).create(owner, { title, visibility, layout })
})

const titles = Effect.fnUntraced(function*(caller: Caller, page = wholePage) {
  const { results, total } = yield* (yield* ReportRepo).list(caller, page)
  return [results.map(({ title }) => title), total]
})

export const reportCases: ReadonlyArray<Case> = [
  [
    "a report is returned as it was saved",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const report = yield* reports.create(owner, { title: "🏠 Sales", layout })
      assert.deepInclude(report, {
        title: "🏠 Sales",
        description: null,
        visibility: "private",
        snapshotCount: 0,
        version: 1
      })
      assert.deepInclude(report, {
        defaultTimeframe: { preset: "last_30d", bucket: "day" },
        defaultFilters: null,
        defaultPeople: null
      })
      assert.deepStrictEqual(yield* reports.find(owner, report.id), report)
    })
  ],
  [
    "`versions` returns the current version of each report of the organization, and omits other reports",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const [one, two] = [yield* saved(owner, "private"), yield* saved(owner, "private")]
      const { id: foreign } = yield* saved(people().owner, "organization")
      yield* reports.update(owner, one.id, { visibility: "organization" }, undefined)
      const versions = yield* reports.versions(owner.organizationId, [one.id, two.id, foreign])
      assert.deepStrictEqual(versions, new Map([[one.id, 2], [two.id, 1]]))
      yield* reports.remove(owner, one.id, undefined)
      assert.deepStrictEqual(yield* reports.versions(owner.organizationId, [one.id]), new Map())
    })
  ],
  [
    "a stored layout keeps its JSON keys, their order and their values",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const text =
        `{"z":1,"widgets":[],"a":{"_tag":"Literal","value":"(SELECT 1)"},"__proto__":{"x":[1.5,"'; $1 {{x}} \\\\",null,true]},"10":0,"9":-0.1e-7}`
      const report = yield* reports.create(owner, { title: "t", layout: JSON.parse(text) })
      const found = yield* reports.find(owner, report.id)
      assert.strictEqual(JSON.stringify(found.layout), JSON.stringify(JSON.parse(text)))
      assert.isTrue(Object.hasOwn(found.layout, "__proto__"))
    })
  ],
  [
    "a list of reports has the caller's own and the shared reports, the last changed first",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, owner } = people()
      const mine = yield* saved(owner, "private", "mine")
      yield* (yield* Passing).seconds(1)
      yield* saved(owner, "organization", "ours")
      yield* (yield* Passing).seconds(1)
      yield* saved(colleague, "private", "theirs")
      assert.deepStrictEqual(yield* titles(owner), [["ours", "mine"], 2])
      assert.deepStrictEqual(yield* titles(admin), [["ours"], 1])
      assert.deepStrictEqual(yield* titles(elsewhere), [[], 0])
      yield* (yield* Passing).seconds(1)
      yield* reports.update(owner, mine.id, { title: "mine" }, undefined)
      assert.deepStrictEqual(yield* titles(owner), [["mine", "ours"], 2])
      assert.deepStrictEqual(yield* titles(owner, { limit: 1, offset: 1 }), [["ours"], 2])
      assert.deepStrictEqual(yield* titles(owner, { limit: 20, offset: 20 }), [[], 2])
    })
  ],
  [
    "the pages of a list of reports contain each report once",
    Effect.gen(function*() {
      const { owner } = people()
      yield* Effect.forEach(Array.from({ length: 7 }), () => saved(owner, "private"))
      const reports = yield* ReportRepo
      const pages = yield* Effect.forEach([0, 3, 6], (offset) => reports.list(owner, { limit: 3, offset }))
      const ids = pages.flatMap(({ results }) => results.map(({ id }) => id))
      assert.strictEqual(new Set(ids).size, 7)
    })
  ],
  [
    "an update of a report keeps the fields that it omits",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const before = yield* reports.create(owner, { title: "a", description: "b", layout })
      const changed = yield* reports.update(owner, before.id, { title: "c" }, undefined)
      assert.deepStrictEqual(changed, { ...before, title: "c", version: 2, updatedAt: changed.updatedAt })
      const bare = yield* reports.update(owner, before.id, { description: null, visibility: "organization" }, undefined)
      assert.deepInclude(bare, { title: "c", description: null, visibility: "organization", version: 3 })
      assert.isTrue(DateTime.isGreaterThan(bare.updatedAt, changed.updatedAt))
      assert.deepStrictEqual(yield* reports.find(owner, before.id), bare)
      assert.deepStrictEqual(yield* reports.update(owner, before.id, {}, [3]), bare)
    })
  ],
  [
    "of six concurrent updates of one version of a report, one succeeds",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const { id } = yield* saved(owner, "private")
      const change = (title: string) => refusalOf(reports.update(owner, id, { title }, [1]))
      const outcomes = yield* Effect.forEach(["a", "b", "c", "d", "e", "f"], change, { concurrency: "unbounded" })
      assert.deepStrictEqual([...outcomes].sort(), [...Array.from({ length: 5 }, () => "ReportChanged"), "done"])
      assert.strictEqual((yield* reports.find(owner, id)).version, 2)
      assert.strictEqual(yield* refusalOf(reports.remove(owner, id, [1])), "ReportChanged")
      assert.strictEqual(yield* refusalOf(reports.remove(owner, id, [])), "ReportChanged")
      assert.strictEqual(yield* refusalOf(reports.remove(owner, id, [1, 2])), "done")
    })
  ],
  [
    "six concurrent updates of a report all succeed if they name no version",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const { id } = yield* saved(owner, "private")
      const change = (title: string) => reports.update(owner, id, { title }, undefined)
      const all = yield* Effect.forEach(["a", "b", "c", "d", "e", "f"], change, { concurrency: "unbounded" })
      const inOrder = all.toSorted((a, b) => a.version - b.version)
      assert.deepStrictEqual(inOrder.map(({ version }) => version), [2, 3, 4, 5, 6, 7])
      const times = inOrder.map(({ updatedAt }) => DateTime.toEpochMillis(updatedAt))
      assert.deepStrictEqual([...new Set(times)].sort((a, b) => a - b), times)
      assert.deepStrictEqual(yield* reports.find(owner, id), inOrder[5])
    })
  ],
  [
    "snapshotCount counts the snapshots that the caller may read",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const { admin, colleague, demoted, owner } = people()
      const { id } = yield* saved(owner, "organization")
      yield* Effect.forEach([admin, owner, owner, colleague], (who) => snapshots.create(who, id, frozenBy(who)))
      const counts = yield* Effect.forEach([admin, owner, colleague, demoted], (who) =>
        Effect.all([
          Effect.map(reports.find(who, id), ({ snapshotCount }) => snapshotCount),
          Effect.map(reports.list(who, wholePage), ({ results }) => results[0]?.snapshotCount)
        ]))
      assert.deepStrictEqual(counts, [[4, 4], [2, 2], [1, 1], [0, 0]])
      assert.strictEqual((yield* reports.update(owner, id, {}, undefined)).snapshotCount, 2)
    })
  ],
  [
    "deleting a report deletes all its snapshots",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const { admin, colleague, owner } = people()
      const { id } = yield* saved(owner, "organization")
      const kept = yield* Effect.forEach(
        [admin, owner, colleague],
        (who) => snapshots.create(who, id, frozenBy(who))
      )
      yield* reports.remove(owner, id, undefined)
      const left = yield* Effect.forEach(kept, (snapshot) => refusalOf(snapshots.find(admin, snapshot.id)))
      assert.deepStrictEqual(left, kept.map(() => "SnapshotNotFound"))
    })
  ],
  [
    "reports and snapshots with equal times are listed in the order of their ids",
    Effect.gen(function*() {
      const { owner } = people()
      const reports = yield* Effect.forEach(["a", "b", "c", "d", "e"], (title) => saved(owner, "private", title))
      const { id: first } = yield* Effect.fromNullishOr(reports[0])
      const repo = yield* SnapshotRepo
      const snapshots = yield* Effect.forEach(reports, () => repo.create(owner, first, frozenBy(owner)))
      yield* (yield* Passing).atOnce
      const idsOf = (rows: ReadonlyArray<{ readonly id: string }>) => rows.map(({ id }) => id)
      const listed = yield* (yield* ReportRepo).list(owner, wholePage)
      assert.deepStrictEqual(idsOf(listed.results), idsOf(reports).toSorted())
      const frozen = yield* repo.list(owner, first, wholePage)
      assert.deepStrictEqual(idsOf(frozen.results), idsOf(snapshots).toSorted())
    })
  ]
]
