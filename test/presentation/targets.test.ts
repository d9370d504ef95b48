import { assert, describe, it } from "@effect/vitest"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { drawing } from "../../src/presentation/drawing.ts"
import { notesOf } from "../../src/presentation/notesOf.ts"
import { sentenceOf } from "../../src/presentation/sentenceOf.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { targetMark } from "../../src/presentation/targetOf.ts"
import { light } from "../../src/presentation/themes.ts"
import { english } from "../support/english.ts"

const details = { localization: english }
const figures = {
  value: 6_200,
  people: 1,
  missing: 0,
  attainedPct: 56.5,
  expectedByNow: 2_000,
  projected: 10_850,
  remaining: 2_700,
  additive: true
}

const untargeted: MetricSeries["meta"] = {
  unit: "money",
  currency: "EUR",
  scope: { kind: "own", members: 1 },
  filters: { applied: {}, ignored: [] },
  additive: true,
  asOf: "2026-10-10T12:00:00.000Z"
}

const meta: MetricSeries["meta"] = { ...untargeted, target: figures }

const stat = (more: Partial<MetricSeries["meta"]> = {}): MetricSeries => ({
  instanceId: "w",
  shape: "stat",
  series: [{ key: "value", label: "Won value" }],
  points: [],
  stat: { value: 3_500, previous: null, deltaPct: null },
  meta: { ...meta, ...more }
})

const points = [{ bucket: "2026-10-01", value: 1_000 }, { bucket: "2026-10-16", value: 2_000 }]

const timeseries: MetricSeries = {
  instanceId: "w",
  shape: "timeseries",
  series: [{ key: "value", label: "Won value" }],
  points: [{ bucket: "2026-10-01", value: 3_500, partial: true }],
  stat: null,
  meta: { ...meta, target: { ...figures, points } }
}

const pointed = { ...meta, target: { ...figures, points: [...points, { bucket: "2026-10-31", value: 3_000 }] } }

describe("the target of a card", () => {
  it("the mark has the attained share and what is due by now", () => {
    assert.deepStrictEqual(targetMark(meta, details), {
      attained: "56.5% of €6,200",
      due: "€2,000 due by now",
      share: 3_500 / 6_200,
      dueShare: 2_000 / 6_200,
      isOnTrack: true
    })
  })

  it("a number below what is due is on track only if less is better, and a passed target fills the bar", () => {
    const target = { ...figures, expectedByNow: 4_000 }
    const isOnTrack = (moreIsBetter: boolean) =>
      targetMark({ ...meta, target }, { ...details, moreIsBetter })?.isOnTrack
    assert.deepStrictEqual([true, false].map(isOnTrack), [false, true])
    assert.strictEqual(targetMark({ ...meta, target: { ...figures, remaining: -5 } }, details)?.share, 1)
  })

  it("a target of 0 is reached", () => {
    const zero = { ...figures, value: 0, attainedPct: null, expectedByNow: 0, remaining: -3_500 }
    assert.deepInclude(targetMark({ ...meta, target: zero }, details), { attained: "of €0", share: 1, isOnTrack: true })
  })

  it("a screen reader hears the target", () => {
    assert.strictEqual(sentenceOf(stat(), "Won", english), "Won: €3,500, 56.5% of €6,200, €2,000 due by now")
  })

  it("a card without a target says why in its note, and has no bar", () => {
    const fault = { error: { code: "incomparable" as const, message: "The target is in another currency." } }
    assert.deepStrictEqual(notesOf(stat({ target: fault }), english), ["No target: The target is in another currency."])
    assert.isUndefined(targetMark({ ...meta, target: fault }, details))
    const nothing = { value: null, attainedPct: null, expectedByNow: null, remaining: null }
    const none = { ...figures, ...nothing, people: 0, missing: 1 }
    assert.deepStrictEqual(notesOf(stat({ target: none }), english), ["No target is set for this timeframe"])
  })

  it("a note names the people without a target, and that targets of several people are added", () => {
    assert.deepStrictEqual(notesOf(stat({ target: { ...figures, missing: 2, additive: false } }), english), [
      "2 people without a target",
      "Shared records count once, and targets of several people are added"
    ])
  })

  it("the table of a number has the figures of its target", () => {
    const { columns, rows } = tableOf(stat(), english)
    assert.deepStrictEqual(columns.map(({ label }) => label).slice(3), [
      "Target",
      "Attained",
      "Due by now",
      "Projected",
      "Remaining"
    ])
    assert.deepStrictEqual(rows, [[3_500, null, null, 6_200, 56.5, 2_000, 10_850, 2_700]])
  })

  it("the table of a timeseries has the cumulative target, also after the last point", () => {
    const { columns, rows } = tableOf(timeseries, english)
    assert.deepStrictEqual(columns.map(({ label }) => label), ["Date", "Won value", "Target, cumulative", "Partial"])
    assert.deepStrictEqual(rows, [["2026-10-01", 3_500, 1_000, true], ["2026-10-16", null, 2_000, false]])
  })

  it("the drawing has a bar, but a low card has no room for it", () => {
    const graphics = (series: MetricSeries, height: number) =>
      [drawing(series, "stat", light, { width: 300, height }, details).graphic ?? []].flat().filter((
        { type }
      ) => type === "rect")
    assert.lengthOf(graphics(stat(), 200), 3)
    assert.lengthOf(graphics(stat(), 80), 0)
    assert.lengthOf(graphics(timeseries, 200), 3)
  })

  it("a ranking has a mark at the target of each person, and a number after the value for the attained part", () => {
    const ranking = (targets: ReadonlyArray<number | null>): MetricSeries => ({
      instanceId: "w",
      shape: "leaderboard",
      series: [{ key: "value", label: "Won value" }],
      points: targets.map((target, index) => ({
        category: `user_${index}`,
        label: `Person ${index}`,
        rank: index + 1,
        value: 1_000,
        target,
        attainedPct: target === null ? null : 100_000 / target
      })),
      stat: null,
      meta: untargeted
    })
    const drawn = (targets: ReadonlyArray<number | null>) => {
      const { series = [] } = drawing(ranking(targets), "leaderboard", light, { width: 400, height: 300 }, details)
      return [series].flat()
    }
    const [values, tracks, marks] = drawn([2_000, null, 500])
    assert.deepStrictEqual(values?.data, [1_000, 1_000, 1_000])
    assert.deepStrictEqual(marks?.data, [[2_000, 0], [500, 2]])
    const shown = JSON.stringify(tracks?.data)
    for (const part of ["€1,000 · 50%", "\"€1,000\"", "€1,000 · 200%"]) assert.include(shown, part)
    assert.match(shown, /^\[\{"value":2000.*\{"value":1000.*\{"value":1000/)
    assert.lengthOf(drawn([null, null]), 1)
  })

  const drawnOver = (series: MetricSeries, height = 300) => {
    const { legend, series: marks, xAxis, yAxis } = drawing(series, "bar", light, { width: 500, height }, details)
    return {
      marks: [marks ?? []].flat().map(({ data, name }) => [name, data]),
      axes: [yAxis ?? []].flat().length,
      days: JSON.stringify(xAxis),
      legend: JSON.stringify(legend)
    }
  }

  it("a chart over time has the cumulative target until the end of the window, and the total so far beside it", () => {
    const days = [["2026-10-01", 1_000.1], ["2026-10-02", 1_000.2]] as const
    const values = days.map(([bucket, value]) => ({ bucket, value }))
    const { axes, days: shown, legend, marks } = drawnOver({ ...timeseries, points: values, meta: pointed })
    assert.deepStrictEqual(marks.slice(1), [
      ["Total so far", [1_000.1, 2_000.3]],
      ["Target, cumulative", [1_000, 2_000, 3_000]]
    ])
    assert.strictEqual(axes, 2)
    assert.include(shown, "[\"Oct 1\",\"Oct 16\",\"Oct 31\"]")
    for (const name of ["Won value", "Total so far", "Target, cumulative"]) assert.include(legend, `"name":"${name}"`)
  })

  it("the target of an average is compared with each bucket, so there is no total", () => {
    const { axes, marks } = drawnOver({ ...timeseries, meta: { ...pointed, additive: false } })
    assert.deepStrictEqual(marks.slice(1), [["Target", [1_000, 2_000, 3_000]]])
    assert.strictEqual(axes, 1)
    assert.include(
      tableOf({ ...timeseries, meta: { ...pointed, additive: false } }, english).columns.map(({ label }) => label),
      "Target"
    )
  })

  it("a low card and a chart without a target have no lines of a target", () => {
    const drawn = [drawnOver({ ...timeseries, meta: pointed }, 150)]
      .concat([untargeted, meta].map((one) => drawnOver({ ...timeseries, meta: one })))
    for (const { marks } of drawn) assert.deepStrictEqual(marks.map(([name]) => name), ["Won value"])
  })
})
