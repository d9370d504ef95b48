import { Context, Deferred, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { ColumnStore } from "../../../src/columnStore/ColumnStore.ts"
import type { Scope as PeopleInScope } from "../../../src/domain/Scope.ts"
import type { Plan } from "../../../src/query/Plan.ts"
import { type Send, sender, snapshotTransaction, SqlFailures } from "../../../src/services/database/statements.ts"
import type { Replica } from "../../../src/services/replica/Replica.ts"

/** Contains the Effect context of an open transaction in which a replica was refreshed. */
interface Kept {
  readonly context: Context.Context<never>
}

/** Collects the counts, scopes and faults of one run. */
export interface Seen {
  /** The run begins after the commit of this transaction. */
  readonly after: string | undefined
  /**
   * The scopes with which the run counted, in order. If the run counts again with a new scope, it returns only the
   * numbers of the last one. A freeze adds no scope.
   */
  readonly scopes: Array<PeopleInScope>
  readonly ends: Array<Deferred.Deferred<void>>
  readonly faults: Array<string>
  byReplica: number
  /** Counts the results in `byReplica` that have no rows. */
  empty: number
  /** Counts the results in `byReplica` that were counted ahead of their widgets. */
  batched: number
  bySql: number
  unchecked: number
}

export const nothingSeen = (after: string | undefined): Seen => ({
  after,
  scopes: [],
  ends: [],
  faults: [],
  byReplica: 0,
  empty: 0,
  batched: 0,
  bySql: 0,
  unchecked: 0
})

export const CurrentRun = Context.Reference<Seen>("crm-reports/load/CurrentRun", {
  defaultValue: () => nothingSeen(undefined)
})

/** Tells how one plan was counted: in a replica that had this PgSnapshot, or by SQL. */
export type Count = "sql" | {
  readonly snapshot: string
  readonly kept: Kept | "transaction" | undefined
  readonly store: ColumnStore
  /** True if the plan was counted ahead of its widget. */
  readonly isBatched: boolean
}

/** The counts of all plans of one reader, and the plan whose rows are asked for. */
interface Asked {
  readonly plan: Plan | undefined
  readonly counts: Map<Plan, Count>
}

export const CurrentPlan = Context.Reference<Asked>("crm-reports/load/CurrentPlan", {
  defaultValue: () => ({ plan: undefined, counts: new Map() })
})

/** Keeps the transactions of an ended run open until every run that overlapped it has ended. */
const makeRuns = () => {
  const running = new Set<Seen>()
  const ended: Array<{ readonly run: Seen; readonly waitsFor: Set<Seen> }> = []
  const end = Effect.fnUntraced(function*(run: Seen) {
    running.delete(run)
    for (const { waitsFor } of ended) waitsFor.delete(run)
    ended.push({ run, waitsFor: new Set(running) })
    const over = ended.filter(({ waitsFor }) => waitsFor.size === 0)
    for (const one of over) ended.splice(ended.indexOf(one), 1)
    for (const { run: { ends } } of over) for (const done of ends) yield* Deferred.succeed(done, undefined)
  })
  return { begin: (run: Seen) => Effect.sync(() => void running.add(run)), end }
}

const snapshotIn = (row: object): unknown => "snapshot" in row ? row.snapshot : null

const makeReferee = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const send = yield* sender
  const scope = yield* Effect.scope
  const runs = makeRuns()
  const keptAt = new Map<string, Kept>()

  /** Sends a statement of a refresh of the run in a new transaction, and keeps the transaction open. */
  const keeping = (inner: Send, { ends }: Seen): Send => (statement) =>
    Effect.gen(function*() {
      const rows = yield* Deferred.make<ReadonlyArray<object>, Effect.Error<ReturnType<Send>>>()
      const done = yield* Deferred.make<void>()
      ends.push(done)
      const transaction = Effect.gen(function*() {
        const found = yield* inner(statement)
        const kept = { context: yield* Effect.context<never>() }
        for (const row of found) {
          const snapshot = "isUnchanged" in row && row.isUnchanged === true ? statement.params[0] : snapshotIn(row)
          if (snapshot !== null) keptAt.set(String(snapshot), kept)
        }
        yield* Deferred.succeed(rows, found)
        yield* Deferred.await(done)
        for (const [text, value] of keptAt) if (value === kept) keptAt.delete(text)
      })
      yield* snapshotTransaction(sql)(transaction).pipe(
        mapSqlErrors,
        Effect.catchCause((cause) => Deferred.failCause(rows, cause)),
        Effect.forkIn(scope)
      )
      return yield* Deferred.await(rows)
    })

  /** Notes for each plan which PgSnapshot the replica has when it counts the plan. */
  const noting = (
    replica: Replica | undefined,
    { counts, plan: asked }: Asked,
    isInTransaction: boolean
  ): Replica | undefined =>
    replica && {
      ...replica,
      count: (plan, viewers) => {
        const snapshot = replica.snapshot.text
        const kept = isInTransaction ? "transaction" : keptAt.get(snapshot)
        counts.set(plan, { snapshot, kept, store: replica.store, isBatched: plan !== asked })
        return replica.count(plan, viewers)
      }
    }

  return { keeping, noting, runs, send }
})

export class Referee
  extends Context.Service<Referee, Effect.Success<typeof makeReferee>>()("crm-reports/load/Referee")
{
  static readonly layer = Layer.effect(Referee, makeReferee)
}
