import { assert, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { count } from "../../src/columnStore/count.ts"
import type { Selection } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Records } from "../../src/services/run/Records.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { lead, member, noTables, spell } from "../../src/testing/rows.ts"
import { planFor } from "../proof/statements.ts"
import { joinedStore } from "../support/columns.ts"
import { admin, counted } from "../support/counted.ts"
import { interpreters } from "../support/interpreters.ts"
import { asOf } from "../support/office.ts"
import { postgresTest } from "../support/Postgres.ts"
import { recordsInMemory, recordsInSql } from "../support/recordSources.ts"
import { caller } from "../support/TestApp.ts"

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: [
    lead("new", "2024-05-02"),
    lead("skipped potential", "2024-05-02", { status: "client" }),
    lead("was a client", "2024-05-03"),
    lead("left as potential", "2024-05-04", { status: "unqualified" }),
    lead("left at once", "2024-05-04", { status: "bad_timing" }),
    lead("on hold", "2024-05-05", { status: "on_hold" }),
    lead("will be potential", "2024-05-06"),
    lead("is potential as of now", "2024-05-06"),
    lead("of bo", "2024-05-07", { ownerId: "bo", status: "client" }),
    lead("entered before", "2024-04-07", { status: "client" }),
    lead("new", "2024-05-02", { organizationId: "rival", status: "client" })
  ],
  leadStatusSpells: [
    spell("was a client", "lead", "2024-05-03", "2024-05-04"),
    spell("was a client", "client", "2024-05-04", "2024-05-05"),
    spell("was a client", "lead", "2024-05-05", null),
    spell("left as potential", "potential", "2024-04-01", "2024-04-02"),
    spell("on hold", "waiting", "2024-05-05", null),
    spell("will be potential", "potential", "2024-05-17T09:30:00.001", null),
    spell("is potential as of now", "potential", "2024-05-17T09:30", null),
    spell("of bo", "client", "2024-05-07", null),
    { ...spell("new", "client", "2024-05-02", null), organizationId: "rival" }
  ]
}

const timeframe = { preset: "this_month" } as const
const widget = { instanceId: "w", metricId: "leads.funnel", chart: "funnel", timeframe } as const

const asking = (selection: Selection = {}, who = admin, more: object = {}) => ({
  caller: who,
  request: { ...selection, widgets: [{ ...widget, ...more }] }
})

const cellsOf = (series: MetricSeries) =>
  series.shape === "category"
    ? series.points.map((
      { category, label, ofFirst, ofPrevious, value }
    ) => [category, label, value, ofFirst, ofPrevious])
    : []

const ofAna = [
  ["lead", "Entered", 8, null, null],
  ["potential", "Potential", 4, 50, 50],
  ["client", "Client", 2, 25, 50],
  ["unqualified", "Unqualified", 1, null, null],
  ["bad_timing", "Bad timing", 1, null, null],
  ["on_hold", "On hold", 1, null, null]
]

const coverage = { leads: 8, withSpells: 4 }

/** The leads behind each point, newest first. */
const behind: Readonly<Record<string, ReadonlyArray<string>>> = {
  potential: ["is potential as of now", "left as potential", "was a client", "skipped potential"],
  client: ["was a client", "skipped potential"],
  unqualified: ["left as potential"],
  on_hold: ["on hold"]
}

const recordsOf = Effect.fnUntraced(
  function*(category: string | undefined) {
    const { page } = yield* Records
    const at = category === undefined ? {} : { category }
    const { meta, results, sums } = yield* page(caller("member", "ana"), { widget, at, limit: 50 })
    assert.deepStrictEqual(meta.coverage, coverage)
    return { ids: results.map(({ id }) => id), weights: results.map(({ weight }) => weight.n), sums }
  },
  Effect.orDie,
  fixedClock(asOf)
)

const holdRecords = Effect.gen(function*() {
  for (const [category, ids] of Object.entries(behind)) {
    const found = yield* recordsOf(category)
    assert.deepStrictEqual(found.ids, ids)
    assert.deepStrictEqual(found.sums, { n: String(ids.length), d: null })
  }
  const whole = yield* recordsOf(undefined)
  assert.deepStrictEqual(whole.weights, ["1", "2", "2", "2", "3", "3", "3", "1"])
  assert.deepStrictEqual(whole.sums, { n: "17", d: null })
  return { cases: 1, telling: 1 }
})

layer(postgresTest, { excludeTestServices: true })("the funnel of leads", (it) => {
  it.effect.each(interpreters)(
    "$name counts a lead in each step up to the farthest that it reached, and leads that are out now by status",
    ({ answer }) =>
      Effect.gen(function*() {
        const [own] = yield* answer(tables, asking({}, caller("member", "ana")))
        assert.deepStrictEqual(
          own && cellsOf(own),
          ofAna
        )
        assert.deepStrictEqual(own?.meta.coverage, coverage)
        assert.isFalse(own?.meta.additive)
      }).pipe(fixedClock(asOf))
  )

  it.effect.each(interpreters)(
    "$name counts the leads of the people in scope that pass the filters, and only these",
    ({ answer }) =>
      Effect.gen(function*() {
        const steps = (selection: Selection, who = admin, more: object = {}) =>
          Effect.map(
            answer(tables, asking(selection, who, more)),
            ([series]) => series?.points.slice(0, 3).map(({ value }) => value)
          )
        assert.deepStrictEqual(yield* steps({ assigneeIds: ["bo"] }), [1, 1, 1])
        assert.deepStrictEqual(yield* steps({ assigneeIds: ["ana"] }, caller("member", "bo")), [1, 1, 1])
        assert.deepStrictEqual(yield* steps({ everyone: true }), [9, 5, 3])
        assert.deepStrictEqual(yield* steps({ assigneeIds: ["~nobody"] }), [0, 0, 0])
        assert.deepStrictEqual(yield* steps({}, caller("member", "ana"), { filters: { status: "lead" } }), [4, 2, 1])
        assert.deepStrictEqual(yield* steps({}, caller("member", "ana"), { timeframe: { preset: "all_time" } }), [
          9,
          5,
          3
        ])
      }).pipe(fixedClock(asOf))
  )

  it.effect("the records of a point are its leads, and those of the card have a weight for each of their points", () =>
    recordsInSql(tables, holdRecords))

  it.effect("memory finds the same records", () => recordsInMemory(tables, holdRecords))
})

describe("a funnel without rows", () => {
  it.effect("a funnel without leads has its points at 0, without shares", () =>
    Effect.gen(function*() {
      const empty = yield* counted({ ...tables, leads: [] }, { ...widget })
      assert.deepStrictEqual(cellsOf(empty), [
        ["lead", "Entered", 0, null, null],
        ["potential", "Potential", 0, null, null],
        ["client", "Client", 0, null, null],
        ["unqualified", "Unqualified", 0, null, null],
        ["bad_timing", "Bad timing", 0, null, null]
      ])
      assert.deepStrictEqual(empty.meta.coverage, { leads: 0, withSpells: 0 })
    }))

  it.each(["leads.funnel", "leads.conversion_by_cohort"] as const)("a column store leaves %s to SQL", (id) => {
    const plan = planFor({ id, groupBy: undefined, timeframe, userIds: ["ana"] })
    assert.isUndefined(count(plan, joinedStore().store))
  })
})
