import { Context, Deferred, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { Scope as PeopleInScope } from "../../../src/domain/Scope.ts"
import type { ColumnStore } from "../../../src/query/columnar/ColumnStore.ts"
import { SqlFailures } from "../../../src/services/database/SqlFailures.ts"
import { type Send, sender } from "../../../src/services/database/statements.ts"
import { snapshotTransaction } from "../../../src/services/database/transaction.ts"
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
  bySql: 0,
  unchecked: 0
})

export const CurrentRun = Context.Reference<Seen>("crm-reports/load/CurrentRun", {
  defaultValue: () => nothingSeen(undefined)
})

/** Tells how one plan was counted: in a replica that had this PgSnapshot, or by SQL. */
export interface Count {
  snapshot: string | undefined
  kept: Kept | "transaction" | undefined
  store: ColumnStore | undefined
  isBySql: boolean
}

export const CurrentCount = Context.Reference<Count>("crm-reports/load/CurrentCount", {
  defaultValue: () => ({ snapshot: undefined, kept: undefined, store: undefined, isBySql: false })
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

const makeReferee = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const send = yield* sender
  const scope = yield* Effect.scope
  const runs = makeRuns()
  const keptAt = new Map<string, Kept>()

  /** Sends a statement of a refresh in a new transaction, and keeps the transaction open. */
  const keeping = (inner: Send): Send => (statement) =>
    Effect.gen(function*() {
      const { ends } = yield* CurrentRun
      const rows = yield* Deferred.make<ReadonlyArray<object>, Effect.Error<ReturnType<Send>>>()
      const done = yield* Deferred.make<void>()
      ends.push(done)
      const transaction = Effect.gen(function*() {
        const found = yield* inner(statement)
        const kept = { context: yield* Effect.context<never>() }
        for (const row of found) if ("snapshot" in row && row.snapshot !== null) keptAt.set(String(row.snapshot), kept)
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

  /** Stores in `count` which PgSnapshot the replica has when the rows are counted. */
  const noting = (replica: Replica | undefined, count: Count, isInTransaction: boolean): Replica | undefined =>
    replica && {
      ...replica,
      get store() {
        count.snapshot = replica.snapshot.text
        count.kept = isInTransaction ? "transaction" : keptAt.get(count.snapshot)
        count.store = replica.store
        return replica.store
      }
    }

  return { keeping, noting, runs, send }
})

export class Referee
  extends Context.Service<Referee, Effect.Success<typeof makeReferee>>()("crm-reports/load/Referee")
{
  static readonly layer = Layer.effect(Referee, makeReferee)
}
