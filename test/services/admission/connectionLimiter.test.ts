import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Layer, type Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../../src/domain/Ids.ts"
import type { Plan } from "../../../src/query/Plan.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { clientOf } from "../../../src/services/database/Database.ts"
import { Readiness, ReadinessProbe } from "../../../src/services/database/Readiness.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { planFor, thisMonth } from "../../proof/statements.ts"
import { admin } from "../../support/counted.ts"
import { eventually } from "../../support/eventually.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"
import { recording } from "../../support/recording.ts"

const connections = 3

const environment = (pool: number) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_POOL: String(pool), WIDGET_TIMEOUT: "800 millis" } }))

const serviceOn = (url: Redacted.Redacted, pool = connections) =>
  Layer.mergeAll(MetricSource.layerSql, BuilderOptions.layerSql, Readiness.layer).pipe(
    Layer.provide([ReadinessProbe.layerSql, Admission.layer]),
    Layer.provideMerge(clientOf({ ...settingsOf(url), maxConnections: pool })),
    Layer.provide(environment(pool))
  )

/** Locks crm.leads during the work, so that statements over leads wait. */
const holdingLeads = (url: Redacted.Redacted) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* sql.withTransaction(Effect.andThen(sql`LOCK TABLE crm.leads IN ACCESS EXCLUSIVE MODE`, work))
  }).pipe(Effect.provide(clientOf(settingsOf(url))))

const rowsOf = (plan: Plan) =>
  Effect.gen(function*() {
    const reader = yield* (yield* MetricSource).open(plan.scope)
    return yield* reader.rows(plan)
  })

const countWaiting = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  // Without this statement, PostgreSQL would repeat its first result of pg_stat_activity in this transaction.
  yield* sql`SELECT pg_stat_clear_snapshot()`
  const [found] = yield* sql`
    SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return found?.["n"]
})

const leads = planFor({ id: "leads.total", groupBy: undefined, timeframe: thisMonth, userIds: ["ana"] })

it.effect("statements of widgets and of builder options leave one connection of the pool free", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* Effect.gen(function*() {
      const options = yield* BuilderOptions
      const readiness = yield* Readiness
      const each = [Effect.asVoid(options.of(admin)), Effect.asVoid(rowsOf(leads))]
      const asked = Array.from({ length: 4 }, () => each).flat()
      const waiting = yield* Effect.forEach(asked, (one) => Effect.forkChild(one))
      yield* eventually(countWaiting, (count) => count === connections - 1)
      const answered = yield* Effect.exit(readiness.check)
      const isWaiting = waiting.map((fiber) => fiber.pollUnsafe() === undefined)
      yield* Fiber.interruptAll(waiting)
      assert.deepStrictEqual(answered, Exit.void)
      assert.deepStrictEqual(isWaiting, asked.map(() => true))
    }).pipe(Effect.provide(serviceOn(url)), holdingLeads(url))
  }))

const other = OrgId.make("other")

const askedBy = ({ scope, ...plan }: Plan, organizationId: OrgId): Plan => ({
  ...plan,
  scope: { ...scope, organization: { ...scope.organization, organizationId } }
})

it.effect.each(
  [
    [3, 2, "waits", false],
    [4, 2, "is answered", true],
    [5, 3, "is answered", true],
    [6, 4, "is answered", true]
  ] as const
)(
  "with %i connections, of which a busy organization uses %i, a statement of another organization %s",
  ([pool, most, , isAnswered]) =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* Effect.gen(function*() {
        const calls = planFor({ id: "calls.by_outcome", groupBy: undefined, timeframe: thisMonth, userIds: ["ana"] })
        const many = Array.from({ length: 2 * pool }, () => rowsOf(leads))
        const seen = yield* holdingLeads(url)(Effect.gen(function*() {
          const waiting = yield* Effect.forEach(many, (one) => Effect.forkChild(one))
          yield* eventually(countWaiting, (count) => count === most)
          const first = yield* Effect.forkChild(rowsOf(askedBy(calls, other)))
          if (isAnswered) yield* Fiber.join(first)
          const held = yield* countWaiting
          const isDone = first.pollUnsafe() !== undefined
          yield* Fiber.interruptAll([first, ...waiting])
          return [held, isDone]
        }))
        assert.deepStrictEqual(seen, [most, isAnswered])
        const again = yield* Effect.forEach(many, (one) => one, { concurrency: "unbounded" })
        assert.strictEqual(again.length, many.length)
      }).pipe(Effect.provide(serviceOn(url, pool)))
    })
)

it.effect("the limit of connections applies to metric queries and to builder options", () =>
  Effect.gen(function*() {
    const limited: Array<string> = []
    const record = (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.suspend(() => {
        limited.push(organizationId)
        return effect
      })
    const counting = Layer.effect(
      Admission,
      Effect.map(Admission, (all): Admission["Service"] => ({
        ...all,
        withConnection: record,
        withLongConnection: record
      }))
    ).pipe(Layer.provide(Admission.unlimited))
    yield* Effect.gen(function*() {
      yield* rowsOf(leads)
      yield* (yield* BuilderOptions).of({ ...admin, organizationId: other })
    }).pipe(
      Effect.provide(
        Layer.merge(MetricSource.layerSql, BuilderOptions.layerSql).pipe(
          Layer.provide(counting),
          Layer.provide(recording([], () => Effect.succeed([])))
        )
      )
    )
    assert.deepStrictEqual([...new Set(limited)], [leads.scope.organization.organizationId, other])
  }))
