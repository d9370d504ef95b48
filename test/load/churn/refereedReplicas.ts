import { Effect, Layer } from "effect"
import type { ColumnStore } from "../../../src/columnStore/ColumnStore.ts"
import type { AggregateRow } from "../../../src/query/AggregateRow.ts"
import type { Plan } from "../../../src/query/Plan.ts"
import { isVisible, parsePgSnapshot, type Replica } from "../../../src/services/replica/Replica.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { type Reader, sqlReader } from "../../../src/services/run/Reader.ts"
import { linesOf } from "../../proof/agreement.ts"
import { type Count, CurrentPlan, CurrentRun, Referee } from "./Referee.ts"

const observedReplicas = Layer.effect(
  Replicas,
  Effect.gen(function*() {
    const inner = yield* Replicas
    const { keeping, noting } = yield* Referee
    const noted = (opened: Effect.Effect<Replica | undefined>, isInTransaction: boolean) =>
      Effect.gen(function*() {
        const asked = yield* CurrentPlan
        return noting(yield* opened, asked, isInTransaction)
      })
    return {
      accessVersion: inner.accessVersion,
      // Runs share a refresh, which does not run in the context of a run.
      open: (organizationId, send, check) =>
        CurrentRun.pipe(
          Effect.flatMap((run) => inner.open(organizationId, keeping(send, run), check)),
          Effect.map((opened) => noted(opened, false))
        ),
      openIn: (organizationId, send) => Effect.map(inner.openIn(organizationId, send), (opened) => noted(opened, true))
    }
  })
).pipe(Layer.provide(Replicas.layer))

const notingSql = (reader: Reader): Reader => ({
  ...reader,
  rows: (plan) =>
    Effect.andThen(
      Effect.map(CurrentPlan, ({ counts }) => counts.set(plan, "sql")),
      reader.rows(plan)
    )
})

const observedSql = Layer.effect(
  MetricSource,
  Effect.map(MetricSource, (inner) => ({
    ...inner,
    open: (scope, check) => Effect.map(inner.open(scope, check), notingSql),
    snapshot: (organizationId, work) => inner.snapshot(organizationId, (reader) => work(notingSql(reader)))
  }))
).pipe(Layer.provide(MetricSource.layerSql))

const differences = (plan: Plan, found: ReadonlyArray<AggregateRow>, wanted: ReadonlyArray<AggregateRow>) => {
  const [replica, sql] = [linesOf(found), linesOf(wanted)]
  const isEqual = replica.length === sql.length && replica.every((line, index) => line === sql[index])
  if (isEqual) return []
  const only = (lines: ReadonlyArray<string>, others: ReadonlyArray<string>) =>
    lines.filter((line) => !others.includes(line)).slice(0, 5)
  const { asOf, filters: { applied }, id, scope: { people } } = plan
  return [JSON.stringify({
    id,
    asOf,
    filters: applied,
    people: people.map(({ userId }) => userId),
    replica: only(replica, sql),
    sql: only(sql, replica)
  })]
}

/** Compares each count in a replica with a count by SQL at the same PgSnapshot. Then `counted` gets the store. */
export const refereedReplicas = (counted: (store: ColumnStore) => void) =>
  Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const inner = yield* MetricSource
      const { send } = yield* Referee
      const compared = Effect.fnUntraced(
        function*(plan: Plan, rows: ReadonlyArray<AggregateRow>, count: Count | undefined) {
          const run = yield* CurrentRun
          if (count === undefined) {
            run.faults.push(`nothing counted ${plan.id}`)
            return
          }
          if (count === "sql") {
            run.bySql += 1
            return
          }
          const { isBatched, kept, snapshot, store } = count
          counted(store)
          if (run.after !== undefined && !isVisible(parsePgSnapshot(snapshot), run.after)) {
            run.faults.push(`stale: ${snapshot} lacks ${run.after}`)
          }
          if (kept === undefined) {
            run.unchecked += 1
            return
          }
          const asked = sqlReader(send).rows(plan)
          const wanted = yield* kept === "transaction" ? asked : Effect.provide(asked, kept.context)
          run.byReplica += 1
          if (isBatched) run.batched += 1
          if (wanted.length === 0) run.empty += 1
          run.faults.push(...differences(plan, rows, wanted))
        }
      )
      const refereed = (reader: Reader): Reader => {
        const counts = new Map<Plan, Count>()
        const { ahead } = reader
        return {
          ...reader,
          rows: (plan) =>
            Effect.tap(
              Effect.provideService(reader.rows(plan), CurrentPlan, { plan, counts }),
              (rows) => compared(plan, rows, counts.get(plan))
            ),
          ...(ahead !== undefined && {
            ahead: {
              ...ahead,
              count: (plans) => Effect.provideService(ahead.count(plans), CurrentPlan, { plan: undefined, counts })
            }
          })
        }
      }
      return {
        ...inner,
        open: Effect.fnUntraced(function*(scope, check) {
          const run = yield* CurrentRun
          run.scopes.push(scope)
          return refereed(yield* inner.open(scope, check))
        }),
        snapshot: (organizationId, work) => inner.snapshot(organizationId, (reader) => work(refereed(reader)))
      }
    })
  ).pipe(Layer.provide(MetricSource.overReplicas), Layer.provide([observedReplicas, observedSql]))
