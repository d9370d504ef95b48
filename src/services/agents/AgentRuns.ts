import { Context, Effect, Layer } from "effect"
import type { Refusal, RunTable } from "../../domain/AgentAnswer.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RunRequest } from "../../domain/Run.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import { type Bucket, buckets } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { notesOf } from "../../presentation/notesOf.ts"
import { tableOf } from "../../presentation/tableOf.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { shortMeta } from "./shortMeta.ts"
import { smallAnswer } from "./smallAnswer.ts"

const maxRows = 60

const hint = "Ask for fewer widgets, a shorter timeframe, a coarser bucket or no groupBy."

const coarser = (bucket: Bucket): Bucket | undefined => buckets[buckets.indexOf(bucket) + 1]

/** Returns undefined if the series has few enough points. */
const nextBucketOf = ({ meta: { window }, points, shape }: MetricSeries): Bucket | undefined =>
  shape === "timeseries" && points.length > maxRows && window !== undefined ? coarser(window.bucket) : undefined

const tableFor = (asked: MetricSeries, shown: MetricSeries): RunTable => {
  const { error, instanceId, meta } = shown
  const { columns, rows } = tableOf(shown)
  const [before, after] = [asked.meta.window?.bucket, meta.window?.bucket]
  const coarsened = before === after
    ? []
    : [`Coarsened: a row is a ${after}, because ${asked.points.length} rows by ${before} are too many.`]
  return {
    instanceId,
    columns: columns.map(({ label }) => label),
    rows,
    notes: [...coarsened, ...notesOf(shown)],
    meta: shortMeta(meta),
    ...(error !== undefined && { error })
  }
}

/** Returns compact tables with few rows, for agents. */
export class AgentRuns extends Context.Service<AgentRuns, {
  run(
    caller: Caller,
    request: RunRequest
  ): Effect.Effect<{ readonly results: ReadonlyArray<RunTable> }, Refusal | Unreachable>
}>()("crm-reports/services/agents/AgentRuns") {
  static readonly layer = Layer.effect(
    AgentRuns,
    Effect.map(MetricRunner, (runner) => {
      const shownFor = Effect.fnUntraced(
        function*(caller: Caller, request: RunRequest, index: number, asked: MetricSeries) {
          const [widget] = request.widgets.slice(index, index + 1)
          let shown = asked
          for (let bucket = nextBucketOf(shown); bucket !== undefined; bucket = nextBucketOf(shown)) {
            const timeframe = { ...(widget?.timeframe ?? request.timeframe ?? { preset: "last_30d" }), bucket }
            const widgets = widget === undefined ? [] : [{ ...widget, timeframe }]
            const [coarse] = yield* runner.run(caller, { ...request, widgets })
            if (coarse === undefined || coarse.points.length >= shown.points.length) break
            shown = coarse
          }
          return tableFor(asked, shown)
        }
      )
      const run = Effect.fnUntraced(function*(caller: Caller, request: RunRequest) {
        const found = yield* runner.run(caller, request)
        const results = yield* Effect.forEach(found, (series, index) => shownFor(caller, request, index, series))
        return yield* smallAnswer({ results }, hint)
      })
      return { run }
    })
  )
}
