import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { runner } from "../../support/ask.ts"
import type { PlainRow } from "../../support/plainCsv.ts"
import { cents, importedRealData, isThere, listed, organizationOf, rowsOf, tally } from "../../support/realData.ts"
import { caller } from "../../support/TestApp.ts"

const membersOf = (organizationId: string) =>
  rowsOf("members").filter((row) => organizationOf(row) === organizationId).map((row) => row["user_id"] ?? "")

/** Returns the organization's rows that one of its members owns or is assigned to. */
const seenRows = (table: string, organizationId: string): ReadonlyArray<PlainRow> => {
  const people = new Set(membersOf(organizationId))
  return rowsOf(table).filter((row) =>
    organizationOf(row) === organizationId &&
    [row["owner_id"] ?? "", ...listed(row["assignee_ids"])].some((id) => people.has(id))
  )
}

const inSql = runner.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))

const ask = Effect.fnUntraced(function*(organizationId: string, metricId: string, chart: string) {
  const runner = yield* MetricRunner
  const [series] = yield* runner.run(caller("admin", "user_of_nobody", organizationId), {
    assigneeIds: membersOf(organizationId),
    widgets: [{ instanceId: "1", metricId, chart, timeframe: { preset: "all_time", bucket: "year" } }]
  })
  return series
}, Effect.provide(inSql))

/** Returns the values other than 0, by category. */
const points = (series: MetricSeries | undefined) =>
  Object.fromEntries(
    (series?.points ?? []).flatMap((point) =>
      "category" in point && typeof point.category === "string" && point.value !== 0
        ? [[point.category, Number(point.value)] as const]
        : []
    ).sort()
  )

const sums = (series: MetricSeries | undefined) =>
  (series?.points ?? []).reduce((total, { value }) => total + Number(value), 0)

layer(importedRealData, { excludeTestServices: true })((it) => {
  describe.skipIf(!isThere)("real data through the service", () => {
    it.effect.each(["org_itschool", "org_helpdesk"])(
      "%s has as many leads as its CSV files, in total, per status and per tag",
      (org) =>
        Effect.gen(function*() {
          const leads = seenRows("leads", org)
          const tags = leads.flatMap((row) => [...new Set(listed(row["tag_ids"]))].map((tag) => ({ tag })))
          assert.strictEqual((yield* ask(org, "leads.total", "stat"))?.stat?.value, leads.length)
          assert.deepStrictEqual(
            points(yield* ask(org, "leads.by_status", "bar")),
            tally(leads, (row) => row["status"] ?? "")
          )
          assert.deepStrictEqual(points(yield* ask(org, "leads.by_tag", "bar")), tally(tags, ({ tag = "" }) => tag))
        })
    )

    it.effect("the won values of org_maven are those of its CSV files, and their sum is as published", () =>
      Effect.gen(function*() {
        const won = seenRows("deals", "org_maven").filter((row) => row["status"] === "won")
        const bySeller = Object.entries(tally(won, (row) => row["owner_id"] ?? "", cents))
        assert.deepStrictEqual(
          points(yield* ask("org_maven", "team.won_value_by_agent", "bar")),
          Object.fromEntries(bySeller.map(([seller, total]) => [seller, total / 100]))
        )
        assert.strictEqual(sums(yield* ask("org_maven", "deals.won_value_over_time", "bar")), 10_005_534)
        assert.strictEqual(sums(yield* ask("org_maven", "deals.won_over_time", "bar")), 4_238)
      }))

    it.effect.each(["org_itschool", "org_maven"])(
      "the win rate of %s leaves out deals without a close date",
      (org) =>
        Effect.gen(function*() {
          const closed = seenRows("deals", org).filter((row) => row["status"] !== "open" && row["closed_at"] !== "")
          const won = closed.filter((row) => row["status"] === "won")
          assert.strictEqual(
            (yield* ask(org, "deals.win_rate", "stat"))?.stat?.value,
            Math.round(won.length / closed.length * 1_000) / 10
          )
        })
    )

    it.effect("the calls of org_itschool have the same outcomes and talk time as in its CSV files", () =>
      Effect.gen(function*() {
        const calls = seenRows("calls", "org_itschool")
        const seconds = calls.reduce(
          (total, row) => total + (row["outcome"] === "success" ? Number(row["duration_seconds"]) : 0),
          0
        )
        assert.deepStrictEqual(
          points(yield* ask("org_itschool", "calls.by_outcome", "bar")),
          tally(calls, (row) => row["outcome"] ?? "")
        )
        const minutes = sums(yield* ask("org_itschool", "calls.talk_time_over_time", "bar"))
        assert.closeTo(minutes, seconds / 60, 0.1)
      }))
  })
})
