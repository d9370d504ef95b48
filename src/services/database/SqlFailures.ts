import { Context, Effect, Layer, Option } from "effect"
import { identity } from "effect/Function"
import { SqlError } from "effect/sql"
import { CurrentCaller } from "../../domain/Caller.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
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
