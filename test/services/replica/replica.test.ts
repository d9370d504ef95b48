import { assert, layer } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../../src/data/writeTables.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { captureState, enableCapture } from "../../../src/services/replica/changeLog.ts"
import { changesSince, decodeChanges } from "../../../src/services/replica/changesSince.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import type { Replica } from "../../../src/services/replica/Replica.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { call, noTables } from "../../../src/testing/rows.ts"
import { expectInColumns, withoutHuge } from "../../proof/agreement.ts"
import { questionsOf } from "../../proof/questions.ts"
import { ask, type Question, runner } from "../../support/ask.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { now, randomTables } from "../../support/randomTables.ts"
import { refereed } from "../../support/sourceThat.ts"

const organizationId = OrgId.make("org_1")

const changesOf = Effect.fnUntraced(function*({ snapshot }: Replica) {
  const sql = yield* SqlClient.SqlClient
  const { params, text } = changesSince(organizationId, snapshot.text)
  return yield* decodeChanges(sql.unsafe(text, params))
})

const refreshed = (replica: Replica) => Effect.map(changesOf(replica), replica.apply)

/** Compares the rows that SQL returns for each plan with the rows of the replica. */
const referee = ({ store }: Replica, step: unknown) =>
  refereed(MetricSource.layerSql, (plan, rows) => expectInColumns(plan, rows, store, step))

const agrees = (replica: Replica, questions: ReadonlyArray<Question>, step: unknown) =>
  Effect.forEach(
    questions,
    (question) =>
      Effect.gen(function*() {
        const source = runner.pipe(Layer.provide([referee(replica, step), Organizations.layerSql]))
        const series = yield* Effect.provide(ask(question), source)
        // A widget whose rows differ has the error `unavailable`.
        const broken = series.filter(({ error }) => error?.code === "unavailable")
        assert.deepStrictEqual(broken, [], `after step ${step}`)
      }),
    { discard: true }
  )

const randomQuestions = (seed: number, tables: Tables): ReadonlyArray<Question> =>
  questionsOf(seed, tables).map(({ caller, request }) => ({
    caller: { ...caller, organizationId },
    request: { ...request, widgets: request.widgets.filter((_, index) => index % 5 === seed % 5) }
  }))

const written = (tables: Tables) => writeTables(tables, { isUpdating: true })

const emptied = Effect.fnUntraced(function*(third: number) {
  const sql = yield* SqlClient.SqlClient
  for (const table of ["leads", "lead_status_spells", "deals", "deal_shares", "tasks", "calls", "emails"]) {
    yield* sql`
      DELETE FROM crm.${sql(table)} r
      WHERE r.organization_id = ${organizationId} AND abs(hashtext(r::text)) % 3 = ${third}
    `
  }
})

const lateCalls = (step: number): Tables => ({
  ...noTables,
  organizations: [],
  calls: [1, 2, 3].map((place) =>
    call(`late_${step}_${place}`, "2024-03-02T10:00", { organizationId, ownerId: `user_${place}` })
  )
})

/** Writes calls in a transaction that stays open until `end` runs. */
const held = Effect.fnUntraced(function*(step: number) {
  const sql = yield* SqlClient.SqlClient
  const hasWritten = yield* Deferred.make<void>()
  const end = yield* Deferred.make<void>()
  const fiber = yield* Effect.forkChild(sql.withTransaction(
    written(lateCalls(step)).pipe(
      Effect.andThen(Deferred.succeed(hasWritten, undefined)),
      Effect.andThen(Deferred.await(end))
    )
  ))
  yield* Deferred.await(hasWritten)
  return { end: Effect.andThen(Deferred.succeed(end, undefined), Fiber.join(fiber)) }
})

const cleared = Effect.forEach([0, 1, 2], emptied, { discard: true })

layer(postgresTest, { excludeTestServices: true })("a replica", (it) => {
  it.effect("three concurrent attempts to enable the change log succeed", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* captureState, { isPossible: true, isEnabled: false })
      yield* Effect.all([enableCapture, enableCapture, enableCapture], { concurrency: "unbounded" })
      assert.deepStrictEqual(yield* captureState, { isPossible: true, isEnabled: true })
    }))

  it.effect("a replica loaded from empty tables counts rows written later", () =>
    Effect.gen(function*() {
      const tables = withoutHuge(randomTables(2))
      yield* cleared
      const replica = yield* load(organizationId, unlimited)
      yield* written(tables)
      assert.isTrue(yield* refreshed(replica))
      yield* agrees(replica, randomQuestions(2, tables), 0)
    }).pipe(fixedClock(now)))

  it.effect(
    "a replica counts the same rows as SQL while transactions commit in another order than they began",
    () =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const tables = withoutHuge(randomTables(1))
        yield* written(tables)
        const replica = yield* load(organizationId, unlimited)
        const questions = randomQuestions(1, tables)
        const open: Array<{ readonly end: Effect.Effect<unknown, unknown> }> = []
        for (let step = 2; step < 24; step++) {
          open.push(yield* held(step))
          yield* written(withoutHuge(randomTables(step)))
          yield* sql.withTransaction(Effect.andThen(emptied(1), Effect.fail("undone"))).pipe(Effect.ignore)
          if (step % 3 === 0) yield* emptied(step % 9 / 3)
          if (open.length > 3) yield* open.splice(step % 4, 1)[0]?.end ?? Effect.void
          const early = yield* changesOf(replica)
          if (step % 5 === 0) yield* open.shift()?.end ?? Effect.void
          const late = yield* changesOf(replica)
          for (const look of step % 2 === 0 ? [early, late] : [late, early]) assert.isTrue(replica.apply(look))
          yield* agrees(replica, questions, step)
        }
        yield* Effect.forEach(open, ({ end }) => end)
        assert.isTrue(yield* refreshed(replica))
        yield* agrees(replica, questions, "at the end")
      }).pipe(fixedClock(now))
  )
})
