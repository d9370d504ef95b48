import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../domain/Ids.ts"
import type { Unavailable, Unreachable } from "../domain/Unavailable.ts"
import type { Tables } from "../metrics/populations.ts"
import { compile } from "../query/compile/compile.ts"
import type { Statement } from "../query/compile/Statement.ts"
import { evaluate } from "../query/evaluate/evaluate.ts"
import type { Plan } from "../query/Plan.ts"
import type { Tally } from "../query/Tally.ts"
import { mapped } from "./Database.ts"
import { transaction } from "./database/transaction.ts"
import { Sending } from "./riding.ts"
import { Turns } from "./Turns.ts"

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

const tallyOf = ({ bucket, currency, d, deals, group, label, n, price }: typeof TallyRow.Type): Tally => ({
  bucket,
  group: group ?? null,
  label: label ?? null,
  currency: currency ?? null,
  n: BigInt(n),
  d: wholeOf(d),
  deals: wholeOf(deals),
  price: wholeOf(price)
})

const beginCut = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

/** Whether the fiber holds its turn and its connection already. */
const IsInCut = Context.Reference<boolean>("crm-reports/services/IsInCut", { defaultValue: () => false })

/** Exact lines for a plan: the seam between what is asked and where it is counted. */
export class MetricSource extends Context.Service<MetricSource, {
  /** Whether it is worth asking now: under overload some are turned away, so that the others are answered in time. */
  admit(organizationId: OrgId): Effect.Effect<void, Unavailable>
  tallies(plan: Plan): Effect.Effect<ReadonlyArray<Tally>, Unreachable>
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
      const turns = yield* Turns
      const sendFor = ({ scope }: Plan, isInCut: boolean) => ({ params, text }: Statement) => {
        const asked = sql.unsafe(text, params)
        return mapped(isInCut ? asked : turns.take(scope.organization.organizationId)(asked))
      }
      const tallies = (plan: Plan) =>
        Effect.contextWith((context: Context.Context<never>) => {
          const sending = Context.get(context, Sending)
          const rows = sending(sendFor(plan, Context.get(context, IsInCut)))(compile(plan))
          return Effect.map(rows, (rows) => decode(rows).map(tallyOf))
        })
      const inOneCut = <A, E, R>(organizationId: OrgId, asking: Effect.Effect<A, E, R>) =>
        Effect.provideService(asking, IsInCut, true).pipe(
          transaction(sql),
          Effect.provideService(SqlClient.BeginTransaction, beginCut),
          turns.take(organizationId),
          mapped
        )
      return { admit: turns.admit, tallies, inOneCut }
    })
  ).pipe(Layer.provide(Turns.layer))

  static readonly layerMemory = (tables: Tables) =>
    Layer.succeed(MetricSource, {
      admit: () => Effect.void,
      tallies: (plan) => Effect.sync(() => evaluate(plan, tables)),
      inOneCut: (_organizationId, asking) => asking
    })
}
