import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, euros, member, noTables, time } from "../../src/testing/rows.ts"
import { counted, essence } from "../support/counted.ts"

const may = { preset: "this_month", bucket: "month" }

describe("money", () => {
  const priced = (
    ...prices: ReadonlyArray<readonly [currency: string, price: number | null, closedAt?: string]>
  ): Tables => ({
    ...noTables,
    deals: prices.map(([currency, price, closedAt = "2024-05-02"], index) =>
      deal(`${index}`, "2024-05-01", {
        status: "won",
        closedAt: time(closedAt),
        currency,
        price: price === null ? null : euros(price)
      })
    )
  })
  const value = (tables: Tables, metricId = "deals.avg_value") =>
    counted(tables, { metricId, timeframe: may }).pipe(
      Effect.map((series) => ({ ...series.stat, currency: series.meta.currency, excluded: series.meta.excluded }))
    )
  it.effect("a money metric shows the currency of most deals and lists other currencies in meta.excluded", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* value(priced(["EUR", 1_000_000], ["USD", 5], ["USD", null])), {
        value: 5,
        previous: null,
        deltaPct: null,
        currency: "USD",
        excluded: [{ currency: "EUR", count: 1, total: 1_000_000 }]
      })
    }))
  it.effect("among equally frequent currencies, a money metric shows the organization's currency, or else the first in the alphabet", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* value(priced(["AED", 1], ["EUR", 2]))).currency, "EUR")
      const tied = yield* value(priced(["USD", 1.01], ["GBP", 2], ["CHF", 3]))
      assert.strictEqual(tied.currency, "CHF")
      assert.deepStrictEqual(tied.excluded, [{ currency: "GBP", count: 1, total: 2 }, {
        currency: "USD",
        count: 1,
        total: 1.01
      }])
    }))
  it.effect("the previous value is in the currency of the current window", () =>
    Effect.gen(function*() {
      const tables = priced(["USD", 30], ["EUR", 7, "2024-04-02"], ["EUR", 7, "2024-04-03"], ["USD", 20, "2024-04-04"])
      assert.deepStrictEqual(yield* value(tables), {
        value: 30,
        previous: 20,
        deltaPct: 50,
        currency: "USD",
        excluded: undefined
      })
    }))
  it.effect("a money metric without deals has the organization's currency", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* value(noTables), {
        value: null,
        previous: null,
        deltaPct: null,
        currency: "EUR",
        excluded: undefined
      })
      const organizations = noTables.organizations.map((organization) => ({ ...organization, currency: "CHF" }))
      assert.strictEqual((yield* value({ ...noTables, organizations })).currency, "CHF")
    }))
  it.effect("a deal in an excluded currency does not change the window of all_time", () =>
    Effect.gen(function*() {
      const tables = priced(["EUR", 1], ["EUR", 2, "2024-04-01"], ["USD", 3, "2010-01-01"])
      const asked = { metricId: "deals.won_value_over_time", timeframe: { preset: "all_time", bucket: "day" } }
      const { meta, points } = yield* counted(tables, asked)
      assert.deepStrictEqual([meta.window?.bucket, meta.window?.from], ["day", "2024-04-01T00:00:00.000Z"])
      assert.deepInclude(points[0], { bucket: "2024-04-01", value: 2 })
    }))
  it.effect("a shared deal in an excluded currency counts once in meta.excluded, also when grouped by assignee", () =>
    Effect.gen(function*() {
      const members = [member("ana", "Ana"), member("bo", "Bo")]
      const shared = priced(["EUR", 10], ["EUR", 20], ["USD", 7]).deals.map((row) => ({ ...row, assigneeIds: ["bo"] }))
      const series = yield* counted({ ...noTables, members, deals: shared }, {
        metricId: "deals.won_value_over_time",
        groupBy: "assignee",
        timeframe: may
      }, { assigneeIds: ["ana", "bo"] })
      assert.deepStrictEqual(essence(series), [{ bucket: "2024-05-01", ana: 30, bo: 30, partial: true }])
      assert.deepStrictEqual(series.meta.excluded, [{ currency: "USD", count: 1, total: 7 }])
    }))
})
