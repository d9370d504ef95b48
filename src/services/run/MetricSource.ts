import { Context, Effect, Exit, Layer, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import { coarser } from "../../domain/Buckets.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Unavailable, Unreachable } from "../../domain/Unavailable.ts"
import type { Tables } from "../../metrics/crm.ts"
import { isRowByRow } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import { execute } from "../../query/columnar/execute.ts"
import { viewersInScope } from "../../query/columnar/viewers.ts"
import { compile } from "../../query/compile.ts"
import { compileRecords } from "../../query/compileRecords.ts"
import type { CountedPage } from "../../query/CountedRow.ts"
import { evaluate } from "../../query/evaluate.ts"
import { findRecords } from "../../query/findRecords.ts"
import { isEmpty, type Plan, withBucket } from "../../query/Plan.ts"
import type { RecordQuery } from "../../query/Point.ts"
import { startsEarlier } from "../../query/series/shape.ts"
import { timed } from "../../telemetry/measure.ts"
import { countSeconds } from "../../telemetry/metrics.ts"
import { traced } from "../../telemetry/traced.ts"
import type { AccessCheck } from "../access/accessQuery.ts"
import { SqlFailures } from "../database/SqlFailures.ts"
import { type Send, sender } from "../database/statements.ts"
import { snapshotTransaction } from "../database/transaction.ts"
import { ConnectionLimiter } from "../limits/ConnectionLimiter.ts"
import { CountLimiter } from "../limits/CountLimiter.ts"
import { Replicas } from "../replica/Replicas.ts"
import { replicasIgnored } from "../replica/replicasIgnored.ts"
import { countedPageOf } from "./recordRows.ts"

/** A statement omits the columns that its plan does not need. */
const SqlRow = Schema.Struct({
  bucket: Schema.Int,
  n: Schema.String,
  group: Schema.optionalKey(Schema.NullOr(Schema.String)),
  label: Schema.optionalKey(Schema.NullOr(Schema.String)),
  currency: Schema.optionalKey(Schema.NullOr(Schema.String)),
  d: Schema.optionalKey(Schema.String),
  deals: Schema.optionalKey(Schema.String),
  price: Schema.optionalKey(Schema.String)
})

const wholeOf = (text: string | undefined): bigint => text === undefined ? 0n : BigInt(text)

const decode = Schema.decodeUnknownSync(Schema.Array(SqlRow))

const aggregateRowOf = ({ bucket, currency, d, deals, group, label, n, price }: typeof SqlRow.Type): AggregateRow => ({
  bucket,
  group: group ?? null,
  label: label ?? null,
  currency: currency ?? null,
  numerator: BigInt(n),
  denominator: wholeOf(d),
  currencyRows: wholeOf(deals),
  currencyTotal: wholeOf(price)
})

export interface Reader {
  rows(plan: Plan): Effect.Effect<ReadonlyArray<AggregateRow>, Unreachable>
  /** Always uses SQL, because a replica lacks the columns that are only displayed. */
  records(query: RecordQuery): Effect.Effect<CountedPage, Unreachable>
}

const bySql = timed(() => countSeconds({ source: "sql" }))
/** If the replica refuses the plan, the result is undefined. */
const byReplica = timed(
  () => countSeconds({ source: "replica" }),
  (exit) => Exit.isSuccess(exit) && exit.value !== undefined
)

const sqlReader = (send: Send): Reader => ({
  rows: (plan) =>
    Effect.map(bySql(traced(`sql ${plan.id}`)(send(compile(plan)))), (rows) => decode(rows).map(aggregateRowOf)),
  records: (query) => Effect.map(traced("sql records")(send(compileRecords(query))), countedPageOf(query))
})

interface Counted {
  /** The plan has coarser buckets if `all_time` needed them. */
  readonly plan: Plan
  readonly rows: ReadonlyArray<AggregateRow>
  readonly before: ReadonlyArray<AggregateRow>
}

export const rowsOf = (reader: Reader, plan: Plan | null) =>
  plan === null || isEmpty(plan) ? Effect.succeed([]) : reader.rows(plan)

/** Returns undefined if there are too many buckets even by year. */
export const countedRows = Effect.fnUntraced(
  function*(reader: Reader, plan: Plan): Effect.fn.Return<Counted | undefined, Unreachable> {
    const rows = yield* rowsOf(reader, plan)
    if (!startsEarlier(plan, rows)) return { plan, rows, before: yield* rowsOf(reader, plan.comparison) }
    const bucket = coarser(plan.window?.bucket ?? "year")
    return bucket === undefined ? undefined : yield* countedRows(reader, withBucket(plan, bucket))
  }
)

export class MetricSource extends Context.Service<MetricSource, {
  shedLoad(organizationId: OrgId): Effect.Effect<void, Unavailable>
  /** The reader serves one run. The first statement of the run includes the access query of `check`. */
  open(scope: Scope, check?: AccessCheck<unknown>): Effect.Effect<Reader>
  snapshot<A, E, R>(
    organizationId: OrgId,
    work: (reader: Reader) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | Unreachable, R>
}>()("crm-reports/services/run/MetricSource") {
  static readonly layerSql = Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const limiter = yield* ConnectionLimiter
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      const send = yield* sender
      const open = ({ organization: { organizationId } }: Scope, check?: AccessCheck<unknown>) => {
        const limited: Send = (statement) => limiter.withConnection(organizationId)(send(statement))
        return Effect.succeed(sqlReader(check?.attachTo(limited) ?? limited))
      }
      const snapshot = <A, E, R>(organizationId: OrgId, work: (reader: Reader) => Effect.Effect<A, E, R>) =>
        work(sqlReader(send)).pipe(snapshotTransaction(sql), limiter.withConnection(organizationId), mapSqlErrors)
      return { shedLoad: limiter.shedLoad, open, snapshot }
    })
  )

  static readonly layerReplica = Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const source = yield* MetricSource
      const replicas = yield* Replicas
      const counts = yield* CountLimiter
      const send = yield* sender
      const open = Effect.fnUntraced(function*(scope: Scope, check?: AccessCheck<unknown>) {
        const reader = yield* source.open(scope, check)
        const { organizationId } = scope.organization
        const store = yield* replicas.open(organizationId, check?.attachTo(send) ?? send)
        const viewers = viewersInScope(scope)
        const rows = Effect.fnUntraced(function*(plan: Plan) {
          if (!isRowByRow(plan.metric) || (yield* store) === undefined) return yield* reader.rows(plan)
          // The replica may be discarded while the count waits for its turn.
          const count = Effect.map(store, (current) => current && execute(plan, current, viewers))
          return (yield* byReplica(traced(`count ${plan.id}`)(counts.withTurn(organizationId)(count)))) ??
            (yield* reader.rows(plan))
        })
        return { ...reader, rows }
      })
      const shedLoad = (organizationId: OrgId) =>
        Effect.andThen(source.shedLoad(organizationId), counts.shedLoad(organizationId))
      return { ...source, shedLoad, open }
    })
  ).pipe(Layer.provide([MetricSource.layerSql, Replicas.layer]))

  static readonly layer = Layer.unwrap(Effect.gen(function*() {
    const ignored = yield* replicasIgnored
    if (Option.isSome(ignored)) yield* Effect.logWarning(ignored.value)
    return (yield* Config.replicaRows) === 0 || Option.isSome(ignored)
      ? MetricSource.layerSql
      : Layer.provide(MetricSource.layerReplica, CountLimiter.layer)
  }))

  static readonly layerMemory = (tables: Tables) => {
    const reader: Reader = {
      rows: (plan) => Effect.sync(() => evaluate(plan, tables)),
      records: (query) => Effect.sync(() => findRecords(query, tables))
    }
    return Layer.succeed(MetricSource, {
      shedLoad: () => Effect.void,
      open: () => Effect.succeed(reader),
      snapshot: (_organizationId, work) => work(reader)
    })
  }
}
