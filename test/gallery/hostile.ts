import type { Meta, MetricSeries, Unit } from "../../src/domain/Series.ts"

/** These labels try to break a picture, a document or a spreadsheet. */
export const hostileLabels = [
  "#read(\"/etc/passwd\") *bold*",
  "<script>alert(1)</script>",
  "=HYPERLINK(\"http://x.invalid\",\"pay\")",
  "שלום עולם — מקור",
  "إحالة من صديق",
  "🏡 Open day 🎉",
  "A vertical tab \u000b and the noncharacter \uffff",
  "A label that goes on for one hundred and twenty characters, as somebody pasted a whole sentence of an e-mail into it!!",
  "{a|rich} {b} %s ${c}"
]

export const metaOf = (unit: Unit = "count", more: Partial<Meta> = {}): Meta => ({
  unit,
  window: {
    from: "2025-12-01T00:00:00.000Z",
    to: "2026-12-01T00:00:00.000Z",
    timeZone: "UTC",
    weekStart: 1,
    bucket: "month"
  },
  scope: { kind: "members", members: 10 },
  filters: { applied: {}, ignored: [] },
  additive: true,
  asOf: "2026-11-20T12:00:00.000Z",
  ...(unit === "money" && { currency: "EUR" }),
  ...more
})

const key = { key: "value", label: "Leads" }

export const categorySeries = (
  labels: ReadonlyArray<string>,
  valueOf: (index: number) => number | null,
  meta = metaOf()
): MetricSeries => ({
  instanceId: "category",
  shape: "category",
  series: [key],
  points: labels.map((label, index) => ({ category: `key_${index}`, label, value: valueOf(index) })),
  stat: null,
  meta
})

/** The first three points are the steps. */
export const funnelSeries = (labels: ReadonlyArray<string>, values: ReadonlyArray<number>): MetricSeries => {
  const shareOf = (value: number, of: number | undefined) =>
    of === undefined || of === 0 ? null : Math.round(value / of * 1_000) / 10
  const [entered = 0] = values
  return {
    instanceId: "funnel",
    shape: "category",
    series: [key],
    points: values.map((value, index) => {
      const isLater = index > 0 && index < 3
      return {
        category: `key_${index}`,
        label: labels[index] ?? "",
        value,
        ofFirst: isLater ? shareOf(value, entered) : null,
        ofPrevious: isLater ? shareOf(value, values[index - 1]) : null
      }
    }),
    stat: null,
    meta: metaOf("count", { additive: false, coverage: { leads: entered, withSpells: Math.round(entered * 0.75) } })
  }
}

export const leaderboardSeries = (
  labels: ReadonlyArray<string>,
  valueOf: (index: number) => number | null,
  meta = metaOf()
): MetricSeries => ({
  instanceId: "leaderboard",
  shape: "leaderboard",
  series: [key],
  points: labels.map((label, index) => ({ category: `user_${index}`, label, rank: index + 1, value: valueOf(index) })),
  stat: null,
  meta
})

/** Cohorts after the index `young` are partial. */
export const cohortSeries = (values: ReadonlyArray<number | null>, young: number): MetricSeries => {
  const meta = metaOf("percent", { additive: false, within: 90, coverage: { leads: 2_340, withSpells: 2_300 } })
  const series = timeseries(["Conversion by cohort"], values.length, (at) => values[at] ?? null, meta)
  const points = series.points.map((point, at) => at < young ? point : { ...point, partial: true })
  return { ...series, points }
}

const dayOf = (index: number) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10)

export const timeseries = (
  labels: ReadonlyArray<string>,
  count: number,
  valueOf: (index: number, series: number) => number | null,
  meta = metaOf()
): Extract<MetricSeries, { shape: "timeseries" }> => ({
  instanceId: "timeseries",
  shape: "timeseries",
  series: labels.map((label, index) => ({ key: labels.length === 1 ? "value" : `key_${index}`, label })),
  points: Array.from({ length: count }, (_, at) => ({
    bucket: dayOf(at),
    ...Object.fromEntries(
      labels.map((_label, index) => [labels.length === 1 ? "value" : `key_${index}`, valueOf(at, index)])
    ),
    ...(at === count - 1 && { partial: true })
  })),
  stat: null,
  meta: { ...meta, ...(meta.window !== undefined && { window: { ...meta.window, bucket: "day" } }) }
})

/** The target has a point for each of `days` days, also after the last point. */
export const withTarget = (found: ReturnType<typeof timeseries>, days: number): ReturnType<typeof timeseries> => ({
  ...found,
  meta: {
    ...found.meta,
    target: {
      value: 10 * days,
      people: 0,
      missing: 0,
      attainedPct: 50,
      expectedByNow: 10,
      projected: null,
      remaining: 5 * days,
      additive: true,
      points: Array.from({ length: days }, (_, at) => ({ bucket: dayOf(at), value: 10 * (at + 1) }))
    }
  }
})

export const statSeries = (
  value: number | null,
  previous: number | null,
  deltaPct: number | null,
  meta = metaOf()
): MetricSeries => ({
  instanceId: "stat",
  shape: "stat",
  series: [key],
  points: [],
  stat: { value, previous, deltaPct },
  meta
})
