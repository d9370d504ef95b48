import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { ReportId } from "../../src/domain/Ids.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { elsewhere, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo>]

const titled = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
  const history = yield* (yield* ReportRepo).history(caller, id)
  return history.map(({ title, version }) => [version, title])
})

export const versionCases: ReadonlyArray<Case> = [
  [
    "each change of a report makes a version, and an empty change makes none",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, owner } = people()
      const created = yield* reports.create(owner, { title: "a", visibility: "organization", layout })
      const renamed = yield* reports.update(admin, created.id, { title: "b" }, undefined)
      yield* reports.update(owner, created.id, {}, undefined)
      const changed = yield* reports.update(
        owner,
        created.id,
        { description: "c", layout: { widgets: [] }, defaultTimeframe: { preset: "today" } },
        undefined
      )
      const common = {
        title: "b",
        description: null,
        visibility: "organization" as const,
        people: [],
        layout,
        defaultTimeframe: { preset: "last_30d", bucket: "day" },
        defaultFilters: null,
        defaultPeople: null
      }
      const history = [
        {
          ...common,
          version: 3,
          savedAt: changed.updatedAt,
          savedBy: owner.userId,
          description: "c",
          layout: { widgets: [] },
          defaultTimeframe: { preset: "today" }
        },
        { ...common, version: 2, savedAt: renamed.updatedAt, savedBy: admin.userId },
        { ...common, version: 1, savedAt: created.updatedAt, savedBy: owner.userId, title: "a" }
      ]
      assert.deepStrictEqual(yield* reports.history(owner, created.id), history)
      const found = yield* Effect.forEach([3, 2, 1], (version) => reports.findVersion(owner, created.id, version))
      assert.deepStrictEqual(found, history)
    })
  ],
  [
    "a version keeps the keys of its layout, their order and their values",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const text = `{"z":1,"widgets":[],"a":"'; $1","__proto__":{"x":[1.5,null]},"10":0,"9":-0.1e-7}`
      const { id } = yield* reports.create(owner, { title: "t", layout: JSON.parse(text) })
      yield* reports.update(owner, id, { layout }, undefined)
      const former = yield* reports.findVersion(owner, id, 1)
      assert.strictEqual(JSON.stringify(former.layout), JSON.stringify(JSON.parse(text)))
      assert.isTrue(Object.hasOwn(former.layout, "__proto__"))
    })
  ],
  [
    "the last 50 versions of a report are kept, and the oldest of them says who saved it",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const { id } = yield* reports.create(owner, { title: "1", layout })
      const { id: other } = yield* reports.create(owner, { title: "other", layout })
      yield* reports.update(owner, other, { title: "other 2" }, undefined)
      const rest = Array.from({ length: 60 }, (_, index) => index + 2)
      yield* Effect.forEach(rest, (number) => reports.update(owner, id, { title: `${number}` }, undefined))
      const expected = rest.toReversed().slice(0, 50).map((number) => [number, `${number}`])
      assert.deepStrictEqual(yield* titled(owner, id), expected)
      assert.deepStrictEqual((yield* reports.history(owner, id)).at(-1)?.savedBy, owner.userId)
      assert.strictEqual((yield* reports.findVersion(owner, id, 12)).title, "12")
      assert.strictEqual(yield* refusalOf(reports.findVersion(owner, id, 11)), "VersionNotFound")
      assert.deepStrictEqual(yield* titled(owner, other), [[2, "other 2"], [1, "other"]])
    })
  ],
  [
    "only the owner may read the versions of a time when the report was private",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, demoted, owner } = people()
      const { id } = yield* reports.create(owner, { title: "first", visibility: "organization", layout })
      yield* reports.update(owner, id, { title: "secret", visibility: "private" }, undefined)
      assert.strictEqual(yield* refusalOf(reports.history(admin, id)), "ReportNotFound")
      assert.strictEqual(yield* refusalOf(reports.findVersion(admin, id, 1)), "ReportNotFound")
      yield* reports.update(owner, id, { title: "shared", visibility: "organization" }, undefined)
      assert.deepStrictEqual(yield* titled(owner, id), [[3, "shared"], [2, "secret"], [1, "first"]])
      yield* Effect.forEach([admin, colleague, demoted], (who) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* titled(who, id), [[3, "shared"], [1, "first"]])
          assert.strictEqual(yield* refusalOf(reports.findVersion(who, id, 2)), "VersionNotFound")
        }))
      assert.strictEqual((yield* reports.findVersion(owner, id, 2)).title, "secret")
    })
  ],
  [
    "people of another organization cannot find a version",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const { id } = yield* reports.create(owner, { title: "t", visibility: "organization", layout })
      yield* reports.update(owner, id, { title: "u" }, undefined)
      assert.strictEqual(yield* refusalOf(reports.history(elsewhere, id)), "ReportNotFound")
      assert.strictEqual(yield* refusalOf(reports.findVersion(elsewhere, id, 1)), "ReportNotFound")
    })
  ],
  [
    "members do not see the default people in a version",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, owner } = people()
      const defaultPeople = { everyone: true }
      const { id } = yield* reports.create(admin, { title: "t", visibility: "organization", layout, defaultPeople })
      yield* reports.update(admin, id, { title: "u" }, undefined)
      const seen = (who: Caller) =>
        Effect.map(reports.history(who, id), (history) => history.map((version) => version.defaultPeople))
      assert.deepStrictEqual(yield* seen(admin), [defaultPeople, defaultPeople])
      assert.deepStrictEqual(yield* seen(owner), [null, null])
      assert.isNull((yield* reports.findVersion(owner, id, 1)).defaultPeople)
    })
  ],
  [
    "a deleted report has no versions, and a refused change makes none",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { colleague, owner } = people()
      const { id, updatedAt } = yield* reports.create(owner, { title: "t", visibility: "organization", layout })
      assert.strictEqual(yield* refusalOf(reports.update(owner, id, { title: "u" }, [7])), "ReportChanged")
      assert.strictEqual(yield* refusalOf(reports.update(colleague, id, { title: "u" }, undefined)), "ReportNotYours")
      const [only, ...others] = yield* reports.history(owner, id)
      assert.deepStrictEqual([only?.version, others], [1, []])
      assert.isTrue(only !== undefined && DateTime.Equivalence(only.savedAt, updatedAt))
      yield* reports.remove(owner, id, undefined)
      assert.strictEqual(yield* refusalOf(reports.history(owner, id)), "ReportNotFound")
      assert.strictEqual(yield* refusalOf(reports.findVersion(owner, id, 1)), "ReportNotFound")
    })
  ]
]
