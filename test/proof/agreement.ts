import { Data, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { ColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { count, maxTotal } from "../../src/columnStore/count.ts"
import { writeTables } from "../../src/data/writeTables.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { isRowByRow } from "../../src/metrics/Metric.ts"
import type { AggregateRow } from "../../src/query/AggregateRow.ts"
import { leadFieldsOf } from "../../src/query/definitions.ts"
import { evaluate } from "../../src/query/inMemory.ts"
import type { Plan } from "../../src/query/Plan.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { read, readServerState, unlimited } from "../../src/services/replica/load.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { ask, inMemory, type Question, runner } from "../support/ask.ts"
import { changingStore } from "../support/columns.ts"
import { onlyInSql } from "../support/interpreters.ts"
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

/** Returns a line for each row. The lines are sorted, because a source may return rows in any order. */
export const linesOf = (tallies: ReadonlyArray<AggregateRow>) => tallies.map(textOf).toSorted()

type Stores = ReadonlyMap<string, ReadonlyArray<() => ColumnStore>>

const isHuge = (amount: bigint | null) => amount !== null && amount > BigInt(maxTotal)

/** Leaves out rows whose amounts are too large for exact sums of floats. */
export const withoutHuge = (tables: Tables): Tables => ({
  ...tables,
  deals: tables.deals.filter(({ commissionAmount, price }) => ![commissionAmount, price].some(isHuge)),
  dealShares: tables.dealShares.filter(({ amount }) => !isHuge(amount))
})

const amountsIn = (tables: Tables, organizationId: string) =>
  [...tables.deals, ...tables.dealShares].filter((row) => row.organizationId === organizationId).length

const sumsPrices = ({ metric: { dominant, measure } }: Plan) =>
  dominant !== undefined || measure._tag === "Sum" || measure._tag === "Average"

/** A column store has no funnel, no cohorts, and no commissions by the lead behind a deal. */
const isOnlyInSql = (plan: Plan) =>
  onlyInSql.has(plan.id) || (!isRowByRow(plan.metric) && leadFieldsOf(plan).length > 0)

/** Fails unless the column store returns the rows that SQL returned. */
export const expectInColumns = (plan: Plan, found: ReadonlyArray<AggregateRow>, store: ColumnStore, asked: unknown) => {
  if (isOnlyInSql(plan)) return Effect.void
  return Effect.orDie(expectSame("SQL and columns count the same lines", { asked, plan }, {
    sql: linesOf(found),
    columns: linesOf(count(plan, store) ?? [])
  }))
}

/** Returns two column stores per organization: a loaded one, and one that changes before each count. */
const storesOf = Effect.fnUntraced(function*(tables: Tables) {
  const stores = new Map<string, ReadonlyArray<() => ColumnStore>>()
  for (const { organizationId } of tables.organizations) {
    const { store } = yield* read(organizationId, yield* readServerState, unlimited)
    stores.set(organizationId, [() => store, changingStore(organizationId, tables)])
  }
  return stores
})

/** Compares the rows that SQL returns for a plan with those of `query/memory` and of the column stores. */
const agreeing = (seed: number, tables: Tables, stores: Stores) =>
  refereed(
    MetricSource.layerSql,
    Effect.fnUntraced(function*(plan, rows) {
      yield* Effect.orDie(expectSame("SQL and memory count the same lines", { seed, plan }, {
        sql: linesOf(rows),
        memory: linesOf(evaluate(plan, tables))
      }))
      const { organizationId } = plan.scope.organization
      const hasHuge = amountsIn(withoutHuge(tables), organizationId) < amountsIn(tables, organizationId)
      if (hasHuge && sumsPrices(plan)) return
      for (const storeOf of stores.get(organizationId) ?? []) yield* expectInColumns(plan, rows, storeOf(), seed)
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

/** Compares the interpreters for every metric × groupBy × filter set × scope. Rolls the random store back. */
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
