import { Effect } from "effect"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { byCodePoint } from "../../src/query/series/sort.ts"
import { expect } from "./Broken.ts"
import { cohortClaims, isYoung } from "./cohorts.ts"
import { columnsOf } from "./wholes.ts"

const areDifferent = (keys: ReadonlyArray<string>) => new Set(keys).size === keys.length

const ascend = (texts: ReadonlyArray<string>) =>
  texts.every((text, index) => index === 0 || byCodePoint(texts[index - 1] ?? "", text) < 0)

const descend = (values: ReadonlyArray<number | null>) =>
  values.every((value, index) => index === 0 || (values[index - 1] ?? -Infinity) >= (value ?? -Infinity))

const isInUnit = ({ unit }: MetricSeries["meta"]) => (value: number | null) => {
  if (value === null) return true
  const decimals = unit === "count" ? 0 : unit === "money" ? 2 : 1
  const isRounded = value.toFixed(decimals) === String(value) || Number(value.toFixed(decimals)) === value
  if (unit === "percent") return isRounded && value >= 0 && value <= 100
  if (unit === "money") return isRounded
  return isRounded && value >= 0 && (unit !== "count" || Number.isInteger(value))
}

const percentOf = (part: number, whole: number) => whole === 0 ? null : Math.round(part / whole * 1_000) / 10

export type Rows = Extract<MetricSeries, { shape: "category" | "leaderboard" }>

const funnelClaims = (
  { meta: { coverage }, points }: Extract<MetricSeries, { shape: "category" }>
): ReadonlyArray<readonly [string, boolean]> => {
  const shares = points.map(({ ofFirst, ofPrevious }) => [ofFirst, ofPrevious])
  if (coverage === undefined) return [["only a funnel has shares", shares.flat().every((share) => share === undefined)]]
  if (points.length === 0) return [["a funnel without points covers nothing", coverage.leads === 0]]
  const [entered = 0, potential = 0, client = 0, ...others] = points.map(({ value }) => value ?? 0)
  const noStep = others.map(() => [null, null])
  const expected = [
    [null, null],
    [percentOf(potential, entered), percentOf(potential, entered)],
    [percentOf(client, entered), percentOf(client, potential)],
    ...noStep
  ]
  return [
    ["the steps of a funnel never rise", entered >= potential && potential >= client],
    [
      "a lead has one status, so leads that are no step now are at most all",
      others.reduce((a, b) => a + b, 0) <= entered
    ],
    ["the shares are of the first step and of the step before", JSON.stringify(shares) === JSON.stringify(expected)],
    ["the coverage is of the leads that entered", coverage.leads === entered && coverage.withSpells <= entered]
  ]
}

/** Rows have a number before if there is a window before. */
const comparedClaims = ({ meta, points }: Rows): ReadonlyArray<readonly [string, boolean]> => [
  [
    "rows have numbers of the window before, and without one there are none",
    points.every((point) =>
      [point.previous, point.deltaPct].every((one) => (one === undefined) === (meta.previousWindow === undefined))
    )
  ],
  ["the numbers before are of their unit", points.every(({ previous = null }) => isInUnit(meta)(previous))]
]

const claimsOf = (series: MetricSeries): ReadonlyArray<readonly [string, boolean]> => {
  const { meta } = series
  const keys = series.series.map(({ key }) => key)
  const common = [
    ["values are of their unit", columnsOf(series).flat().every(isInUnit(meta))],
    ["series differ", areDifferent(keys)],
    [
      "the previous window ends where this one begins, or before",
      (meta.previousWindow?.to ?? "") <= (meta.window?.from ?? "~")
    ]
  ] as const
  switch (series.shape) {
    case "timeseries": {
      const { points, previousPoints = [] } = series
      const isAhead = meta.withoutDate !== undefined
      const named = new Set([...keys, "bucket", "partial"])
      return [
        ...common,
        ["buckets ascend", ascend(points.map(({ bucket }) => bucket))],
        ["1,000 buckets at most", points.length <= 1_000],
        ["no more than 8 groups and the rest", keys.length <= 9],
        [
          "every point has every group and no other",
          [...points, ...previousPoints].every((point) =>
            keys.every((key) => Object.hasOwn(point, key)) && Object.keys(point).every((key) => named.has(key))
          )
        ],
        [
          "only the ends are cut, and the cohorts that have days left",
          points.every(({ bucket, partial }, index) =>
            partial === undefined || index === 0 || index === points.length - 1 ||
            (isAhead && bucket <= tomorrow(meta.asOf)) || isYoung(points[index + 1]?.bucket, meta)
          )
        ],
        ...cohortClaims(series),
        ["previous buckets ascend", ascend(previousPoints.map(({ bucket }) => bucket))],
        [
          "previous points come with their window, and without one there are none",
          (meta.previousWindow === undefined) === (series.previousPoints === undefined) || points.length === 0
        ],
        ["no bucket begins after now", isAhead || points.every(({ bucket }) => bucket <= tomorrow(meta.asOf))]
      ]
    }
    case "category":
      return [
        ...common,
        ["categories differ", areDifferent(series.points.map(({ category }) => category))],
        ...comparedClaims(series),
        ...funnelClaims(series)
      ]
    case "leaderboard": {
      const { points } = series
      return [
        ...common,
        ...comparedClaims(series),
        ["ranks are 1 to n", points.every(({ rank }, index) => rank === index + 1)],
        ["people differ", areDifferent(points.map(({ category }) => category))],
        ["the largest come first, nothing last", descend(points.map(({ value }) => value))],
        ["50 people at most", points.length <= 50]
      ]
    }
    case "stat":
      return [...common, ["the value before is of its unit", isInUnit(meta)(series.stat?.previous ?? null)]]
  }
}

/** Returns the UTC date of the next day. At `asOf`, no time zone has a later date. */
const tomorrow = (asOf: string) => new Date(Date.parse(asOf) + 86_400_000).toISOString().slice(0, 10)

/** Checks claims that hold for every series. */
export const soundness = Effect.fnUntraced(function*(asked: unknown, series: MetricSeries) {
  for (const [claim, holds] of claimsOf(series)) yield* expect(holds, claim, asked, series)
})
