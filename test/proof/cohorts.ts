import { Effect } from "effect"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { ask, type Question } from "../support/ask.ts"
import { expect, expectSame } from "./Broken.ts"

type Timeseries = Extract<MetricSeries, { shape: "timeseries" }>

/** In every time zone, the bucket before `next` ended less than `meta.within` days and one day ago. */
export const isYoung = (next: string | undefined, { asOf, within = 0 }: MetricSeries["meta"]): boolean =>
  next !== undefined && Date.parse(next) + (within + 1) * 86_400_000 > Date.parse(asOf)

export const cohortClaims = ({ meta, points }: Timeseries): ReadonlyArray<readonly [string, boolean]> => {
  const { coverage, within } = meta
  if (coverage === undefined || within === undefined) {
    return [["only cohorts have days and a coverage", coverage === within]]
  }
  const isTold = points.some(({ value }) => value !== null)
  return [
    ["a cohort counts leads that entered", coverage.withSpells <= coverage.leads],
    ["there is a share if a lead has a status history, and only then", isTold === coverage.withSpells > 0]
  ]
}

const valuesOf = (series: MetricSeries | undefined): ReadonlyArray<number | null> =>
  series?.shape === "timeseries" ? series.points.map(({ value }) => typeof value === "number" ? value : null) : []

const isAtMost = (less: ReadonlyArray<number | null>, more: ReadonlyArray<number | null>) =>
  less.length === more.length && less.every((value, index) => {
    const other = more[index] ?? null
    return value === null || other === null ? value === other : value <= other
  })

/** Compares the cohorts of one window with each other, with the leads that entered, and with the funnel. */
export const cohortsHold = Effect.fnUntraced(
  function*(asked: unknown, question: Question, { filters, timeframe }: WidgetRequest) {
    const view = { ...(filters !== undefined && { filters }), ...(timeframe !== undefined && { timeframe }) }
    const widgets = [
      ...[30, 60, 90, 180].map((within) => ({ metricId: "leads.conversion_by_cohort", chart: "line", within })),
      { metricId: "leads.created_over_time", chart: "area" },
      { metricId: "leads.funnel", chart: "funnel" }
    ].map((widget, index) => ({ ...widget, ...view, instanceId: `c${index}` }))
    const answers = yield* ask({ ...question, request: { ...question.request, widgets } })
    const [month, ...more] = answers.slice(0, 4)
    const [entered, funnel] = answers.slice(4)
    if (month === undefined || month.error !== undefined) return
    let shares = valuesOf(month)
    for (const longer of more) {
      const next = valuesOf(longer)
      yield* expect(isAtMost(shares, next), "more days give no smaller share", asked, { shares, next })
      shares = next
    }
    const bucketsOf = (series: MetricSeries | undefined) =>
      series?.shape === "timeseries" ? series.points.map(({ bucket }) => bucket) : []
    yield* expectSame("the cohorts are the buckets of the leads that entered", asked, {
      cohorts: bucketsOf(month),
      entered: bucketsOf(entered)
    })
    const sum = valuesOf(entered).reduce<number>((all, value) => all + (value ?? 0), 0)
    yield* expectSame("cohorts and the funnel cover the leads that entered", asked, {
      cohorts: month.meta.coverage,
      funnel: funnel?.meta.coverage,
      entered: { leads: sum, withSpells: month.meta.coverage?.withSpells }
    })
  }
)
