import { assert, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Selection } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Records } from "../../src/services/run/Records.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { lead, member, noTables, spell, time } from "../../src/testing/rows.ts"
import { ask, inMemory } from "../support/ask.ts"
import { admin, counted } from "../support/counted.ts"
import { interpreters } from "../support/interpreters.ts"
import { asOf } from "../support/office.ts"
import { postgresTest } from "../support/Postgres.ts"
import { recordsInMemory, recordsInSql } from "../support/recordSources.ts"
import { caller } from "../support/TestApp.ts"

/** 30 days after 10 January it is 9 February. */
const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: [
    lead("after 30 days", "2024-01-10"),
    lead("a moment later", "2024-01-10"),
    lead("before it came", "2024-01-11"),
    lead("never", "2024-01-12"),
    lead("client without a stay", "2024-01-13", { status: "client" }),
    lead("client without history", "2024-01-14", { status: "client" }),
    lead("twice", "2024-02-01"),
    lead("left as a client", "2024-02-02", { status: "unqualified" }),
    lead("in march", "2024-03-05"),
    lead("from tomorrow on", "2024-05-02", { status: "client" }),
    lead("of bo", "2024-01-15", { ownerId: "bo", source: "web" }),
    lead("shared", "2024-02-16", { ownerId: "bo", assigneeIds: ["ana"] }),
    lead("never", "2024-01-12", { organizationId: "rival", status: "client" })
  ],
  leadStatusSpells: [
    spell("after 30 days", "client", "2024-02-09", null),
    spell("a moment later", "lead", "2024-01-10", "2024-02-09T00:00:00.001"),
    spell("a moment later", "client", "2024-02-09T00:00:00.001", null),
    spell("before it came", "client", "2023-12-24", "2023-12-25"),
    spell("never", "potential", "2024-01-20", null),
    spell("client without a stay", "lead", "2024-01-13", null),
    spell("twice", "client", "2024-04-15", "2024-04-20"),
    spell("twice", "client", "2024-05-15", null),
    spell("left as a client", "client", "2024-02-03", "2024-02-04"),
    spell("in march", "client", "2024-04-20", null),
    spell("from tomorrow on", "client", "2024-05-18", null),
    spell("of bo", "client", "2024-01-16", null),
    spell("shared", "lead", "2024-02-16", null),
    { ...spell("never", "client", "2024-01-13", null), organizationId: "rival" }
  ]
}

const timeframe = { preset: "custom", from: "2024-01-01", to: "2024-05-31", bucket: "month" } as const
const widget = { instanceId: "w", metricId: "leads.conversion_by_cohort", chart: "line", timeframe } as const

const asking = (selection: Selection = {}, who = admin, more: object = {}) => ({
  caller: who,
  request: { ...selection, widgets: [{ ...widget, ...more }] }
})

const pointsOf = (series: MetricSeries | undefined) =>
  series?.shape === "timeseries" ? series.points.map(({ partial = false, value }) => [value, partial]) : []

const valuesOf = (series: MetricSeries | undefined) => pointsOf(series).map(([value]) => value)

const ana = caller("member", "ana")

/** The leads behind each cohort of Ana within 30 days, newest first, with 1 for those that became clients in time. */
const behind: Readonly<Record<string, ReadonlyArray<readonly [id: string, became: string]>>> = {
  "2024-01-01": [
    ["client without a stay", "0"],
    ["never", "0"],
    ["before it came", "1"],
    ["after 30 days", "1"],
    ["a moment later", "0"]
  ],
  "2024-02-01": [["shared", "0"], ["left as a client", "1"], ["twice", "0"]],
  "2024-05-01": []
}

/** The coverage of all months. */
const coverage = { leads: 11, withSpells: 9 }

const holdRecords = Effect.gen(function*() {
  const { page } = yield* Records
  const recordsAt = Effect.fnUntraced(
    function*(at: object, limit = 2) {
      const asked = { widget: { ...widget, within: 30 }, at, limit }
      const first = yield* page(ana, asked)
      const pages = [
        first,
        ...first.next === null ? [] : [yield* page(ana, { ...asked, limit: 200, cursor: first.next })]
      ]
      for (const { meta } of pages) assert.deepStrictEqual(meta.coverage, coverage)
      const found = pages.flatMap(({ results }) => results).map(({ id, weight }) => [id, weight.n, weight.d])
      return { found, sums: first.sums, total: first.total }
    },
    Effect.orDie,
    fixedClock(asOf)
  )
  for (const [bucket, leads] of Object.entries(behind)) {
    const { found, sums, total } = yield* recordsAt({ bucket })
    assert.deepStrictEqual(found, leads.map(([id, became]) => [id, became, "1"]))
    const became = leads.filter((one) => one[1] === "1").length
    assert.deepStrictEqual([sums, total], [{ n: String(became), d: String(leads.length) }, leads.length])
  }
  assert.deepStrictEqual((yield* recordsAt({}, 200)).sums, { n: "3", d: "9" })
  return { cases: 1, telling: 1 }
})

layer(postgresTest, { excludeTestServices: true })("the conversion of cohorts", (it) => {
  it.effect.each(interpreters)(
    "$name counts the leads that became a client up to the last of the days, and marks cohorts that have days left",
    ({ answer }) =>
      Effect.gen(function*() {
        const within = (days: number | undefined) =>
          Effect.map(answer(tables, asking({}, ana, days === undefined ? {} : { within: days })), ([series]) => series)
        const [short, long, usual, longest] = yield* Effect.forEach([30, 60, undefined, 180], within)
        assert.deepStrictEqual(pointsOf(short), [[40, false], [33.3, false], [0, false], [null, true], [null, true]])
        assert.deepStrictEqual(pointsOf(long), [[60, false], [33.3, false], [100, true], [null, true], [null, true]])
        assert.deepStrictEqual(pointsOf(usual), [[60, false], [66.7, true], [100, true], [null, true], [null, true]])
        assert.deepStrictEqual(pointsOf(longest), [[60, true], [66.7, true], [100, true], [null, true], [null, true]])
        assert.deepStrictEqual([short, usual].map((series) => series?.meta.within), [30, 90])
        assert.deepStrictEqual(short?.meta.coverage, coverage)
        assert.isFalse(short?.meta.additive)
      }).pipe(fixedClock(asOf))
  )

  it.effect.each(interpreters)(
    "$name counts the leads of the people in scope that pass the filters, and only their history",
    ({ answer }) =>
      Effect.gen(function*() {
        const january = (selection: Selection, who = admin, more: object = {}, rows = tables) =>
          Effect.map(answer(rows, asking(selection, who, { within: 30, ...more })), ([series]) => valuesOf(series)[0])
        assert.strictEqual(yield* january({ assigneeIds: ["bo"] }), 100)
        assert.strictEqual(yield* january({ assigneeIds: ["ana"] }, caller("member", "bo")), 100)
        assert.strictEqual(yield* january({ everyone: true }), 50)
        assert.strictEqual(yield* january({ assigneeIds: ["~nobody"] }), null)
        assert.strictEqual(yield* january({ everyone: true }, admin, { filters: { source: "web" } }), 100)
        assert.strictEqual(yield* january({}, ana, { timeframe: { preset: "all_time", bucket: "year" } }), 33.3)
        const others = tables.leadStatusSpells.map((one) => one.leadId === "of bo" ? { ...one, status: "lead" } : one)
        const changed = { ...tables, leadStatusSpells: others }
        assert.deepStrictEqual(
          yield* answer(changed, asking({}, ana)),
          yield* answer(tables, asking({}, ana))
        )
        assert.strictEqual(yield* january({ everyone: true }, admin, {}, changed), 33.3)
      }).pipe(fixedClock(asOf))
  )

  it.effect("the records of a cohort are its leads with a status history, and their weights are its percentage", () =>
    recordsInSql(tables, holdRecords))

  it.effect("memory finds the same records", () => recordsInMemory(tables, holdRecords))
})

describe("a cohort", () => {
  it.effect("is partial until its last lead has had all days", () =>
    Effect.gen(function*() {
      const end = time("2024-02-01") + 30 * 86_400_000
      const partialAt = (now: number) =>
        Effect.map(counted(tables, { ...widget, within: 30 }, { now }), (series) => pointsOf(series)[0]?.[1])
      assert.deepStrictEqual(yield* Effect.forEach([end - 1, end], partialAt), [true, false])
    }))

  it.effect("two widgets of one run may have different numbers of days, and the window before has those of its widget", () =>
    Effect.gen(function*() {
      const april = { ...widget, timeframe: { preset: "last_month", bucket: "month" }, comparePrevious: true }
      const widgets = [30, 60].map((within) => ({ ...april, instanceId: String(within), within }))
      const found = yield* ask({ caller: ana, request: { widgets } })
      const before = found.map((series) => series.shape === "timeseries" ? series.previousPoints : [])
      assert.deepStrictEqual(before.map((points) => points?.map(({ partial = false, value }) => [value, partial])), [
        [[0, false]],
        [[100, true]]
      ])
    }).pipe(Effect.provide(inMemory(tables)), fixedClock(asOf)))

  it.effect.each(
    [
      [widget.metricId, 0],
      [widget.metricId, 45],
      [widget.metricId, 90.5],
      ["leads.total", 90]
    ] as const
  )(
    "%s has an error with %d days",
    ([metricId, within]) =>
      Effect.map(
        counted(tables, { metricId, within }),
        ({ error }) => assert.strictEqual(error?.code, "unsupported_within")
      )
  )
})
