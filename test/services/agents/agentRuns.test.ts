import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { RunRequest } from "../../../src/domain/Run.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import type { Bucket } from "../../../src/domain/Timeframe.ts"
import { AgentRuns } from "../../../src/services/agents/AgentRuns.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { statSeries, timeseries, withTarget } from "../../gallery/hostile.ts"
import { caller } from "../../support/TestApp.ts"

const member = caller("member", "user_bea", "org_demo")

const seriesOf = (instanceId: string, count: number, bucket: Bucket, groups = 1): ReturnType<typeof timeseries> => {
  const labels = Array.from({ length: groups }, (_, index) => `Source ${index}`)
  const { meta, ...series } = timeseries(labels, count, (at) => at)
  const { window } = meta
  return { ...series, instanceId, meta: { ...meta, ...(window !== undefined && { window: { ...window, bucket } }) } }
}

const widgetOf = ({ instanceId }: MetricSeries) => ({ instanceId, metricId: "leads.created_over_time", chart: "area" })

/** Each run gets the next answer. */
const runOver = (answers: ReadonlyArray<ReadonlyArray<MetricSeries>>) =>
  Effect.gen(function*() {
    const requests: Array<RunRequest> = []
    const runner = Layer.mock(MetricRunner, {
      run: (_caller, request) => Effect.sync(() => answers[requests.push(request) - 1] ?? [])
    })
    const widgets = (answers[0] ?? []).map(widgetOf)
    const answer = yield* AgentRuns.use(({ run }) =>
      Effect.match(run(member, { timeframe: { preset: "all_time", bucket: "day" }, widgets }), {
        onFailure: ({ code }) => ({ outcome: code, notes: [] }),
        onSuccess: ({ results }) => ({
          outcome: results.map(({ rows }) => rows.length),
          notes: results.flatMap(({ notes }) => notes)
        })
      })
    ).pipe(Effect.provide(Layer.provide(AgentRuns.layer, runner)))
    const runs = requests.map(({ widgets }) => widgets.map(({ instanceId, timeframe }) => [instanceId, timeframe]))
    return { ...answer, runs }
  })

describe("a run for an agent", () => {
  it.effect.each(
    [
      [61, "day", "week"],
      [413, "day", "week"],
      [414, "day", "month"],
      [1_000, "day", "month"],
      [100, "week", "month"],
      [1_000, "week", "year"],
      [61, "month", "quarter"],
      [1_000, "month", "year"]
    ] as const
  )("%i rows by %s are computed once more, by %s", ([count, from, to]) =>
    Effect.gen(function*() {
      const { outcome, runs } = yield* runOver([[seriesOf("a", count, from)], [seriesOf("a", 60, to)]])
      assert.deepStrictEqual(runs.slice(1), [[["a", { preset: "all_time", bucket: to }]]])
      assert.deepStrictEqual(outcome, [60])
    }))

  it.effect.each<readonly [string, MetricSeries]>([
    ["a target", withTarget(seriesOf("a", 20, "day"), 90)],
    ["the window before", { ...seriesOf("a", 20, "day"), previousPoints: seriesOf("a", 90, "day").points }]
  ])("also counts the rows that only %s has", ([, found]) =>
    Effect.gen(function*() {
      const { notes, outcome, runs } = yield* runOver([[found], [seriesOf("a", 4, "week")]])
      assert.deepStrictEqual(runs.slice(1), [[["a", { preset: "all_time", bucket: "week" }]]])
      assert.deepStrictEqual(outcome, [4])
      assert.include(notes, "Coarsened: a row is a week, because 90 rows by day are too many.")
    }))

  it.effect("is not computed a third time if there are still more than 60 rows", () =>
    Effect.gen(function*() {
      const { outcome, runs } = yield* runOver([[seriesOf("a", 100, "day")], [seriesOf("a", 61, "week")]])
      assert.lengthOf(runs, 2)
      assert.deepStrictEqual(outcome, [61])
    }))

  it.effect("computes only widgets with more than 60 rows again", () =>
    Effect.gen(function*() {
      const short = seriesOf("short", 60, "day")
      const stat = { ...statSeries(1, null, null), instanceId: "stat" }
      const found = [short, seriesOf("long", 365, "day"), stat]
      const { outcome, runs } = yield* runOver([found, [seriesOf("long", 53, "week")]])
      assert.deepStrictEqual(runs.slice(1), [[["long", { preset: "all_time", bucket: "week" }]]])
      assert.deepStrictEqual(outcome, [60, 53, 1])
    }))

  it.effect("is refused after one run if its answer would be too large with larger buckets, too", () =>
    Effect.gen(function*() {
      const found = Array.from({ length: 10 }, (_, index) => seriesOf(`w${index}`, 365, "day", 8))
      const { outcome, runs } = yield* runOver([found])
      assert.strictEqual(outcome, "answer_too_large")
      assert.lengthOf(runs, 1)
    }))

  it.effect("is computed again if its answer may fit, and refused if it does not", () =>
    Effect.gen(function*() {
      const found = Array.from({ length: 3 }, (_, index) => seriesOf(`w${index}`, 365, "day", 8))
      const long = found.map(({ instanceId }) => seriesOf(instanceId, 200, "week", 8))
      const fits = yield* runOver([found, found.map(({ instanceId }) => seriesOf(instanceId, 53, "week", 8))])
      assert.deepStrictEqual(fits.outcome, [53, 53, 53])
      const { outcome, runs } = yield* runOver([found, long])
      assert.deepStrictEqual([outcome, runs.length], ["answer_too_large", 2])
    }))
})
