import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { UserId } from "../../src/domain/Ids.ts"
import { compareWidget, type Side } from "../../src/query/series/compare.ts"
import { deal, euros } from "../../src/testing/rows.ts"
import { admin, type Asked, counted } from "../support/counted.ts"
import { sales, tenthDay } from "../support/targets.ts"

const won: Asked = { metricId: "deals.won_over_time", groupBy: "assignee" }

const october = (from: number, to: number, bucket = "day") => ({
  preset: "custom",
  from: `2026-10-${String(from).padStart(2, "0")}`,
  to: `2026-10-${String(to).padStart(2, "0")}`,
  bucket
})

const everybody = { assigneeIds: ["ana", "bo", "cy", "ed"], now: tenthDay.getTime() }

const sideOf = (
  asked: Asked,
  timeframe: NonNullable<Asked["timeframe"]>,
  circumstances: object = everybody,
  tables = sales
) =>
  Effect.map(counted(tables, { ...asked, timeframe }, circumstances), (series) => ({
    widgets: [{ instanceId: "w", chart: "bar", ...asked }],
    series: [series]
  }))

const compare = (side: Side, other: Side) => compareWidget(side, other, true, "w")

const rowsOf = (widget: ReturnType<typeof compare>) =>
  widget?.points.map((
    { difference, key, label, other, otherKey, partial = false, value }
  ) => [key, otherKey, label, value, other, difference, partial])

const quietDays = october(3, 5)
const busyDays = october(6, 9)

describe("a comparison of groups over time", () => {
  it.effect("a side without any group counted 0 in each bucket of its window, and nothing later", () =>
    Effect.gen(function*() {
      const [quiet, busy] = [yield* sideOf(won, quietDays), yield* sideOf(won, busyDays)]
      assert.deepStrictEqual(quiet.series.map(({ points, series }) => [points, series]), [[[], []]])
      assert.deepStrictEqual(rowsOf(compare(quiet, busy)), [
        ["2026-10-03", "2026-10-06", "Ana", 0, 0, 0, false],
        ["2026-10-03", "2026-10-06", "Bo", 0, 0, 0, false],
        ["2026-10-04", "2026-10-07", "Ana", 0, 0, 0, false],
        ["2026-10-04", "2026-10-07", "Bo", 0, 0, 0, false],
        ["2026-10-05", "2026-10-08", "Ana", 0, 1, 1, false],
        ["2026-10-05", "2026-10-08", "Bo", 0, 0, 0, false],
        ["2026-10-09", "2026-10-09", "Ana", null, 1, null, false],
        ["2026-10-09", "2026-10-09", "Bo", null, 2, null, false]
      ])
      assert.deepStrictEqual(rowsOf(compare(busy, quiet))?.slice(4), [
        ["2026-10-08", "2026-10-05", "Ana", 1, 0, -1, false],
        ["2026-10-08", "2026-10-05", "Bo", 0, 0, 0, false],
        ["2026-10-09", null, "Ana", 1, null, null, false],
        ["2026-10-09", null, "Bo", 2, null, null, false]
      ])
    }))

  it.effect("buckets after the time of the snapshot were not counted, and a bucket that is not over is partial", () =>
    Effect.gen(function*() {
      const busy = yield* sideOf(won, busyDays)
      const early = yield* sideOf(won, busyDays, { ...everybody, now: Date.parse("2026-10-07T12:00:00Z") })
      assert.deepStrictEqual(rowsOf(compare(early, busy))?.map(([, , , ...numbers]) => numbers), [
        [0, 0, 0, false],
        [0, 0, 0, false],
        [0, 0, 0, true],
        [0, 0, 0, true],
        [null, 1, null, false],
        [null, 0, null, false],
        [null, 1, null, false],
        [null, 2, null, false]
      ])
    }))

  it.effect("the numbers of nobody stay unknown", () =>
    Effect.gen(function*() {
      const busy = yield* sideOf(won, busyDays)
      const nobody = yield* sideOf(won, quietDays, { ...everybody, assigneeIds: ["stranger"] })
      const rows = rowsOf(compare(nobody, busy))
      assert.deepStrictEqual(rows?.map((row) => row[3]), Array.from({ length: 8 }, () => null))
    }))

  it.effect("all buckets of expected closes were counted, also those after now", () =>
    Effect.gen(function*() {
      const expected: Asked = { metricId: "deals.expected_value_over_time", groupBy: "assignee" }
      const nextMonth = { preset: "next_month", bucket: "week" }
      const deals = [
        deal("e", "2026-10-01", { expectedCloseAt: Date.parse("2026-11-27"), price: euros(50), ownerId: "ana" })
      ]
      const [quiet, busy] = [
        yield* sideOf(expected, nextMonth),
        yield* sideOf(expected, nextMonth, everybody, { ...sales, deals })
      ]
      assert.deepStrictEqual(rowsOf(compare(quiet, busy)), [
        ["2026-10-26", "2026-10-26", "Ana", 0, 0, 0, true],
        ["2026-11-02", "2026-11-02", "Ana", 0, 0, 0, false],
        ["2026-11-09", "2026-11-09", "Ana", 0, 0, 0, false],
        ["2026-11-16", "2026-11-16", "Ana", 0, 0, 0, false],
        ["2026-11-23", "2026-11-23", "Ana", 0, 50, 50, false],
        ["2026-11-30", "2026-11-30", "Ana", 0, 0, 0, true]
      ])
    }))
})

describe("numbers that were not counted", () => {
  const agents: Asked = { metricId: "team.won_value_by_agent" }
  const bo = { ...everybody, assigneeIds: ["bo"] }
  const boAlone = { ...bo, caller: { ...admin, userId: UserId.make("bo"), role: "member" as const } }
  const reasonOf = (widget: ReturnType<typeof compare>) => [widget?.incomparable?.reason, widget?.points.length]

  it.effect("a widget that one side was not allowed to count has no 0 there", () =>
    Effect.gen(function*() {
      const [all, gated] = [yield* sideOf(agents, busyDays, bo), yield* sideOf(agents, busyDays, boAlone)]
      assert.deepStrictEqual(gated.series.map(({ meta }) => meta.gated), ["admin_only"])
      assert.deepStrictEqual(reasonOf(compare(gated, all)), ["error", 0])
      assert.deepStrictEqual(reasonOf(compare(all, gated)), ["error", 0])
      assert.deepStrictEqual(reasonOf(compare(all, all)), [undefined, 1])
    }))

  it.effect("a widget with filters that are not an object is not compared with one without filters", () =>
    Effect.gen(function*() {
      const total: Asked = { metricId: "leads.total" }
      const [all, nothing] = [
        yield* sideOf(total, october(1, 9)),
        yield* sideOf({ ...total, filters: ["web"] }, october(1, 9))
      ]
      assert.isTrue(nothing.series[0]?.meta.filters.invalid)
      assert.deepStrictEqual(reasonOf(compare(nothing, all)), ["filters", 0])
      assert.deepStrictEqual(reasonOf(compare(nothing, nothing)), [undefined, 1])
    }))
})
