import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../../src/data/writeTables.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { ask } from "../../support/ask.ts"
import { now } from "../../support/randomTables.ts"
import { nothingSeen, onStandby, overStandbys, Pair } from "../../support/standbys.ts"

const emptied = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  for (const table of ["leads", "deals", "tasks", "calls", "emails", "tags", "members", "organizations"]) {
    yield* sql`DELETE FROM crm.${sql(table)}`
  }
})

layer(Pair.layer, { excludeTestServices: true })("the gate of runs on a standby", (it) => {
  it.effect.each(gateCases)(
    "rows outside the scope of the $caller.role change no byte of a run on a standby",
    (question) =>
      Effect.gen(function*() {
        const { primary, standby } = yield* Pair
        const seen = nothingSeen()
        yield* Effect.gen(function*() {
          const answers: Array<string> = []
          for (const tables of [question.tables, question.visible, question.among]) {
            yield* emptied
            yield* writeTables(tables, { isUpdating: true })
            const run = ask({ caller: question.caller, request: yearOf(question, 3) })
            answers.push(JSON.stringify(yield* onStandby(run, seen)))
          }
          const [found] = answers
          assert.deepStrictEqual(answers, [found, found, found])
        }).pipe(Effect.provide(overStandbys(primary, [standby], seen)), fixedClock(now))
        assert.isAbove(seen.answered.length, 10)
      })
  )

  it.effect("a run on a standby does not count the rows of a person who is no longer a member", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const question = gateCases.find(({ caller }) => caller.role === "admin")
      const { caller, tables } = yield* Effect.fromNullishOr(question)
      const seen = nothingSeen()
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        yield* emptied
        yield* writeTables(tables, { isUpdating: true })
        const request = {
          assigneeIds: ["user_1"],
          widgets: [{ instanceId: "w", metricId: "leads.by_status", chart: "donut", timeframe: { preset: "all_time" } }]
        } as const
        const asked = Effect.map(onStandby(ask({ caller, request }), seen), ([series]) => series?.points.length)
        assert.isAbove((yield* asked) ?? 0, 0)
        yield* sql`DELETE FROM crm.members WHERE organization_id = ${caller.organizationId} AND user_id = 'user_1'`
        assert.strictEqual(yield* asked, 0)
      }).pipe(Effect.provide(overStandbys(primary, [standby], seen)), fixedClock(now))
    }))
})
