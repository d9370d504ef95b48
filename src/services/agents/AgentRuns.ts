import { Context, Effect, Layer } from "effect"
import type { RecordTable, Refusal, RunTable } from "../../domain/AgentAnswer.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RecordsResponse } from "../../domain/Records.ts"
import type { RunRequest } from "../../domain/Run.ts"
import type { Meta, MetricSeries } from "../../domain/Series.ts"
import { type Bucket, buckets, defaultTimeframe } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { localizationOf } from "../../languages/messagesOf.ts"
import { notesOf } from "../../presentation/notesOf.ts"
import { rowCount, tableOf } from "../../presentation/tableOf.ts"
import { MetricRunner } from "../run/MetricRunner.ts"

/** The limit is low, because an agent gets each answer twice: as text and as JSON. */
const maxAnswerBytes = 10_000

export const isSmall = (answer: unknown): boolean => Buffer.byteLength(JSON.stringify(answer)) <= maxAnswerBytes

export const smallAnswer = <A>(answer: A, hint: string): Effect.Effect<A, Refusal> =>
  isSmall(answer)
    ? Effect.succeed(answer)
    : Effect.fail({ code: "answer_too_large", message: `The answer is too large. ${hint}` })

export const fitting = <A>(items: ReadonlyArray<A>, most: number): ReadonlyArray<A> => {
  const taken = items.slice(0, most)
  return taken.length === 0 || isSmall({ taken, reserve: "x".repeat(100) }) ? taken : fitting(items, taken.length - 1)
}

const maxRows = 60

/** Agents read English. */
const english = localizationOf("en")

const hint = "Ask for fewer widgets, a shorter timeframe, a coarser bucket or no groupBy."

const daysIn: { readonly [unit in Bucket]: number } = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }

interface Coarser {
  readonly bucket: Bucket
  /** It is an estimate, because the first and the last bucket may be partial. */
  readonly rows: number
}

const rowsIn = (series: MetricSeries): number => series.shape === "timeseries" ? rowCount(series) : series.points.length

/** Returns the first larger bucket with few enough rows, or else the largest. */
const coarserOf = (series: MetricSeries): Coarser | undefined => {
  const { meta: { window }, shape } = series
  if (shape !== "timeseries" || rowsIn(series) <= maxRows || window === undefined) return undefined
  const days = rowsIn(series) * daysIn[window.bucket]
  const larger = buckets.slice(buckets.indexOf(window.bucket) + 1)
    .map((bucket) => ({ bucket, rows: Math.ceil(days / daysIn[bucket]) + 1 }))
  return larger.find(({ rows }) => rows <= maxRows) ?? larger.at(-1)
}

const shortMeta = ({ currency, gated, scope, unit, window }: Meta): RunTable["meta"] => ({
  unit,
  scope,
  ...(currency !== undefined && { currency }),
  ...(window !== undefined && { window }),
  ...(gated !== undefined && { gated })
})

export const recordTable = ({ columns, meta, results, ...page }: RecordsResponse): RecordTable => ({
  ...page,
  columns: ["Id", "Time", "Numerator", "Denominator", ...columns.map(({ label }) => label)],
  rows: results.map(({ at, fields, id, weight: { d, n } }) => [
    id,
    at,
    n,
    d,
    ...columns.map(({ key }) => fields[key]?.text ?? null)
  ]),
  meta: shortMeta(meta)
})

const tableFor = (asked: MetricSeries, shown: MetricSeries): RunTable => {
  const { error, instanceId, meta } = shown
  const { columns, rows } = tableOf(shown, english)
  const [before, after] = [asked.meta.window?.bucket, meta.window?.bucket]
  const coarsened = before === after
    ? []
    : [`Coarsened: a row is a ${after}, because ${rowsIn(asked)} rows by ${before} are too many.`]
  return {
    instanceId,
    columns: columns.map(({ label }) => label),
    rows,
    notes: [...coarsened, ...notesOf(shown, english)],
    meta: shortMeta(meta),
    ...(error !== undefined && { error })
  }
}

/** The table cannot become smaller than this if its series is computed again with larger buckets. */
const leastTable = (series: MetricSeries, next: Coarser | undefined): RunTable => {
  const table = tableFor(series, series)
  if (next === undefined) return table
  const row = table.columns.map((_column, index) => index === 0 ? "2000-01-01" : 0)
  return { ...table, notes: [], rows: Array.from({ length: next.rows - 2 }, () => row) }
}

export class AgentRuns extends Context.Service<AgentRuns, {
  run(
    caller: Caller,
    request: RunRequest
  ): Effect.Effect<{ readonly results: ReadonlyArray<RunTable> }, Refusal | Unreachable>
}>()("crm-reports/services/agents/AgentRuns") {
  static readonly layer = Layer.effect(
    AgentRuns,
    Effect.map(MetricRunner, (runner) => {
      /** If series have too many points for an agent, their widgets are computed once again with larger buckets. */
      const coarsened = Effect.fnUntraced(function*(
        caller: Caller,
        request: RunRequest,
        found: ReadonlyArray<MetricSeries>
      ) {
        const next = new Map(found.map((series) => [series.instanceId, coarserOf(series)]))
        const widgets = request.widgets.flatMap((widget) => {
          const bucket = next.get(widget.instanceId)?.bucket
          const timeframe = widget.timeframe ?? request.timeframe ?? defaultTimeframe
          return bucket === undefined ? [] : [{ ...widget, timeframe: { ...timeframe, bucket } }]
        })
        if (widgets.length === 0) return found
        yield* smallAnswer({ results: found.map((one) => leastTable(one, next.get(one.instanceId))) }, hint)
        const coarse = new Map((yield* runner.run(caller, { ...request, widgets })).map((one) => [one.instanceId, one]))
        return found.map((series) => {
          const other = coarse.get(series.instanceId)
          if (other === undefined || other.error !== undefined) return series
          return rowsIn(other) < rowsIn(series) ? other : series
        })
      })
      const run = Effect.fnUntraced(function*(caller: Caller, request: RunRequest) {
        const found = yield* runner.run(caller, request)
        const shown = yield* coarsened(caller, request, found)
        const results = found.map((series, index) => tableFor(series, shown[index] ?? series))
        return yield* smallAnswer({ results }, hint)
      })
      return { run }
    })
  )
}
