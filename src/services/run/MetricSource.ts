import { Context, Effect, Layer, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Unavailable, Unreachable } from "../../domain/Unavailable.ts"
import type { Tables } from "../../metrics/crm.ts"
import { isRowByRow } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import { execute } from "../../query/columnar/HashAggregate.ts"
import { compile } from "../../query/compile.ts"
import { evaluate } from "../../query/evaluate.ts"
import type { Plan } from "../../query/Plan.ts"
import type { Statement } from "../../query/sql/Statement.ts"
import { asking } from "../access/accessQuery.ts"
import { mapSqlErrors } from "../database/Database.ts"
import { inOneCut as cut } from "../database/transaction.ts"
import { ConnectionLimiter } from "../limits/ConnectionLimiter.ts"
import { Replicas } from "../replica/Replicas.ts"

/** What no line of a statement has, it does not say; one that forgets something disagrees with memory. */
const TallyRow = Schema.Struct({
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

const decode = Schema.decodeUnknownSync(Schema.Array(TallyRow))

const tallyOf = ({ bucket, currency, d, deals, group, label, n, price }: typeof TallyRow.Type): AggregateRow => ({
  bucket,
  group: group ?? null,
  label: label ?? null,
  currency: currency ?? null,
  numerator: BigInt(n),
  denominator: wholeOf(d),
  currencyRows: wholeOf(deals),
  currencyTotal: wholeOf(price)
})

/** Whether the fiber holds its turn and its connection already. */
const IsInCut = Context.Reference<boolean>("crm-reports/services/IsInCut", { defaultValue: () => false })

/** One reads a replica, one is spared, and one counts for everybody else. */
const fewestConnections = 3

/** Exact lines for a plan: the seam between what is asked and where it is counted. */
export class MetricSource extends Context.Service<MetricSource, {
  /** Whether it is worth asking now: under overload some are turned away, so that the others are answered in time. */
  shedLoad(organizationId: OrgId): Effect.Effect<void, Unavailable>
  tallies(plan: Plan): Effect.Effect<ReadonlyArray<AggregateRow>, Unreachable>
  /** Everything that is asked within sees the rows of one moment. */
  inOneCut<A, E, R>(
    organizationId: OrgId,
    asking: Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | Unreachable, R>
}>()("crm-reports/services/MetricSource") {
  static readonly layerSql = Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const limiter = yield* ConnectionLimiter
      const sendFor = ({ scope }: Plan, isInCut: boolean) => ({ params, text }: Statement) => {
        const asked = sql.unsafe(text, params)
        return mapSqlErrors(isInCut ? asked : limiter.withConnection(scope.organization.organizationId)(asked))
      }
      const tallies = (plan: Plan) =>
        Effect.contextWith((context: Context.Context<never>) => {
          const rows = asking(sendFor(plan, Context.get(context, IsInCut)))(compile(plan))
          return Effect.map(rows, (rows) => decode(rows).map(tallyOf))
        })
      const inOneCut = <A, E, R>(organizationId: OrgId, work: Effect.Effect<A, E, R>) =>
        Effect.provideService(work, IsInCut, true).pipe(
          cut(sql),
          limiter.withConnection(organizationId),
          mapSqlErrors
        )
      return { shedLoad: limiter.shedLoad, tallies, inOneCut }
    })
  ).pipe(Layer.provide(ConnectionLimiter.layer))

  /** Counts what it can in memory, where the organization's rows are, and asks SQL for the rest. */
  static readonly layerReplica = Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const sql = yield* MetricSource
      const replicas = yield* Replicas
      const tallies = (plan: Plan) =>
        Effect.contextWith((context: Context.Context<never>) => {
          if (Context.get(context, IsInCut) || !isRowByRow(plan.metric)) return sql.tallies(plan)
          return Effect.flatMap(replicas.fresh(plan.scope), (store) => {
            const counted = store && execute(plan, store)
            // To count takes up to some ten milliseconds: others get their turn after each widget.
            return counted === undefined ? sql.tallies(plan) : Effect.as(Effect.yieldNow, counted)
          })
        })
      return { ...sql, tallies }
    })
  ).pipe(Layer.provide([MetricSource.layerSql, Replicas.layer]))

  /** With replicas where `REPLICA_ROWS` says so and reading one leaves connections to others. */
  static readonly layer = Layer.unwrap(Effect.gen(function*() {
    const mostRows = yield* Config.replicaRows
    const isEmbedded = Option.isNone(yield* Config.databaseUrl)
    const isNarrow = (yield* Config.databasePool) < fewestConnections
    return mostRows === 0 || isEmbedded || isNarrow ? MetricSource.layerSql : MetricSource.layerReplica
  }))

  static readonly layerMemory = (tables: Tables) =>
    Layer.succeed(MetricSource, {
      shedLoad: () => Effect.void,
      tallies: (plan) => Effect.sync(() => evaluate(plan, tables)),
      inOneCut: (_organizationId, asking) => asking
    })
}
