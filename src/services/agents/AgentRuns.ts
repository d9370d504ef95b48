import { Context, Effect, Layer } from "effect"
import type { RecordTable, Refusal, RunTable } from "../../domain/AgentAnswer.ts"
import { coarser } from "../../domain/Buckets.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RecordsResponse } from "../../domain/Records.ts"
import type { RunRequest } from "../../domain/Run.ts"
import type { Meta, MetricSeries } from "../../domain/Series.ts"
import { type Bucket, defaultTimeframe } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { localizationOf } from "../../languages/messagesOf.ts"
import { notesOf } from "../../presentation/notesOf.ts"
import { tableOf } from "../../presentation/tableOf.ts"
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

const nextBucketOf = ({ meta: { window }, points, shape }: MetricSeries): Bucket | undefined =>
  shape === "timeseries" && points.length > maxRows && window !== undefined ? coarser(window.bucket) : undefined

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
    : [`Coarsened: a row is a ${after}, because ${asked.points.length} rows by ${before} are too many.`]
  return {
    instanceId,
    columns: columns.map(({ label }) => label),
    rows,
    notes: [...coarsened, ...notesOf(shown, english)],
    meta: shortMeta(meta),
    ...(error !== undefined && { error })
  }
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
      /** If a series has too many points for an agent, its widget is computed again with larger buckets. */
      const coarsened = Effect.fnUntraced(function*(
        caller: Caller,
        request: RunRequest,
        found: ReadonlyArray<MetricSeries>
      ): Effect.fn.Return<ReadonlyArray<MetricSeries>, Unreachable> {
        const next = new Map(found.map((series) => [series.instanceId, nextBucketOf(series)]))
        const widgets = request.widgets.flatMap((widget) => {
          const bucket = next.get(widget.instanceId)
          const timeframe = widget.timeframe ?? request.timeframe ?? defaultTimeframe
          return bucket === undefined ? [] : [{ ...widget, timeframe: { ...timeframe, bucket } }]
        })
        if (widgets.length === 0) return found
        const coarse = new Map((yield* runner.run(caller, { ...request, widgets })).map((one) => [one.instanceId, one]))
        const shown = found.map((series) => {
          const other = coarse.get(series.instanceId)
          if (other === undefined || other.error !== undefined) return series
          return other.points.length < series.points.length ? other : series
        })
        return shown.every((series, index) => series === found[index])
          ? found
          : yield* coarsened(caller, request, shown)
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
