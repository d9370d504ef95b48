import { Context, Effect, Layer, Option } from "effect"
import { SqlError } from "effect/sql"
import { CurrentCaller } from "../../domain/Caller.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { ConnectionLimiter } from "../limits/ConnectionLimiter.ts"
import { throttledWarning } from "../limits/throttledWarning.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import { isUnavailable, sqlMessageOf, sqlStateOf } from "./errors.ts"

const isSqlError = <E>(error: E): error is Extract<E, SqlError.SqlError> => SqlError.isSqlError(error)

const failures = (limiter: ConnectionLimiter["Service"]) => {
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

  /** Expected errors become `Unavailable` or `TimedOut`. All others become defects. */
  const mapSqlErrors = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.catchIf(effect, isSqlError<E>, failureOf)

  /** Statements of a request use the connections of the caller's organization. */
  const forCaller = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | Unavailable, R> =>
    Effect.withFiber((fiber) =>
      Option.match(Context.getOption(fiber.context, CurrentCaller), {
        onNone: () => effect,
        onSome: ({ organizationId }) => limiter.withConnection(organizationId)(effect)
      })
    )

  /** The deadline includes the wait for a connection. */
  const withSqlDeadline = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    forCaller(mapSqlErrors(effect)).pipe(
      withDeadline("5 seconds"),
      Effect.tapErrorTag("TimedOut", () => logTimeout({}))
    )

  return { mapSqlErrors, withSqlDeadline }
}

/** All statements share it, so that each warning is logged at most once a second. */
export class SqlFailures extends Context.Service<SqlFailures, ReturnType<typeof failures>>()(
  "crm-reports/services/database/SqlFailures"
) {
  static readonly layer = Layer.effect(SqlFailures, Effect.map(ConnectionLimiter, failures)).pipe(
    Layer.provide(ConnectionLimiter.layer),
    Layer.orDie
  )
}
