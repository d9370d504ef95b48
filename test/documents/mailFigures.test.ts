import { assert, describe, it } from "@effect/vitest"
import { figuresOf } from "../../src/documents/mailFigures.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { timeseries, withTarget } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"

const counted = timeseries(["Leads"], 8, (at) => at + 1)

const groupOf = (series: MetricSeries) =>
  figuresOf(
    documentWith([{
      title: "Leads",
      metricId: "leads.created_over_time",
      description: "",
      chart: "line",
      series,
      details: {},
      x: 0,
      y: 0,
      w: 6,
      h: 5
    }]),
    false
  )[0]

describe("the rows of a timeseries in a mail", () => {
  it.each<readonly [string, MetricSeries]>([
    ["without more rows", counted],
    ["with a target for later days", withTarget(counted, 31)],
    ["with more days in the window before", { ...counted, previousPoints: timeseries(["Leads"], 31, () => 7).points }]
  ])("are the newest that are counted, %s", (_name, series) => {
    const group = groupOf(series)
    assert.deepStrictEqual(group?.figures.map(({ value }) => value), ["4", "5", "6", "7", "8"])
    assert.include(group?.caption, "3 more rows")
  })
})
