import { Effect } from "effect"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricSeries, TimeseriesPoint } from "../../src/domain/Series.ts"
import { buckets } from "../../src/domain/Timeframe.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { ask, inMemory, type Question } from "../support/ask.ts"
import { randomTables } from "../support/randomTables.ts"
import { Broken, expect, expectSame } from "./Broken.ts"
import { cohortsHold } from "./cohorts.ts"
import { questionsOf } from "./questions.ts"
import { type Rows, soundness } from "./soundness.ts"
import { sum, triedOf } from "./Tried.ts"
import { families, largestOf, slackOf, wholeOf } from "./wholes.ts"

type Answers = ReadonlyArray<MetricSeries>

const near = (one: number, other: number, slack: number) => Math.abs(one - other) <= slack

/** `whole` and `view` count the same rows in different groupings or bucket sizes, so their totals must fit together. */
const expectParts = Effect.fnUntraced(function*(asked: unknown, whole: MetricSeries, view: MetricSeries) {
  const slack = slackOf(whole, view)
  const expected = wholeOf(whole)
  if (view.meta.additive && view.meta.truncated === undefined) {
    return yield* expect(near(wholeOf(view), expected, slack), "parts add up to the whole", asked, { whole, view })
  }
  const isShared = view.shape === "leaderboard" || view.shape === "timeseries"
  if (!isShared || view.meta.unit !== "count") return
  const covers = wholeOf(view) >= expected && largestOf(view) <= expected
  yield* expect(covers, "people who share rows cover the whole, and nobody has more", asked, { whole, view })
})

/** Returns the series that has the previous points as its points. */
const previousOf = (series: MetricSeries): MetricSeries =>
  series.shape === "timeseries" ? { ...series, points: series.previousPoints ?? [] } : series

/** Splits and bucket sizes do not change what the previous points add up to. */
const expectPreviousParts = (asked: unknown, views: Answers): Effect.Effect<void, Broken> => {
  const added = views
    .filter((view) => view.meta.additive && view.shape === "timeseries" && view.previousPoints !== undefined)
    .map(previousOf)
  const [first] = added
  if (first === undefined) return Effect.void
  const broken = added.find((view) => !near(wholeOf(view), wholeOf(first), slackOf(first, view)))
  return expect(broken === undefined, "previous parts add up to the previous whole", asked, { first, broken })
}

/** Returns the widgets of one request for each family of metrics. The widgets of a request count the same rows. */
const viewsOf = (widget: WidgetRequest): ReadonlyArray<ReadonlyArray<WidgetRequest>> =>
  families.map((family, place) =>
    family.flatMap(({ groupBy, metric, metricId }) =>
      (metric.shape === "timeseries" ? buckets : [buckets[0]]).map((bucket) => ({
        ...widget,
        instanceId: `${place} ${metricId} ${groupBy} ${bucket}`,
        metricId,
        chart: metric.charts[0],
        comparePrevious: metric.shape === "timeseries",
        timeframe: { preset: "last_30d", ...widget.timeframe, bucket },
        ...(groupBy !== undefined && { groupBy })
      }))
    )
  )

const familiesHold = Effect.fnUntraced(function*(seed: number, question: Question, widget: WidgetRequest) {
  for (const widgets of viewsOf(widget)) {
    const answers = yield* ask({ ...question, request: { ...question.request, widgets } })
    const sound = answers.filter(({ error, meta }) => error === undefined && meta.gated === undefined)
    const whole = sound.find(({ meta, points, stat }) => meta.additive && (points.length > 0 || stat !== null))
    if (whole === undefined) continue
    const asked = { seed, caller: question.caller, widget }
    for (const view of sound) yield* expectParts(asked, whole, view)
    yield* expectPreviousParts(asked, sound)
  }
})

const cents = (series: MetricSeries) =>
  series.shape === "category" ? series.points.map(({ value }) => Math.round((value ?? Number.NaN) * 100)) : []

/** Checks that the parts of a commission add up to the cent. */
const identities = (asked: unknown, series: MetricSeries): Effect.Effect<void, Broken> => {
  const [total = 0, collaborators = 0, agency = 0, agents = 0, net = 0] = cents(series)
  const isExact = [total, collaborators, agency, agents, net].every(Number.isSafeInteger)
  const holds = !isExact || (total - collaborators === agency && agency - agents === net)
  return expect(holds, "T − Σc = A and A − Σu = N", asked, series)
}

const centsOf = (value: unknown): number => Math.round((typeof value === "number" ? value : Number.NaN) * 100)

/** The months, the overdue deals, and the deals without a date are all open deals, to the cent. */
const forecastHolds = Effect.fnUntraced(function*(seed: number, question: Question, { filters }: WidgetRequest) {
  const widgets = ["deals.expected_value_over_time", "deals.overdue_close", "deals.pipeline_value"].map((metricId) => ({
    instanceId: metricId,
    metricId,
    chart: metricId === "deals.expected_value_over_time" ? "bar" : "stat",
    timeframe: { preset: "all_time", bucket: "month" },
    ...(filters !== undefined && { filters })
  }))
  const answers = yield* ask({ ...question, request: { ...question.request, widgets } })
  const [expected, overdue, pipeline] = answers
  if (expected?.shape !== "timeseries" || overdue?.stat == null || pipeline?.stat == null) return
  const { withoutDate } = expected.meta
  const parts = [...expected.points.map(({ value }) => value), overdue.stat.value, withoutDate?.total].map(centsOf)
  const [sum, whole] = [parts.reduce((all, part) => all + part, 0), centsOf(pipeline.stat.value)]
  const isExact = [...parts, sum, whole].every((one) => !(Math.abs(one) > Number.MAX_SAFE_INTEGER / 100))
  const asked = { seed, caller: question.caller, filters }
  yield* expect(!isExact || sum === whole, "months + overdue + without a date = pipeline value", asked, answers)
  yield* expectSame("the forecast has one currency and one number of deals without a date", asked, {
    expected: [expected.meta.currency, withoutDate],
    overdue: [overdue.meta.currency, overdue.meta.withoutDate],
    pipeline: [pipeline.meta.currency, withoutDate]
  })
})

const askedAlone = (
  { comparePrevious: _compared, ...widget }: WidgetRequest,
  { previousWindow, window }: MetricSeries["meta"]
): WidgetRequest => {
  if (window === undefined) return widget
  const { bucket, timeZone, weekStart } = window
  return { ...widget, timeframe: { preset: "custom", ...previousWindow, bucket, timeZone, weekStart } }
}

/** A group without rows before has 0, or no average. The rows after the first ones may be left out or in `~other`. */
const rowsHold = Effect.fnUntraced(function*(asked: unknown, series: Rows, alone: Rows) {
  const isWhole = alone.meta.truncated === undefined && alone.points.every(({ category }) => category !== "~other")
  for (const { category, previous } of series.points) {
    const before = alone.points.find((point) => point.category === category)
    if (category === "~other" || (before === undefined && !isWhole)) continue
    yield* expectSame("a number before is the number of the window before", { asked, category }, {
      previous: before === undefined ? previous ?? 0 : previous,
      alone: before === undefined ? 0 : before.value
    })
  }
})

/**
 * Compares the previous points with a run over the previous window. With more than 8 groups it does nothing, because
 * the two runs may merge different groups into `~other`.
 */
const comparisonHolds = Effect.fnUntraced(
  function*(asked: unknown, question: Question, widget: WidgetRequest, series: MetricSeries) {
    if (series.shape === "stat" || series.meta.previousWindow === undefined || series.points.length === 0) return
    const widgets = [askedAlone(widget, series.meta)]
    const [alone] = yield* ask({ ...question, request: { ...question.request, comparePrevious: false, widgets } })
    if (alone === undefined || alone.error !== undefined) return
    if (alone.meta.currency !== series.meta.currency) return
    if (series.shape !== "timeseries") {
      return alone.shape === series.shape
        ? yield* rowsHold(asked, series, alone)
        : undefined
    }
    if (alone.shape !== "timeseries" || series.previousPoints === undefined) return
    const keys = new Set([...series.series, ...alone.series].map(({ key }) => key))
    if (keys.size > 8 || alone.points.length === 0) return
    for (const { key } of series.series) {
      const valuesOf = (points: ReadonlyArray<TimeseriesPoint>) =>
        points.map((point) => [point.bucket, point.partial, Object.hasOwn(point, key) ? point[key] : 0])
      yield* expectSame("previous points are the points of the window before", { asked, key }, {
        previous: valuesOf(series.previousPoints),
        alone: valuesOf(alone.points)
      })
    }
  }
)

const holdsFor = Effect.fnUntraced(function*(seed: number, question: Question) {
  const answers: Answers = yield* ask(question)
  for (const [index, widget] of question.request.widgets.entries()) {
    const asked = { seed, caller: question.caller, widget }
    const series = answers[index]
    if (series === undefined) return yield* new Broken({ claim: "every widget is answered", asked, found: answers })
    yield* soundness(asked, series)
    yield* comparisonHolds(asked, question, widget, series)
    if (widget.metricId === "deals.commission_breakdown") yield* identities(asked, series)
    if (widget.metricId === "deals.overdue_close") yield* forecastHolds(seed, question, widget)
    if (series.meta.within !== undefined) yield* cohortsHold(asked, question, widget)
  }
  const whole = question.request.widgets.filter(({ groupBy }) => groupBy === undefined)
  for (const widget of whole.slice(0, 3)) yield* familiesHold(seed, question, widget)
  return triedOf(answers)
})

/** Checks each answer alone, and the answers to one caller together. */
export const invariants = Effect.fnUntraced(function*(seed: number) {
  const tables: Tables = randomTables(seed)
  const tried = yield* Effect.forEach(
    questionsOf(seed, tables),
    (question) => Effect.provide(holdsFor(seed, question), inMemory(tables))
  )
  return sum(tried)
})
