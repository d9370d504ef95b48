import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { lead, member, noTables } from "../../src/testing/rows.ts"
import { counted, essence } from "../support/counted.ts"

describe("all_time", () => {
  it.effect("the window of all_time begins with the first bucket that has a row and ends at the current time", () =>
    Effect.gen(function*() {
      const leads = [lead("1", "2024-05-15T23:59:59.999"), lead("2", "2024-05-17T09:30")]
      const series = yield* counted({ ...noTables, leads }, {
        metricId: "leads.created_over_time",
        timeframe: { preset: "all_time" }
      })
      assert.deepStrictEqual(essence(series), [
        { bucket: "2024-05-15", value: 1 },
        { bucket: "2024-05-16", value: 0 },
        { bucket: "2024-05-17", value: 1, partial: true }
      ])
      assert.deepStrictEqual(series.meta.window?.from, "2024-05-15T00:00:00.000Z")
      assert.deepStrictEqual(series.meta.window?.to, series.meta.asOf)
    }))
  it.effect("a grouped series with 980 days for each of 140 people does not overflow the stack", () =>
    Effect.gen(function*() {
      const people = Array.from({ length: 140 }, (_, index) => `user_${index}`)
      const firstDay = Date.UTC(2021, 8, 1)
      const leads = people.flatMap((ownerId) =>
        Array.from(
          { length: 980 },
          (_, day) =>
            lead(`${ownerId} ${day}`, new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10), { ownerId })
        )
      )
      const tables = {
        ...noTables,
        leads,
        members: people.map((id) => member(id, id))
      }
      const series = yield* counted(tables, {
        metricId: "leads.created_over_time",
        groupBy: "assignee",
        timeframe: { preset: "all_time", bucket: "day" }
      }, { assigneeIds: people })
      assert.strictEqual(series.series.length, 9)
      assert.deepInclude(series.points[0], { bucket: "2021-09-01", "~other": 132 })
    }))
  it.effect("a series over all_time gets larger buckets, up to a year, when it would have more than 1,000", () =>
    Effect.gen(function*() {
      const bucketOf = (first: string, bucket: string) =>
        counted({ ...noTables, leads: [lead("1", first)] }, {
          metricId: "leads.created_over_time",
          timeframe: { preset: "all_time", bucket }
        }).pipe(Effect.map(({ meta, points }) => [meta.window?.bucket, points.length]))
      assert.deepStrictEqual(yield* bucketOf("2021-08-22", "day"), ["day", 1_000])
      assert.deepStrictEqual(yield* bucketOf("2021-08-21T23:59:59.999", "day"), ["week", 144])
      assert.deepStrictEqual(yield* bucketOf("1990-01-01", "day"), ["month", 413])
      assert.deepStrictEqual(yield* bucketOf("1025-01-01", "day"), ["year", 1_000])
      assert.deepStrictEqual(yield* bucketOf("1024-12-31", "day"), [undefined, 0])
    }))
})
