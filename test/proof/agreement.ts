import { Data, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../src/data/writeTables.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { isRowByRow } from "../../src/metrics/Metric.ts"
import type { AggregateRow } from "../../src/query/AggregateRow.ts"
import type { ColumnStore } from "../../src/query/columnar/ColumnStore.ts"
import { maxAmount } from "../../src/query/columnar/ExactSums.ts"
import { execute } from "../../src/query/columnar/HashAggregate.ts"
import { evaluate } from "../../src/query/evaluate.ts"
import type { Plan } from "../../src/query/Plan.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { read, readServerState, unlimited } from "../../src/services/replica/load.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { ask, inMemory, type Question, runner } from "../support/ask.ts"
import { randomTables } from "../support/randomTables.ts"
import { refereed } from "../support/sourceThat.ts"
import { expectSame } from "./Broken.ts"
import { questionsOf } from "./questions.ts"
import { sum, type Tried, triedOf } from "./Tried.ts"

const textOf = (
  { bucket, currency, denominator, currencyRows, group, label, numerator, currencyTotal }: AggregateRow
) =>
  JSON.stringify([
    bucket,
    currency,
    group,
    label,
    String(numerator),
    String(denominator),
    String(currencyRows),
    String(currencyTotal)
  ])

/** The lines are sorted, because a source may return rows in any order. */
const linesOf = (tallies: ReadonlyArray<AggregateRow>) => tallies.map(textOf).toSorted()

type Stores = ReadonlyMap<string, ColumnStore>

/** True if float64 cannot sum this price exactly. */
export const isHuge = ({ price }: Tables["deals"][number]) => price !== null && price > BigInt(maxAmount)

/** Columnar execution must return SQL's rows, unless only SQL supports the metric. */
export const expectInColumns = (plan: Plan, found: ReadonlyArray<AggregateRow>, store: ColumnStore, asked: unknown) => {
  if (!isRowByRow(plan.metric)) return Effect.void
  return Effect.orDie(expectSame("SQL and columns count the same lines", { asked, plan }, {
    sql: linesOf(found),
    columns: linesOf(execute(plan, store) ?? [])
  }))
}

/** Loads a column store for each organization, unless only SQL can sum its amounts. */
const storesOf = Effect.fnUntraced(function*({ deals, organizations }: Tables) {
  const stores = new Map<string, ColumnStore>()
  for (const { organizationId } of organizations) {
    if (deals.some((deal) => deal.organizationId === organizationId && isHuge(deal))) continue
    stores.set(organizationId, (yield* read(organizationId, yield* readServerState, unlimited)).store)
  }
  return stores
})

/** Compares each answer of SQL with those of memory and of columnar execution. */
const agreeing = (seed: number, tables: Tables, stores: Stores) =>
  refereed(
    MetricSource.layerSql,
    Effect.fnUntraced(function*(plan, rows) {
      yield* Effect.orDie(expectSame("SQL and memory count the same lines", { seed, plan }, {
        sql: linesOf(rows),
        memory: linesOf(evaluate(plan, tables))
      }))
      const store = stores.get(plan.scope.organization.organizationId)
      if (store !== undefined) yield* expectInColumns(plan, rows, store, seed)
    })
  )

const compare = Effect.fnUntraced(function*(seed: number, tables: Tables, stores: Stores, question: Question) {
  const inSql = runner.pipe(Layer.provide([agreeing(seed, tables, stores), Organizations.layerSql]))
  const sql = yield* Effect.provide(ask(question), inSql)
  const memory = yield* Effect.provide(ask(question), inMemory(tables))
  for (const [index, widget] of question.request.widgets.entries()) {
    const asked = { seed, caller: question.caller, assigneeIds: question.request.assigneeIds, widget }
    yield* expectSame("SQL and memory answer the same", asked, { sql: sql[index], memory: memory[index] })
  }
  return triedOf(memory)
})

/** This failure rolls back the transaction and carries its result out. */
class Undone extends Data.TaggedError("Undone")<{ readonly tried: Tried }> {}

/** Compares every metric × groupBy × filter set × scope on a random store, in a transaction that is rolled back. */
export const agree = Effect.fnUntraced(function*(seed: number) {
  const sql = yield* SqlClient.SqlClient
  const tables = randomTables(seed)
  return yield* sql.withTransaction(Effect.gen(function*() {
    yield* writeTables(tables)
    const stores = yield* storesOf(tables)
    const tried = yield* Effect.forEach(
      questionsOf(seed, tables),
      (question) => compare(seed, tables, stores, question)
    )
    return yield* new Undone({ tried: sum(tried) })
  })).pipe(Effect.catchTag("Undone", ({ tried }) => Effect.succeed(tried)))
})
