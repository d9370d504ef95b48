import { Context, Effect, Exit, Layer, Option, Ref, Schema } from "effect"
import { identity } from "effect/Function"
import { SqlClient, SqlError } from "effect/sql"
import { CurrentCaller } from "../../domain/Caller.ts"
import { OrgId } from "../../domain/Ids.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import type { Statement } from "../../query/sql/Statement.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { Admission } from "../admission/Admission.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { isUnavailable, sqlMessageOf, sqlStateOf } from "./errors.ts"

const isSqlError = <E>(error: E): error is Extract<E, SqlError.SqlError> => SqlError.isSqlError(error)

type ForCaller = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | Unavailable, R>

const forCaller = ({ withConnection }: Admission["Service"]): ForCaller => (effect) =>
  Effect.withFiber((fiber) =>
    Option.match(Context.getOption(fiber.context, CurrentCaller), {
      onNone: () => effect,
      onSome: ({ organizationId }) => withConnection(organizationId)(effect)
    })
  )

const failures = (limited: ForCaller) => {
  const logUnavailable = throttledWarning("the database is unavailable")
  const logTimeout = throttledWarning("a statement did not end within 5 seconds")

  const failureOf = ({ reason }: SqlError.SqlError): Effect.Effect<never, Unreachable> => {
    if (sqlStateOf(reason) === "57014") return Effect.fail(new TimedOut())
    return isUnavailable(reason)
      ? Effect.andThen(
        logUnavailable({ sqlState: sqlStateOf(reason) ?? "none", reason: sqlMessageOf(reason) }),
        Effect.fail(new Unavailable())
      )
      : Effect.die(reason)
  }

  const mapSqlErrors = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.catchIf(effect, isSqlError<E>, failureOf)

  /** The deadline includes the wait for a connection. */
  const withSqlDeadline = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    limited(mapSqlErrors(effect)).pipe(
      withDeadline("5 seconds"),
      Effect.tapErrorTag("TimedOut", () => logTimeout({}))
    )

  return { mapSqlErrors, withSqlDeadline }
}

/** All statements share one `SqlFailures`, so that each warning is logged at most once a second. */
export class SqlFailures extends Context.Service<SqlFailures, ReturnType<typeof failures>>()(
  "crm-reports/services/database/SqlFailures"
) {
  static readonly layer = Layer.sync(SqlFailures, () => failures(identity))

  static readonly layerLimited = Layer.effect(
    SqlFailures,
    Effect.map(Admission, (admission) => failures(forCaller(admission)))
  )
}

export type Send = (statement: Statement) => Effect.Effect<ReadonlyArray<object>, Unreachable>

export const sender = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const send: Send = ({ params, text }) => mapSqlErrors(sql.unsafe(text, params))
  return send
})

export const decodeRows = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    Effect.flatMap(statement, (rows) => Effect.orDie(decode(rows)))
}

export const decodeRow = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = decodeRows(schema)
  return <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    Effect.flatMap(decode(statement), ([row]) => row === undefined ? Effect.die("no row") : Effect.succeed(row))
}

export const queryRows = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = decodeRows(schema)
  return SqlFailures.useSync(({ withSqlDeadline }) => <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    decode(withSqlDeadline(statement))
  )
}

export const countRows = queryRows(Schema.Struct({ count: Schema.Int }))

/** Runs a statement whose rows have an `organizationId`, and returns these ids. */
export const organizationIds = Effect.map(
  queryRows(Schema.Struct({ organizationId: OrgId })),
  (query) => <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    Effect.map(query(statement), (rows) => rows.map(({ organizationId }) => organizationId))
)

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
