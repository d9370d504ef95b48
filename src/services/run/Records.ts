import { Cause, Clock, Context, Duration, Effect, Layer, Option, Result } from "effect"
import { Config } from "../../Config.ts"
import { tooMany } from "../../domain/Buckets.ts"
import type { Caller } from "../../domain/Caller.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { defaultRecords, ListChanged, type RecordsRequest, type RecordsResponse } from "../../domain/Records.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Meta } from "../../domain/Series.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { recordTypeOfMetric } from "../../query/compile.ts"
import type { Plan } from "../../query/Plan.ts"
import { shape } from "../../query/series/shape.ts"
import { amountText, amountUnit } from "../../query/series/values.ts"
import { Catalog } from "../access/Catalog.ts"
import { Organizations } from "../access/Organizations.ts"
import { Admission } from "../admission/Admission.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { Goals } from "../goals/Goals.ts"
import { weightsFor } from "./goalsFor.ts"
import { readInScope } from "./MetricRunner.ts"
import type { Reader } from "./Reader.ts"
import { readPoint } from "./readPoint.ts"
import { cursorsFor, listDigest, type RecordCursor } from "./RecordCursor.ts"
import { columnsOf, recordLink, recordOf } from "./recordOf.ts"
import { planWidget } from "./widgets.ts"

type Fault = NonNullable<RecordsResponse["error"]>

const noRecords = (meta: Meta, error?: Fault): RecordsResponse => ({
  results: [],
  total: 0,
  sums: { n: "0", d: null },
  amountUnit: "count",
  columns: [],
  next: null,
  meta,
  ...(error !== undefined && { error })
})

const unknownPoint: Fault = { code: "unknown_point", message: "`at`: the series of this widget has no such point." }
const timedOut: Fault = { code: "timeout", message: "Reading the records took too long." }
const unavailable: Fault = { code: "unavailable", message: "The data cannot be read right now; try again shortly." }
const broken: Fault = { code: "unavailable", message: "The records of this widget cannot be read." }

const totalsWithCursor = InvalidRequest.of([{ path: "part", message: "must not be `totals` with a cursor" }])

interface Paging {
  readonly cursors: ReturnType<typeof cursorsFor>
  /** `last` is the cursor of the request. The first page has none. */
  readonly last: RecordCursor | undefined
}

export class Records extends Context.Service<Records, {
  page(
    caller: Caller,
    request: RecordsRequest
  ): Effect.Effect<RecordsResponse, InvalidRequest | ListChanged | Unreachable>
  /** `page` holds the place of a run, and `laterPage` none, because its file has begun. */
  laterPage(
    caller: Caller,
    request: RecordsRequest
  ): Effect.Effect<RecordsResponse, InvalidRequest | ListChanged | Unreachable>
}>()("crm-reports/services/run/Records") {
  static readonly layer = Layer.effect(
    Records,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const inScope = yield* readInScope
      const organizations = yield* Organizations
      const weightsIn = weightsFor(yield* Goals)
      const admission = yield* Admission
      const timeout = yield* Config.widgetTimeout
      const link = recordLink(Option.getOrUndefined(yield* Config.recordUrl))

      const read = Effect.fnUntraced(function*(
        reader: Reader,
        asked: Plan,
        { at = {}, limit = defaultRecords, part }: RecordsRequest,
        { cursors, last: earlier }: Paging
      ): Effect.fn.Return<RecordsResponse, ListChanged | Unreachable> {
        // The previous window also decides which series a widget has.
        const isCompared = at.period === "previous" || at.series !== undefined
        const needed = { ...asked, ...(!isCompared && { comparison: null }), currency: earlier?.currency }
        const place = { ...at, ...(earlier !== undefined && { shown: earlier.shown }) }
        const found = yield* readPoint(reader, needed, place, { limit, after: earlier?.after, part })
        if (found === undefined) return noRecords(shape(asked, []).meta, tooMany("year"))
        const { open, rows } = found
        const plan = { ...found.plan, comparison: found.plan.comparison ?? asked.comparison }
        const { metric, scope } = plan
        const { truncated: _ofLeaderboard, ...meta } = shape(plan, rows, [], open).meta
        const list = found.found && listDigest(found.plan, found.found.point)
        if (earlier !== undefined && earlier.list !== list) return yield* new ListChanged()
        if (found.found === undefined || list === undefined) return noRecords(meta, unknownPoint)
        const { page, point: { currency, shown } } = found.found
        const { totals } = page
        const type = recordTypeOfMetric(plan)
        const last = page.rows.length < limit ? undefined : page.rows.at(-1)
        return {
          results: page.rows.map(recordOf(metric, type, scope, link)),
          total: totals?.rows ?? null,
          sums: totals === undefined ? null : amountText(metric, totals),
          amountUnit: amountUnit(metric),
          columns: columnsOf(type),
          next: last === undefined
            ? null
            : cursors.textOf({ asOf: plan.asOf, after: { at: last.at, id: last.id, totals }, currency, shown, list }),
          meta
        }
      })

      const laterPage = Effect.fnUntraced(function*(caller: Caller, request: RecordsRequest) {
        if (request.cursor !== undefined && request.part === "totals") return yield* totalsWithCursor
        const now = yield* Clock.currentTimeMillis
        const cursors = cursorsFor(yield* organizations.secret(caller.organizationId), caller, request)
        const last = request.cursor === undefined ? undefined : yield* cursors.read(request.cursor, now)
        const asOf = last?.asOf ?? now
        const pageIn = Effect.fnUntraced(function*(scope: Scope, reader: Reader) {
          const asked = { ...request, widgets: [request.widget] }
          const run = { caller, request: asked, scope, asOf, weights: yield* weightsIn(scope, asked) }
          const planned = yield* planWidget(catalog, run)(request.widget)
          if (Result.isFailure(planned)) return noRecords(planned.failure.meta, planned.failure.error)
          const plan = planned.success
          const faulty = (fault: Fault) => noRecords(shape(plan, []).meta, fault)
          return yield* read(reader, plan, request, { cursors, last }).pipe(
            withDeadline(Duration.toMillis(timeout)),
            Effect.catchTags({
              TimedOut: () => Effect.succeed(faulty(timedOut)),
              Unavailable: () => Effect.succeed(faulty(unavailable))
            }),
            Effect.catchDefect((defect) =>
              Effect.logError("the records of a widget failed", Cause.die(defect)).pipe(
                Effect.annotateLogs({ metricId: plan.id }),
                Effect.as(faulty(broken))
              )
            )
          )
        })
        // A list may seem to have changed only because the remembered scope is old. Then it is read in the new scope.
        const pageOrChanged = (scope: Scope, reader: Reader) =>
          pageIn(scope, reader).pipe(
            Effect.map(Result.succeed),
            Effect.catchTag("ListChanged", (changed) => Effect.succeed(Result.fail(changed)))
          )
        return yield* Effect.fromResult(yield* inScope(caller, request, asOf, pageOrChanged))
      })
      const page = (caller: Caller, request: RecordsRequest) =>
        admission.withPlace("runs", caller.organizationId)(laterPage(caller, request))
      return { page, laterPage }
    })
  )
}
