import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { ReportPage, ReportSort } from "../../src/domain/Report.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { Passing } from "./Passing.ts"
import { layout, people } from "./people.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | Passing>]

/** The reports are created in this order. */
const stored = [
  ["banana", null],
  ["Apple_pie", "with Cinnamon"],
  ["cherry", "100% fruit"],
  ["apple", ""]
] as const

const filled = Effect.fnUntraced(function*() {
  const reports = yield* ReportRepo
  const { colleague, owner } = people()
  for (const [title, description] of stored) {
    yield* reports.create(owner, { title, description, layout })
    yield* (yield* Passing).seconds(1)
  }
  yield* reports.create(colleague, { title: "private apple", layout })
  return owner
})

const titles = Effect.fnUntraced(function*(caller: Caller, query: Partial<ReportPage>) {
  const { results, total } = yield* (yield* ReportRepo).list(caller, { limit: 100, offset: 0, ...query })
  return [results.map(({ title }) => title), total]
})

const orders: ReadonlyArray<readonly [ReportSort, ReadonlyArray<string>]> = [
  ["title", ["apple", "Apple_pie", "banana", "cherry"]],
  ["-title", ["cherry", "banana", "Apple_pie", "apple"]],
  ["createdAt", ["banana", "Apple_pie", "cherry", "apple"]],
  ["-createdAt", ["apple", "cherry", "Apple_pie", "banana"]],
  ["updatedAt", ["banana", "Apple_pie", "cherry", "apple"]],
  ["-updatedAt", ["apple", "cherry", "Apple_pie", "banana"]]
]

export const listCases: ReadonlyArray<Case> = [
  [
    "a list of reports has the requested order, on every page",
    Effect.gen(function*() {
      const owner = yield* filled()
      for (const [sort, expected] of orders) {
        assert.deepStrictEqual(yield* titles(owner, { sort }), [expected, 4], sort)
        assert.deepStrictEqual(yield* titles(owner, { sort, limit: 2, offset: 1 }), [expected.slice(1, 3), 4], sort)
      }
    })
  ],
  [
    "a list of reports has the numbers of their widgets and no layouts",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const widgets = ["a", "b"].map((instanceId) => ({ instanceId, metricId: "leads.total", chart: "stat" }))
      const created = yield* reports.create(owner, { title: "Two widgets", layout: { widgets } })
      const { defaultFilters: _filters, defaultPeople: _people, layout: _layout, ...others } = created
      const { people: _readers, version: _version, ...report } = others
      const { results } = yield* reports.list(owner, { limit: 1, offset: 0 })
      assert.deepStrictEqual(results, [{ ...report, widgetCount: 2 }])
    })
  ],
  [
    "a search returns and counts the readable reports whose title or description contains the text",
    Effect.gen(function*() {
      const owner = yield* filled()
      const found = (search: string) => titles(owner, { search, sort: "title" })
      assert.deepStrictEqual(yield* found(""), [["apple", "Apple_pie", "banana", "cherry"], 4])
      assert.deepStrictEqual(yield* found("APPLE"), [["apple", "Apple_pie"], 2])
      assert.deepStrictEqual(yield* found("cinnamon"), [["Apple_pie"], 1])
      assert.deepStrictEqual(yield* found("private"), [[], 0])
      assert.deepStrictEqual(yield* titles(owner, { search: "apple", limit: 1, offset: 1, sort: "title" }), [
        ["Apple_pie"],
        2
      ])
    })
  ],
  [
    "% and _ in a search text are ordinary characters",
    Effect.gen(function*() {
      const owner = yield* filled()
      const found = (search: string) => titles(owner, { search })
      assert.deepStrictEqual(yield* found("%"), [["cherry"], 1])
      assert.deepStrictEqual(yield* found("e_p"), [["Apple_pie"], 1])
      assert.deepStrictEqual(yield* found("'; DROP TABLE crm_reports; --"), [[], 0])
    })
  ]
]
