import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { writeTables } from "../../../src/data/writeTables.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { deal, lead, noTables, spell, time } from "../../../src/testing/rows.ts"
import { ask, inMemory, runner } from "../../support/ask.ts"
import { admin, essence } from "../../support/counted.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"

const rows = 3_000
const many = <A>(row: (id: string) => A) => Array.from({ length: rows }, (_, index) => row(String(index)))

/** CRMs write the years 1 and 9999 for "unknown" and "never". Sums of such long durations overflow SQL intervals. */
const tables: Tables = {
  ...noTables,
  leads: many((id) => lead(id, "2024-05-02", { firstCallAt: time("9999-12-31T23:59:59.999") })),
  leadStatusSpells: many((id) => spell(id, "lead", "0001-01-01", null)),
  deals: many((id) => deal(id, "0001-01-01", { status: "won", closedAt: time("2024-05-03") }))
}

const timeframe = { preset: "all_time" }
const widgets = [
  ["leads.avg_time_to_first_call", "stat"],
  ["leads.avg_time_in_status", "bar"],
  ["deals.avg_time_to_close", "stat"]
].map(([metricId = "", chart = ""]) => ({ instanceId: metricId, metricId, chart, timeframe }))

const answers = Effect.map(ask({ caller: admin, request: { widgets } }), (series) => series.map(essence))

layer(postgresTest, { excludeTestServices: true })("dates at the ends of the calendar", (it) => {
  it.effect("SQL and memory give equal averages for thousands of dates in the years 1 and 9999", () =>
    Effect.gen(function*() {
      yield* writeTables(tables)
      const inSql = runner.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))
      const found = yield* Effect.provide(answers, inSql)
      assert.deepStrictEqual(found, yield* Effect.provide(answers, inMemory(tables)))
      assert.deepStrictEqual(found, [
        [2_913_052 * 24 * 60, null, null],
        [["lead", "New", 739_022.4]],
        [739_008, null, null]
      ])
    }).pipe(fixedClock(asOf)))
})
