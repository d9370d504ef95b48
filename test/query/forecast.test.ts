import { assert, describe, it, layer } from "@effect/vitest"
import { Array, Effect, Exit, Layer } from "effect"
import { TestClock } from "effect/testing"
import { setImmediate } from "node:timers/promises"
import { TimedOut } from "../../src/domain/Unavailable.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { ask, runnerWith, stageWeights } from "../support/ask.ts"
import { admin, essence } from "../support/counted.ts"
import { now, openDeal, tables, widgetOf } from "../support/forecast.ts"
import { interpreters } from "../support/interpreters.ts"
import { postgresTest } from "../support/Postgres.ts"

const expected = { metricId: "deals.expected_value_over_time" }
const overdue = { metricId: "deals.overdue_close" }
const weighted = { metricId: "deals.weighted_pipeline" }

const withoutDate = { count: 2, total: 60_000 }

layer(postgresTest, { excludeTestServices: true })("the forecast", (it) => {
  it.effect.each(interpreters)(
    "$name counts open deals by the month in which they are expected",
    ({ answer }) =>
      Effect.gen(function*() {
        const asked = (widget: Parameters<typeof widgetOf>[0]) =>
          Effect.map(
            answer(tables, { caller: admin, request: { widgets: [widgetOf(widget)], assigneeIds: ["ana", "bo"] } }),
            ([series]) => series
          )
        const found = yield* asked(expected)
        assert.deepStrictEqual(found && essence(found), [
          { bucket: "2024-05-01", value: 200.05, partial: true },
          { bucket: "2024-06-01", value: 30.5 },
          { bucket: "2024-07-01", value: 0 },
          { bucket: "2024-08-01", value: 4, partial: true }
        ])
        assert.deepStrictEqual(found?.meta.window, {
          from: "2024-05-17T22:00:00.000Z",
          to: "2024-08-15T22:00:00.000Z",
          timeZone: "Europe/Madrid",
          weekStart: 1,
          bucket: "month"
        })
        assert.deepInclude(found?.meta, {
          withoutDate,
          currency: "EUR",
          excluded: [{ currency: "USD", count: 1, total: 9 }]
        })
        const byStage = yield* asked({
          ...expected,
          groupBy: "stage",
          timeframe: { preset: "next_month", bucket: "month" }
        })
        assert.deepStrictEqual(byStage && essence(byStage), [{ bucket: "2024-06-01", offer: 30.5 }])
        const late = yield* asked(overdue)
        assert.deepStrictEqual(late && essence(late), [1_000, null, null])
        assert.deepInclude(late?.meta, { deals: 2, withoutDate, currency: "EUR" })
        assert.isUndefined(late?.meta.excluded)
      }).pipe(fixedClock(now))
  )

  it.effect.each(interpreters)(
    "$name rounds each weighted deal to the cent before it is added",
    ({ answer }) =>
      Effect.gen(function*() {
        const deals = [
          ...["a", "b", "c"].map((id) => openDeal(id, 0.05, null)),
          openDeal("viewing", 100.01, null, { stage: "viewing" }),
          openDeal("reserved", 7, null, { stage: "reserved" }),
          openDeal("signed", 3, null, { stage: "signed" }),
          openDeal("under contract", 2, null, { stage: "under_contract" }),
          openDeal("in dollars, under contract", 2, null, { stage: "under_contract", currency: "USD" })
        ]
        const request = { widgets: [widgetOf(weighted)] }
        const [series] = yield* answer({ ...tables, deals }, { caller: admin, request })
        // 3 × 0.01 (of 0.005) + 33.33 (of 33.333333) + 7
        assert.deepStrictEqual(series && essence(series), [40.36, null, null])
        assert.deepInclude(series?.meta, {
          weights: stageWeights,
          withoutWeight: [
            { stage: "under_contract", label: "Under contract", count: 1, total: 2 },
            { stage: "signed", label: "Signed", count: 1, total: 3 }
          ]
        })
        assert.isUndefined(series?.meta.excluded)
      }).pipe(fixedClock(now))
  )
})

const read = (weights: Parameters<typeof runnerWith>[0]) => {
  const widgets = [widgetOf(weighted), widgetOf({ metricId: "deals.pipeline_value" })]
  const runner = runnerWith(weights).pipe(
    Layer.provide([MetricSource.layerMemory(tables), Organizations.layerMemory(tables)])
  )
  return ask({ caller: admin, request: { widgets } }).pipe(Effect.map(Array.map(essence)), Effect.provide(runner))
}

const onlyOne = ["unavailable", [66_204.05, null, null]]

describe("weights that cannot be read", () => {
  it.effect.each<readonly [string, Effect.Effect<never, TimedOut>]>([
    ["a deadline", Effect.fail(new TimedOut())],
    ["a defect", Effect.die("broken")]
  ])("after %s, only the widget that needs weights fails", ([, weights]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(weights), onlyOne)
    }).pipe(fixedClock(now)))

  it.effect("weights that do not come leave time for the other widgets", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const reading = yield* Effect.forkChild(read(Effect.never))
      yield* TestClock.adjust("1 hour")
      // The code in memory ends after some turns of the event loop, however slow the machine is.
      for (let turn = 0; turn < 1_000 && reading.pollUnsafe() === undefined; turn++) yield* Effect.promise(setImmediate)
      assert.deepStrictEqual(reading.pollUnsafe(), Exit.succeed(onlyOne))
    }))
})
