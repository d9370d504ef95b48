import { assert, describe, it } from "@effect/vitest"
import { type Random, random, seedOf } from "../../../src/data/Random.ts"
import type { View } from "../../../src/domain/Run.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { questionsOf, viewFilters } from "../../proof/questions.ts"
import { seedsFor } from "../../proof/storesFor.ts"
import type { Question } from "../../support/ask.ts"
import { firstEvents } from "../../support/liveStream.ts"
import { type Numbers, numbersInCsv } from "../../support/numbersInCsv.ts"
import { now, randomTables } from "../../support/randomTables.ts"
import { openWebApp } from "../../support/WebApp.ts"

const viewOf = (chance: Random, tables: Tables): View => ({
  filters: viewFilters(tables, chance),
  comparePrevious: chance.chance(0.5),
  timeframe: { preset: chance.pick(["all_time", "last_12m", "this_quarter"]), bucket: chance.pick(["month", "year"]) }
})

const queryOf = ({ assigneeIds = [], comparePrevious, everyone, filters, timeframe }: View): string => {
  const query = new URLSearchParams({
    format: "csv",
    filters: JSON.stringify(filters),
    comparePrevious: String(comparePrevious)
  })
  for (const [key, value] of Object.entries(timeframe ?? {})) query.set(key, String(value))
  for (const id of assigneeIds) query.append("assigneeIds", id)
  if (everyone !== undefined) query.set("everyone", String(everyone))
  return query.toString()
}

const numberIn = (point: object | undefined, key: string): number | null => {
  const value: unknown = point === undefined ? undefined : Reflect.get(point, key)
  return typeof value === "number" ? value : null
}

const numbersOf = (series: MetricSeries): Numbers => {
  if (series.error !== undefined) return []
  switch (series.shape) {
    case "stat":
      return series.stat === null ? [] : [[series.stat.value, series.stat.previous]]
    case "timeseries": {
      const { points, previousPoints = [] } = series
      const rows = Array.from({ length: Math.max(points.length, previousPoints.length) }, (_, index) => index)
      return rows.flatMap((row) =>
        series.series.map(({ key }) => [numberIn(points[row], key), numberIn(previousPoints[row], key)] as const)
      )
    }
    case "category":
    case "leaderboard":
      return series.points.map(({ previous = null, value }) => [value, previous])
  }
}

const seeds = seedsFor({ quick: 2, full: 12 })

/** The widgets of a random store, in four reports. */
const reports = 4

/** Compares the surfaces for each person who asks. Returns how many numbers are neither null nor 0. */
const compared = async (seed: number): Promise<number> => {
  const tables = randomTables(seed)
  const chance = random(seedOf(seed, 61))
  const app = openWebApp(tables, { now: new Date(now) })
  const toldOf = async ({ caller, request }: Question, index: number) => {
    const { widgets: all, ...selection } = request
    const widgets = all.filter((_, place) => place % 23 === index % reports).slice(0, 12)
    const view = { ...selection, ...viewOf(chance, tables) }
    const saved = await app.call(caller, "POST /crm-reports", { title: "Saved", layout: { widgets } })
    const path = `/crm-reports/${String(saved.json["id"])}`
    const run = await app.call(caller, `POST ${path}/run`, view)
    assert.strictEqual(run.status, 200, run.text)
    const results: ReadonlyArray<MetricSeries> = JSON.parse(run.text).results
    const asked = { seed, caller, view }

    const direct = await app.call(caller, "POST /crm-reports/metrics/run", { widgets, ...view })
    assert.deepStrictEqual(direct.json["results"], run.json["results"], JSON.stringify(asked))
    const frozen = await app.call(caller, `POST ${path}/snapshots`, view)
    assert.deepStrictEqual(frozen.json["series"], run.json["results"], JSON.stringify(asked))
    const { events } = await firstEvents(app, caller, `${path}/run`, view)
    const live = new Map(events.map(({ data }) => [data["instanceId"], data]))
    assert.deepStrictEqual<unknown>(
      widgets.map(({ instanceId }) => live.get(instanceId)),
      run.json["results"],
      JSON.stringify(asked)
    )

    const file = await app.call(caller, `POST ${path}/run`, view, { accept: "text/csv" })
    const exported = await app.call(caller, `GET ${path}/export?${queryOf(view)}`)
    assert.strictEqual(exported.text, file.text, JSON.stringify(asked))
    const inFile = numbersInCsv(file.text)
    return results.flatMap((series) => {
      const numbers = numbersOf(series)
      assert.deepStrictEqual(inFile(series.instanceId), numbers, JSON.stringify({ ...asked, series }))
      return numbers.filter(([value]) => value !== null && value !== 0)
    })
  }
  const questions = questionsOf(seed, tables).filter((_, index) => index % 2 === seed % 2)
  const told = await Promise.all(questions.map(toldOf))
  await app.close()
  return told.flat().length
}

describe("a view of a saved report", () => {
  it(`a run, a stream, a file and a snapshot of a report with the same view have the same numbers in ${seeds.length} random stores`, async () => {
    const told = await Promise.all(seeds.map(compared))
    // Some random stores are empty.
    assert.isAbove(told.reduce((sum, count) => sum + count, 0), seeds.length)
  })
})
