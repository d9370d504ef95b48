import { Effect, Exit, Option, Ref } from "effect"
import { SqlClient } from "effect/sql"

/** All or nothing. What fails within is what is told, even when the connection is lost and nobody can say ROLLBACK. */
export const transaction = (sql: SqlClient.SqlClient) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const failure = yield* Ref.make(Option.none<Exit.Exit<A, E>>())
    const remembered = Effect.onExit(
      work,
      (exit) => Exit.isFailure(exit) ? Ref.set(failure, Option.some(exit)) : Effect.void
    )
    return yield* sql.withTransaction(remembered).pipe(
      Effect.catchCause((cause) => Effect.flatMap(Ref.get(failure), Option.getOrElse(() => Effect.failCause(cause))))
    )
  })

const beginCut = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

/** Everything that is read within is of one moment. */
export const inOneCut = (sql: SqlClient.SqlClient) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.provideService(transaction(sql)(work), SqlClient.BeginTransaction, beginCut)
