import { assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { type Alert, type AlertState, figureOf, judgementOf } from "../../src/domain/Alert.ts"
import type { Meta, MetricSeries } from "../../src/domain/Series.ts"

const meta: Meta = {
  unit: "count",
  scope: { kind: "own", members: 1 },
  filters: { applied: {}, ignored: [] },
  additive: true,
  asOf: "2026-10-10T12:00:00.000Z"
}

const stat = (
  { error, stat = { value: 12, previous: 10, deltaPct: 20 } }: Partial<Pick<MetricSeries, "error" | "stat">> = {},
  more: Partial<Meta> = {}
): MetricSeries => ({
  instanceId: "a",
  shape: "stat",
  series: [],
  points: [],
  stat,
  meta: { ...meta, ...more },
  ...(error !== undefined && { error })
})

const target = {
  value: 310,
  people: 1,
  missing: 0,
  attainedPct: 25,
  expectedByNow: 100,
  projected: null,
  remaining: 232.5,
  additive: true
}

const value: Alert = { instanceId: "a", of: "value", above: 5 }
const change: Alert = { ...value, of: "deltaPct" }
const pace: Alert = { ...value, of: "pace" }
const timedOut = { error: { code: "timeout" as const, message: "" } }

describe("the figure of an alert", () => {
  it("is the number, its change, or the number as a percentage of what is due by now", () => {
    assert.deepStrictEqual([value, change].map((alert) => figureOf(alert, stat())), [12, 20])
    assert.strictEqual(figureOf(pace, stat({}, { target })), 77.5)
  })

  it.each<readonly [string, Alert, MetricSeries]>([
    ["a widget failed", value, stat(timedOut)],
    ["only admins get the number", value, stat({}, { gated: "admin_only" })],
    ["the filters are wrong", value, stat({}, { filters: { applied: {}, ignored: [], invalid: true } })],
    ["there is no number", value, stat({ stat: null })],
    ["the number is null", value, stat({ stat: { value: null, previous: 1, deltaPct: null } })],
    ["the amount is in another currency", { ...value, currency: "EUR" }, stat({}, { unit: "money", currency: "USD" })],
    ["there was no number before", change, stat({ stat: { value: 1, previous: 0, deltaPct: null } })],
    ["nobody asked for a target", pace, stat()],
    [
      "there is no target",
      pace,
      stat({}, { target: { ...target, value: null, expectedByNow: null, remaining: null } })
    ],
    ["nothing is due yet", pace, stat({}, { target: { ...target, expectedByNow: 0 } })],
    ["the target is in another currency", pace, stat({}, { target: { error: { code: "incomparable", message: "" } } })]
  ])("is missing if %s", (_name, alert, series) => {
    assert.isNull(figureOf(alert, series))
  })
})

const now = DateTime.makeUnsafe("2026-10-10T12:00:00Z")
const hoursAgo = (hours: number) => DateTime.subtract(now, { hours })
const stateOf = (isBeyond: boolean, mailedAt: DateTime.Utc | null = null, basis = "b"): AlertState => ({
  basis,
  isBeyond,
  mailedAt
})

describe("the judgement of an alert", () => {
  it.each<readonly [string, number | null, AlertState | null, string, AlertState | undefined]>([
    ["the first figure beyond the threshold crosses it", 6, null, "crossed", stateOf(true, now)],
    ["a figure on the threshold is not beyond it", 5, null, "not_crossed", stateOf(false)],
    [
      "a figure that stays beyond does not cross",
      6,
      stateOf(true, hoursAgo(99)),
      "not_crossed",
      stateOf(true, hoursAgo(99))
    ],
    [
      "a figure on the threshold came back",
      5,
      stateOf(true, hoursAgo(99)),
      "not_crossed",
      stateOf(false, hoursAgo(99))
    ],
    ["a figure that came back crosses again", 6, stateOf(false, hoursAgo(12)), "crossed", stateOf(true, now)],
    ["a crossing within the rest changes nothing", 6, stateOf(false, hoursAgo(11.9)), "alert_rests", undefined],
    ["a missing figure is no crossing", null, stateOf(false), "no_figure", undefined],
    ["a missing figure is no return", null, stateOf(true), "no_figure", undefined],
    ["the state of another basis does not count", 6, stateOf(true, hoursAgo(1), "other"), "crossed", stateOf(true, now)]
  ])("%s", (_name, figure, before, verdict, state) => {
    assert.deepStrictEqual<object>(judgementOf(value, figure, "b", before, now), { verdict, state })
  })

  it("below is the other side", () => {
    const below: Alert = { instanceId: "a", of: "value", below: 5 }
    assert.deepStrictEqual([4.9, 5, 5.1].map((figure) => judgementOf(below, figure, "b", null, now).verdict), [
      "crossed",
      "not_crossed",
      "not_crossed"
    ])
  })
})
