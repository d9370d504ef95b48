import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { count } from "../../src/columnStore/count.ts"
import { writeTables } from "../../src/data/writeTables.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { evaluate } from "../../src/query/inMemory.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { ask, inMemory, type Question, runner } from "./ask.ts"
import { changingStore } from "./columns.ts"
import { sourceThat } from "./sourceThat.ts"

/** A column store does not count these. The service then counts them with SQL, and this source in memory. */
export const onlyInSql: ReadonlySet<string> = new Set(["leads.funnel", "leads.conversion_by_cohort"])

const inColumns = (tables: Tables, organizationId: string) => {
  const storeOf = changingStore(organizationId, tables)
  const source = sourceThat((plan) =>
    Effect.suspend(() => {
      const rows = onlyInSql.has(plan.id) ? evaluate(plan, tables) : count(plan, storeOf())
      return rows === undefined ? Effect.die(`columns do not count ${plan.id}`) : Effect.succeed(rows)
    })
  )
  return Layer.provide(runner, [source, Organizations.layerMemory(tables)])
}

const inSql = Layer.provide(runner, [MetricSource.layerSql, Organizations.layerSql])

class Undo {
  readonly _tag = "Undo"
  readonly series
  constructor(series: Effect.Success<ReturnType<typeof ask>>) {
    this.series = series
  }
}

/** Computes the series over these tables, and rolls the tables back. */
const askSql = (tables: Tables, question: Question) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* sql.withTransaction(Effect.gen(function*() {
      yield* writeTables(tables)
      return yield* Effect.fail(new Undo(yield* Effect.provide(ask(question), inSql)))
    }))
  }).pipe(Effect.catchTag("Undo", ({ series }) => Effect.succeed(series)))

export const interpreters = [
  { name: "SQL", answer: askSql },
  { name: "memory", answer: (tables: Tables, question: Question) => Effect.provide(ask(question), inMemory(tables)) },
  {
    name: "a column store",
    answer: (tables: Tables, question: Question) =>
      Effect.provide(ask(question), inColumns(tables, question.caller.organizationId))
  }
]
