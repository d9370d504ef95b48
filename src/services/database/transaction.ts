import { Effect, Exit, Option, Ref } from "effect"
import { SqlClient } from "effect/sql"

/** The transaction fails with the error of `work`, even if ROLLBACK fails too. */
export const transaction = (sql: SqlClient.SqlClient) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const failure = yield* Ref.make(Option.none<Exit.Exit<A, E>>())
    const observed = Effect.onExit(
      work,
      (exit) => Exit.isFailure(exit) ? Ref.set(failure, Option.some(exit)) : Effect.void
    )
    return yield* sql.withTransaction(observed).pipe(
      Effect.catchCause((cause) => Effect.flatMap(Ref.get(failure), Option.getOrElse(() => Effect.failCause(cause))))
    )
  })

const begunBy = (begin: string) => (sql: SqlClient.SqlClient) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.provideService(transaction(sql)(work), SqlClient.BeginTransaction, begin)

export const snapshotTransaction = begunBy("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

export const readCommitted = begunBy("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY")
