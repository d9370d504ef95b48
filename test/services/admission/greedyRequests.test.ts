import { assert, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp } from "../../support/WebApp.ts"

const zones = Intl.supportedValuesOf("timeZone").slice(0, 50)

const greedy = (from: string, to: string) => ({
  widgets: zones.map((timeZone) => ({
    instanceId: timeZone,
    metricId: "leads.created_over_time",
    chart: "line",
    timeframe: { preset: "custom", from, to, bucket: "day", timeZone }
  }))
})

/** Counts the turns of the event loop until `work` ends. */
const turnsDuring = async (work: Promise<unknown>) => {
  let turns = 0
  let isOver = false
  const turn = () => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work
  isOver = true
  return turns
}

describe("a run of fifty timeframes in fifty time zones", () => {
  it.each([
    ["with a thousand buckets each", "2022-01-01", "2024-09-25"],
    ["with too many buckets each", "0001-01-01", "9998-12-31"]
  ])("during a run of fifty widgets %s, the event loop turns at least fifty times", async (_what, from, to) => {
    const app = openWebApp(noTables)
    const asked = app.call(caller("member", "ana"), "POST /crm-reports/metrics/run", greedy(from, to))
    const turns = await turnsDuring(asked)
    assert.strictEqual((await asked).status, 200)
    assert.isAtLeast(turns, zones.length)
    await app.close()
  })
})

it("during a comparison of two snapshots with fifty widgets each, the event loop turns at least 25 times", async () => {
  const app = openWebApp(noTables)
  const ana = caller("admin", "ana")
  const widgets = zones.map((instanceId) => ({
    instanceId,
    x: 0,
    y: 0,
    w: 1,
    h: 1,
    metricId: "leads.total",
    chart: "stat"
  }))
  const report = await app.call(ana, "POST /crm-reports", { title: "Greedy", layout: { widgets } })
  const { json } = await app.call(ana, `POST /crm-reports/${String(report.json["id"])}/snapshots`, {})
  const id = String(json["id"])
  const asked = app.call(ana, `GET /crm-reports/snapshots/${id}/compare?with=${id}`)
  const turns = await turnsDuring(asked)
  const { text } = await asked
  assert.lengthOf(JSON.parse(text).widgets, zones.length)
  assert.isAtLeast(turns, zones.length / 2)
  await app.close()
})
