import { Data, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../src/data/writeTables.ts"
import type { Tables } from "../../src/metrics/populations.ts"
import type { Plan } from "../../src/query/Plan.ts"
import type { Tally } from "../../src/query/Tally.ts"
import { Directory } from "../../src/services/Directory.ts"
import { MetricSource } from "../../src/services/MetricSource.ts"
import { ask, inMemory, type Question, runner } from "../support/ask.ts"
import { randomTables } from "../support/randomTables.ts"
import { expectSame } from "./Broken.ts"
import { questionsOf } from "./questions.ts"
import { sum, type Tried, triedOf } from "./Tried.ts"

const textOf = ({ bucket, currency, d, deals, group, label, n, price }: Tally) =>
  JSON.stringify([bucket, currency, group, label, String(n), String(d), String(deals), String(price)])

/** Lines in an order of their own: a source gives them in any. */
const linesOf = (tallies: ReadonlyArray<Tally>) => tallies.map(textOf).toSorted()

/** SQL, whose every answer must be the memory's, line for line. */
const refereed = (seed: number, tables: Tables) =>
  Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const sql = yield* Effect.provide(Effect.service(MetricSource), MetricSource.layerSql)
      const memory = yield* Effect.provide(Effect.service(MetricSource), MetricSource.layerMemory(tables))
      const tallies = Effect.fnUntraced(function*(plan: Plan) {
        const found = yield* sql.tallies(plan)
        yield* Effect.orDie(expectSame("SQL and memory count the same lines", { seed, plan }, {
          sql: linesOf(found),
          memory: linesOf(yield* memory.tallies(plan))
        }))
        return found
      })
      return { ...sql, tallies }
    })
  )

const compare = Effect.fnUntraced(function*(seed: number, tables: Tables, question: Question) {
  const inSql = runner.pipe(Layer.provide([refereed(seed, tables), Directory.layerSql]))
  const sql = yield* Effect.provide(ask(question), inSql)
  const memory = yield* Effect.provide(ask(question), inMemory(tables))
  for (const [index, widget] of question.request.widgets.entries()) {
    const asked = { seed, caller: question.caller, assigneeIds: question.request.assigneeIds, widget }
    yield* expectSame("SQL and memory answer the same", asked, { sql: sql[index], memory: memory[index] })
  }
  return triedOf(memory)
})

/** Carries what was tried out of a transaction that is to leave nothing. */
class Undone extends Data.TaggedError("Undone")<{ readonly tried: Tried }> {}

/** Every metric × groupBy × filter set × scope on one random store, which is gone afterwards. */
export const agree = Effect.fnUntraced(function*(seed: number) {
  const sql = yield* SqlClient.SqlClient
  const tables = randomTables(seed)
  return yield* sql.withTransaction(Effect.gen(function*() {
    yield* writeTables(tables)
    const tried = yield* Effect.forEach(questionsOf(seed, tables), (question) => compare(seed, tables, question))
    return yield* new Undone({ tried: sum(tried) })
  })).pipe(Effect.catchTag("Undone", ({ tried }) => Effect.succeed(tried)))
})
