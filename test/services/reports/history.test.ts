import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { FreezeRequest } from "../../../src/domain/Snapshot.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { Freezing } from "../../../src/services/reports/Freezing.ts"
import { Histories } from "../../../src/services/reports/Histories.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { refusalOf } from "../../conformance/refusalOf.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import {
  ana,
  bo,
  changeTo,
  everyone,
  freezeOn,
  historyOf,
  over,
  saved,
  shown,
  sources,
  total,
  won
} from "../../support/histories.ts"
import { now as timeOfTables } from "../../support/randomTables.ts"
import { person } from "../../support/targets.ts"

describe("the history of a number", () => {
  it.effect("has the value of each snapshot at its time, with the id of the snapshot", () =>
    Effect.gen(function*() {
      const id = yield* saved()
      const frozen = [yield* freezeOn(11, id), yield* freezeOn(14, id), yield* freezeOn(13, id)]
      const history = yield* historyOf(id)
      assert.deepStrictEqual(history.points, [
        { bucket: "2026-10-11T10:00:00.000Z", value: 2 },
        { bucket: "2026-10-13T10:00:00.000Z", value: 3 },
        { bucket: "2026-10-14T10:00:00.000Z", value: 3 }
      ])
      assert.deepStrictEqual(history.snapshots.map((one) => one.id), [0, 2, 1].map((index) => frozen[index]?.id))
      assert.deepStrictEqual(history.series, [{ key: "value", label: "Total new leads" }])
      assert.isFalse(history.truncated)
    }).pipe(Effect.provide(over())))

  it.effect("has one series for each category that any snapshot has, and 0 where a snapshot has no such row", () =>
    Effect.gen(function*() {
      const id = yield* saved(sources)
      for (const day of [11, 13]) yield* freezeOn(day, id)
      const { points, series } = yield* historyOf(id)
      assert.sameMembers(series.map(({ key }) => key), ["web", "portal", "~none"])
      assert.deepStrictEqual(points.map((point) => ["web", "portal", "~none"].map((key) => point[key])), [
        [1, 0, 1],
        [1, 1, 1]
      ])
    }).pipe(Effect.provide(over())))

  it.effect("contains the snapshots from the first local day to the last one", () =>
    Effect.gen(function*() {
      const id = yield* saved()
      for (const day of [11, 12, 13]) yield* freezeOn(day, id)
      assert.deepStrictEqual(shown(yield* historyOf(id, ana, { from: "2026-10-12", to: "2026-10-12" })), [3])
      assert.deepStrictEqual(shown(yield* historyOf(id, ana, { from: "2026-10-12T10:00:00Z" })), [3, 3])
      assert.deepStrictEqual(shown(yield* historyOf(id, ana, { to: "2026-10-12T10:00:00Z" })), [2])
      assert.deepStrictEqual(shown(yield* historyOf(id, ana, { from: "0001-01-01", to: "2026-10-11" })), [2])
      for (const range of [{ from: "yesterday" }, { from: "2026-10-12", to: "2026-10-11" }]) {
        assert.strictEqual(yield* refusalOf(historyOf(id, ana, range)), "InvalidRequest")
      }
    }).pipe(Effect.provide(over())))

  it.effect.each<readonly [reason: string, before: object, request: FreezeRequest]>([
    ["scope", {}, { assigneeIds: ["bo"] }],
    ["time_zone", {}, { ...everyone, timeframe: { preset: "last_7d", timeZone: "America/Havana" } }],
    ["week_start", {}, { ...everyone, timeframe: { preset: "last_7d", weekStart: 7 } }],
    ["metric", { metricId: "deals.win_rate" }, everyone],
    ["filters", { filters: { source: ["web"] } }, everyone],
    ["timeframe", {}, { ...everyone, timeframe: { preset: "last_90d" } }],
    ["error", { timeframe: { preset: "someday" } }, everyone],
    ["missing", { instanceId: "other" }, everyone]
  ])("a snapshot of another %s is a gap", ([reason, before, request]) =>
    Effect.gen(function*() {
      const windowed = reason === "metric" || reason === "filters" ? total : won
      const id = yield* saved({ ...windowed, ...before })
      yield* freezeOn(11, id, { timeframe: { preset: "last_7d" }, ...request })
      yield* changeTo(id, windowed)
      yield* freezeOn(12, id, { timeframe: { preset: "last_7d" }, ...everyone })
      const history = yield* historyOf(id)
      assert.deepStrictEqual(history.snapshots.map(({ gap }) => gap?.reason), [reason, undefined])
      assert.deepStrictEqual(Object.keys(history.points[0] ?? {}).sort(), ["bucket", "value"])
      assert.isNull(history.points[0]?.["value"])
      assert.isNotNull(history.points[1]?.["value"])
    }).pipe(Effect.provide(over())))

  it.effect("a snapshot with filters that are not an object is a gap, also if it is the newest", () =>
    Effect.gen(function*() {
      const id = yield* saved()
      yield* freezeOn(11, id)
      yield* changeTo(id, { filters: "web" })
      yield* freezeOn(12, id)
      assert.deepStrictEqual(shown(yield* historyOf(id)), [2, "error"])
      yield* changeTo(id, {})
      yield* freezeOn(13, id)
      assert.deepStrictEqual(shown(yield* historyOf(id)), [2, "error", 3])
    }).pipe(Effect.provide(over())))

  it.effect("a snapshot with other weights of stages is a gap", () =>
    Effect.gen(function*() {
      const { setStageWeights } = yield* Goals
      const id = yield* saved({ metricId: "deals.weighted_pipeline" })
      for (const [day, offer] of [[11, 50], [12, 60], [13, 50]] as const) {
        yield* setStageWeights(ana, { offer })
        yield* freezeOn(day, id)
      }
      assert.deepStrictEqual(shown(yield* historyOf(id)), [50, "weights", 50])
    }).pipe(Effect.provide(over())))

  it.effect("a chart over time has a gap for each snapshot", () =>
    Effect.gen(function*() {
      const id = yield* saved({ metricId: "leads.created_over_time", chart: "area" })
      yield* freezeOn(11, id)
      const { points, series, snapshots } = yield* historyOf(id)
      assert.deepStrictEqual([series, points], [[], [{ bucket: "2026-10-11T10:00:00.000Z" }]])
      assert.deepStrictEqual(snapshots.map(({ gap }) => gap?.reason), ["shape"])
    }).pipe(Effect.provide(over())))

  it.effect("has the newest 400 snapshots, and says that there are more", () =>
    Effect.gen(function*() {
      const id = yield* saved()
      yield* Effect.forEach(Array.from({ length: 401 }), () => freezeOn(11, id), { discard: true })
      yield* freezeOn(13, id)
      const { snapshots, truncated, ...history } = yield* historyOf(id)
      assert.deepStrictEqual([snapshots.length, truncated], [400, true])
      assert.strictEqual(history.points.at(-1)?.["value"], 3)
    }).pipe(Effect.provide(over())))

  it.effect("a history without snapshots is empty", () =>
    Effect.gen(function*() {
      const history = yield* historyOf(yield* saved())
      assert.deepStrictEqual([history.points, history.snapshots, history.series], [[], [], []])
      assert.notProperty(history, "meta")
    }).pipe(Effect.provide(over())))
})

describe("the gate of a history", () => {
  it.effect("snapshots that the caller may not read change nothing, not even as gaps", () =>
    Effect.gen(function*() {
      const id = yield* saved({}, bo)
      yield* freezeOn(11, id, {}, bo)
      const before = yield* historyOf(id, bo)
      assert.deepStrictEqual(shown(before), [1])
      yield* freezeOn(12, id)
      yield* freezeOn(13, id, { assigneeIds: ["bo"] })
      assert.deepStrictEqual(yield* historyOf(id, bo), before)
      assert.deepStrictEqual(shown(yield* historyOf(id)), [1, "scope", 1])
      const strangers = [person("ed"), { ...ana, role: "member" as const }]
      for (const stranger of strangers) assert.deepStrictEqual(shown(yield* historyOf(id, stranger)), [])
      const foreign = person("zoe", "admin", "other")
      assert.strictEqual(yield* refusalOf(historyOf(id, foreign)), "ReportNotFound")
    }).pipe(Effect.provide(over())))

  it.effect.each(gateCases)(
    "rows outside the scope change nothing in a history of the $caller.role",
    (question) =>
      Effect.gen(function*() {
        const { widgets, ...selection } = yearOf(question, 7)
        const histories = (rows: typeof question.tables) =>
          Effect.gen(function*() {
            const { id } = yield* (yield* ReportRepo).create(question.caller, { title: "Gate", layout: { widgets } })
            const freezing = yield* Freezing
            yield* fixedClock(timeOfTables)(freezing.freeze(question.caller, id, selection))
            const service = yield* Histories
            return yield* Effect.forEach(
              widgets,
              ({ instanceId }) =>
                Effect.map(
                  service.of(question.caller, id, { instanceId }),
                  ({ points, series }) => ({ points, series })
                )
            )
          }).pipe(Effect.provide(over(rows)))
        const [found, alone, among] = yield* Effect.all(
          [question.tables, question.visible, question.among].map(histories)
        )
        assert.isAbove(
          found?.filter(({ series }) => series.length > 0).length ?? 0,
          2
        )
        assert.deepStrictEqual(alone, found)
        assert.deepStrictEqual(among, found)
      })
  )
})
