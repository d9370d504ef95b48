import { Data, Effect } from "effect"
import { SqlError } from "effect/sql"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { throttledWarning } from "../limits/throttledWarning.ts"
import { withDeadline } from "../limits/withDeadline.ts"

export const rootCause = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : rootCause(error.cause)
}

/** Shown to the operator at the start. */
export class DatabaseUnusable extends Data.TaggedError("DatabaseUnusable")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }

  static readonly because = (error: Error) =>
    error instanceof DatabaseUnusable
      ? error
      : new DatabaseUnusable({ reason: `${error.message} (${rootCause(error)})` })
}

/** Undefined for a refused connection. */
export const sqlStateOf = ({ cause }: SqlError.SqlErrorReason): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" &&
    /^(?=.*\d)[0-9A-Z]{5}$/.test(cause.code)
    ? cause.code
    : undefined

export const sqlMessageOf = ({ _tag, cause, message }: SqlError.SqlErrorReason): string => {
  if (!(cause instanceof Error)) return message ?? _tag
  return cause.message || ("code" in cause ? String(cause.code) : cause.name)
}

/** A retry may succeed. */
const isUnavailable = (reason: SqlError.SqlErrorReason): boolean => {
  const state = sqlStateOf(reason)
  if (state === undefined) return reason._tag === "ConnectionError"
  return /^(08|28|53|57P|40001|40P01|55P03|25006)/.test(state)
}

const isSqlError = <E>(error: E): error is Extract<E, SqlError.SqlError> => SqlError.isSqlError(error)

const logUnavailable = throttledWarning("the database is unavailable")

const failureOf = ({ reason }: SqlError.SqlError): Effect.Effect<never, Unreachable> => {
  if (sqlStateOf(reason) === "57014") return Effect.fail(new TimedOut())
  return isUnavailable(reason)
    ? Effect.andThen(
      logUnavailable({ sqlState: sqlStateOf(reason) ?? "none", reason: sqlMessageOf(reason) }),
      Effect.fail(new Unavailable())
    )
    : Effect.die(reason)
}

/** Only `Unavailable` and `TimedOut` are left; the rest are defects. */
export const mapSqlErrors = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.catchIf(effect, isSqlError<E>, failureOf)

const logTimeout = throttledWarning("a statement did not end within 5 seconds")

/** Includes the wait for a connection. */
export const withSqlDeadline = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  mapSqlErrors(effect).pipe(
    withDeadline("5 seconds"),
    Effect.tapErrorTag("TimedOut", () => logTimeout({}))
  )
