import { assert, describe, it } from "@effect/vitest"
import { newestRequests, yearUntil } from "../../src/page/report/newestRequests.ts"
import { setTimeZone, zoneOr } from "../../src/page/shell/messages.ts"
import { statSeries } from "../gallery/hostile.ts"

describe("the request for the newest records", () => {
  it("a card with its own timeframe must be empty too, but its records are not asked for", () => {
    const series = statSeries(0, 0, 0)
    const widget = { instanceId: series.instanceId, metricId: "leads.total", chart: "stat" }
    const own = { ...widget, instanceId: "own", timeframe: { preset: "today" } }
    const askedWith = (value: number, ...widgets: Parameters<typeof newestRequests>[0]["widgets"]) => {
      const ofOwn = { ...statSeries(value, 0, 0), instanceId: "own" }
      const requests = newestRequests({ widgets }, new Map([[series.instanceId, series], ["own", ofOwn]]))
      return requests.map((request) => request.widget.instanceId)
    }
    assert.deepStrictEqual(askedWith(0, own), [])
    assert.deepStrictEqual(askedWith(0, own, widget), [series.instanceId])
    assert.deepStrictEqual(askedWith(3, own, widget), [])
  })

  it("the request has the people, the filters and the metric of the view, and ends where the window begins", () => {
    const series = statSeries(0, 0, 0)
    const view = { assigneeIds: ["bo"], filters: { source: ["portal"] }, timeframe: { preset: "last_month" } }
    const widget = { instanceId: series.instanceId, metricId: "leads.total", chart: "stat" }
    const timeframe = { preset: "custom", from: "1970-01-01", to: "2025-12-01T00:00:00.000Z", bucket: "year" }
    assert.deepStrictEqual(
      newestRequests({ ...view, widgets: [widget] }, new Map([[series.instanceId, series]])),
      [{
        ...view,
        comparePrevious: false,
        widget: { ...widget, timeframe, comparePrevious: false, target: false },
        limit: 1,
        part: "records"
      }]
    )
  })
})

it("the year until a record ends on the record's day in the time zone of the run", () => {
  const at = Date.parse("2026-01-31T12:00:00Z")
  const year = { preset: "custom", bucket: "month" }
  assert.deepStrictEqual(yearUntil(at, "Pacific/Kiritimati"), { ...year, from: "2025-02-01", to: "2026-02-01" })
  assert.deepStrictEqual(yearUntil(at, "Europe/Madrid"), { ...year, from: "2025-01-31", to: "2026-01-31" })
})

it("a saved time zone that is null or not known is replaced by that of the organization", () => {
  setTimeZone("Europe/Madrid")
  assert.deepStrictEqual([null, "Mars/Olympus", undefined, "Asia/Tokyo"].map(zoneOr), [
    "Europe/Madrid",
    "Europe/Madrid",
    "Europe/Madrid",
    "Asia/Tokyo"
  ])
  setTimeZone(undefined)
})
