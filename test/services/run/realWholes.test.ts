import { assert, describe, layer } from "@effect/vitest"
import { Array as Arr, Effect, Layer } from "effect"
import type { Selection } from "../../../src/domain/Run.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import { groupBysOf } from "../../../src/metrics/Metric.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { columnsOf, slackOf, wholeOf } from "../../proof/wholes.ts"
import { runner } from "../../support/ask.ts"
import { importedRealData, isThere, organizationOf, rowsOf } from "../../support/realData.ts"
import { caller } from "../../support/TestApp.ts"

const now = Date.parse("2026-11-20T12:00:00Z")
const years = { preset: "custom", from: "2005-01-01", to: "2026-11-20", bucket: "year" } as const
const ahead = { preset: "custom", from: "2026-11-20", to: "2036-11-20", bucket: "year" } as const

const people = (organizationId: string) =>
  rowsOf("members").filter((row) => organizationOf(row) === organizationId).map((row) => row["user_id"] ?? "")

interface Asked {
  readonly metricId: string
  readonly groupBy?: string
}

const timeframeOf = (metricId: string) => metricId === "deals.expected_value_over_time" ? ahead : years

const run = Effect.fnUntraced(
  function*(organizationId: string, selection: Selection, asked: ReadonlyArray<Asked>) {
    const { run } = yield* MetricRunner
    const widgets = asked.map((one, at) => ({
      ...one,
      instanceId: String(at),
      chart: metricsById.get(one.metricId)?.charts[0] ?? "",
      timeframe: timeframeOf(one.metricId)
    }))
    const parts = Arr.chunksOf(widgets, 50)
    return yield* Effect.map(
      Effect.forEach(
        parts,
        (part) => run(caller("admin", people(organizationId)[0] ?? "", organizationId), { ...selection, widgets: part })
      ),
      (all) => all.flat()
    )
  },
  Effect.provide(runner.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))),
  fixedClock(now)
)

const everyone = { everyone: true }
const all = [...metricsById.keys()].map((metricId) => ({ metricId }))

layer(importedRealData, { excludeTestServices: true })((it) => {
  describe.skipIf(!isThere).each(["org_itschool", "org_maven", "org_helpdesk"])("the numbers of %s", (org) => {
    it.effect("everyone has the rows of all members and of nobody, in each metric", () =>
      Effect.gen(function*() {
        const members = people(org)
        const whole = yield* run(org, everyone, all)
        const together = yield* run(org, { assigneeIds: [...members, "~nobody"] }, all)
        const [ofPeople, ofNobody] = yield* Effect.all(
          [members, ["~nobody"]].map((assigneeIds) => run(org, { assigneeIds }, all))
        )
        const added: Array<string> = []
        for (const [at, series] of whole.entries()) {
          const [joined, some, rest] = [together[at], ofPeople?.[at], ofNobody?.[at]]
          const metric = all[at]?.metricId ?? ""
          assert.isDefined(joined, metric)
          assert.deepStrictEqual(joined?.points, series.points, metric)
          assert.deepStrictEqual(joined?.stat, series.stat, metric)
          if (some === undefined || rest === undefined || series.meta.additive === false) continue
          assert.closeTo(wholeOf(some) + wholeOf(rest), wholeOf(series), slackOf(some, rest, series), metric)
          if (wholeOf(series) !== 0) added.push(metric)
        }
        assert.isAbove(added.length, 2)
      }))

    it.effect("the sources of leads add up to the ungrouped number", () =>
      Effect.gen(function*() {
        const metrics = [...metricsById].flatMap(([metricId, metric]) =>
          groupBysOf(metric).filter((key) => key === "source" || key === "leadSource").map((groupBy) => ({
            metricId,
            groupBy
          }))
        )
        assert.isAbove(metrics.length, 3)
        const grouped = yield* run(org, everyone, metrics)
        const plain = yield* run(org, everyone, metrics.map(({ metricId }) => ({ metricId })))
        for (const [at, series] of plain.entries()) {
          const parts = grouped[at]
          assert.isDefined(parts)
          assert.isUndefined(series.error)
          assert.strictEqual(parts === undefined ? 0 : wholeOf(parts), wholeOf(series), metrics[at]?.metricId)
        }
      }))

    it.effect("no step of the funnel has more leads than the step before", () =>
      Effect.gen(function*() {
        const [funnel] = yield* run(org, everyone, [{ metricId: "leads.funnel" }])
        const [entered = 0, potential = 0, client = 0] = funnel === undefined
          ? []
          : columnsOf(funnel).map(([n]) => n ?? 0)
        assert.isAtLeast(entered, potential)
        assert.isAtLeast(potential, client)
        assert.strictEqual(entered, rowsOf("leads").filter((row) => organizationOf(row) === org).length)
      }))

    it.effect("the expected months, the overdue deals and those without a date add up to the pipeline", () =>
      Effect.gen(function*() {
        const ids = ["deals.expected_value_over_time", "deals.overdue_close", "deals.pipeline_value"]
        const [expected, overdue, pipeline] = yield* run(org, everyone, ids.map((metricId) => ({ metricId })))
        assert.isDefined(pipeline?.stat)
        const undated = expected?.meta.withoutDate?.total ?? 0
        const total = (expected ? wholeOf(expected) : 0) + (overdue?.stat?.value ?? 0) + undated
        assert.closeTo(total, pipeline?.stat?.value ?? 0, 0.001)
      }))
  })
})
