import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { layout, people } from "./people.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo>]

export const defaultViewCases: ReadonlyArray<Case> = [
  [
    "default filters of a report are kept as they were sent, and null removes them",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const sent = "{\"tag\":[\"b\",\"a\"],\"10\":\"x\",\"9\":null}"
      const report = yield* reports.create(owner, { title: "t", layout, defaultFilters: JSON.parse(sent) })
      assert.strictEqual(JSON.stringify(report.defaultFilters), JSON.stringify(JSON.parse(sent)))
      assert.deepStrictEqual(yield* reports.find(owner, report.id), report)
      const renamed = yield* reports.update(owner, report.id, { title: "u" }, undefined)
      assert.deepStrictEqual(renamed.defaultFilters, report.defaultFilters)
      const changed = yield* reports.update(owner, report.id, { defaultFilters: { source: [] } }, undefined)
      assert.deepStrictEqual(changed.defaultFilters, { source: [] })
      const without = yield* reports.update(owner, report.id, { defaultFilters: null }, undefined)
      assert.isNull(without.defaultFilters)
      assert.isNull((yield* reports.find(owner, report.id)).defaultFilters)
    })
  ],
  [
    "only admins set and see the default people of a report",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { admin, colleague, owner } = people()
      const everyone = { everyone: true }
      const { id } = yield* reports.create(owner, {
        title: "t",
        layout,
        visibility: "organization",
        defaultPeople: everyone
      })
      const seen = (who: Caller) => Effect.map(reports.find(who, id), ({ defaultPeople }) => defaultPeople)
      assert.isNull(yield* seen(admin))
      const set = yield* reports.update(admin, id, { defaultPeople: { assigneeIds: ["carl", "olga"] } }, undefined)
      assert.deepStrictEqual(set.defaultPeople, { assigneeIds: ["carl", "olga"] })
      assert.deepStrictEqual([yield* seen(owner), yield* seen(colleague)], [null, null])
      const ignored = yield* reports.update(owner, id, { defaultPeople: everyone }, undefined)
      assert.deepStrictEqual([ignored.defaultPeople, ignored.version], [null, set.version])
      const renamed = yield* reports.update(owner, id, { title: "u", defaultPeople: null }, undefined)
      assert.deepStrictEqual([renamed.title, renamed.defaultPeople], ["u", null])
      assert.deepStrictEqual(yield* seen(admin), { assigneeIds: ["carl", "olga"] })
      yield* reports.update(admin, id, { defaultPeople: null }, undefined)
      assert.isNull(yield* seen(admin))
      const own = yield* reports.create(admin, { title: "own", layout, defaultPeople: everyone })
      assert.deepStrictEqual(own.defaultPeople, everyone)
      const { results } = yield* reports.list(admin, { limit: 100, offset: 0 })
      assert.isTrue(results.every((report) => !("defaultPeople" in report) && !("defaultFilters" in report)))
    })
  ]
]
