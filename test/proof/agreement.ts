import { Data, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { isDeepStrictEqual } from "node:util"
import { writeTables } from "../../src/data/writeTables.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/populations.ts"
import { Catalog } from "../../src/services/Catalog.ts"
import { Directory } from "../../src/services/Directory.ts"
import { Gating } from "../../src/services/Gating.ts"
import { MetricRunner } from "../../src/services/MetricRunner.ts"
import { MetricSource } from "../../src/services/MetricSource.ts"
import { randomTables } from "../support/randomTables.ts"
import { type Question, questionsOf } from "./questions.ts"

const runner = MetricRunner.layer.pipe(Layer.provide(Gating.layer), Layer.provide(Catalog.layer))

export const inSql = runner.pipe(Layer.provide([MetricSource.layerSql, Directory.layerSql]))

export const inMemory = (tables: Tables) =>
  runner.pipe(Layer.provide([MetricSource.layerMemory(tables), Directory.layerMemory(tables)]))

/** Two sources that say different things of one store. */
export class Disagreement extends Data.TaggedError("Disagreement")<{
  readonly seed: number
  readonly question: unknown
  readonly sql: MetricSeries | undefined
  readonly memory: MetricSeries | undefined
}> {
  override get message() {
    return JSON.stringify({ seed: this.seed, question: this.question, sql: this.sql, memory: this.memory }, null, 1)
  }
}

const ask = ({ caller, request }: Question) =>
  Effect.gen(function*() {
    return yield* (yield* MetricRunner).run(caller, request)
  })

const compare = Effect.fnUntraced(function*(seed: number, tables: Tables, question: Question) {
  const sql = yield* Effect.provide(ask(question), inSql)
  const memory = yield* Effect.provide(ask(question), inMemory(tables))
  for (const [index, widget] of question.request.widgets.entries()) {
    if (!isDeepStrictEqual(sql[index], memory[index]) || sql[index] === undefined) {
      const { caller, request: { assigneeIds } } = question
      return yield* new Disagreement({
        seed,
        question: { caller, assigneeIds, widget },
        sql: sql[index],
        memory: memory[index]
      })
    }
  }
  return question.request.widgets.length
})

class Undone extends Data.TaggedError("Undone")<{ readonly tried: number }> {}

/** Every metric × groupBy × filter set × scope on one random store, which is gone afterwards. Gives the cases tried. */
export const agree = Effect.fnUntraced(function*(seed: number) {
  const sql = yield* SqlClient.SqlClient
  const tables = randomTables(seed)
  return yield* sql.withTransaction(Effect.gen(function*() {
    yield* writeTables(tables)
    const tried = yield* Effect.forEach(questionsOf(seed, tables), (question) => compare(seed, tables, question))
    return yield* new Undone({ tried: tried.reduce((sum, next) => sum + next, 0) })
  })).pipe(Effect.catchTag("Undone", ({ tried }) => Effect.succeed(tried)))
})
