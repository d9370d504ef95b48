import { Effect, Schema } from "effect"
import { type SqlClient, SqlError } from "effect/sql"
import { OrgId } from "../../domain/Ids.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import type { Statement } from "../../query/sql/Statement.ts"
import { throttledWarning } from "../limits/throttledWarning.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import { isUnavailable, sqlMessageOf, sqlStateOf } from "./errors.ts"

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

/** Expected errors become `Unavailable` or `TimedOut`. All others become defects. */
export const mapSqlErrors = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.catchIf(effect, isSqlError<E>, failureOf)

const logTimeout = throttledWarning("a statement did not end within 5 seconds")

/** The deadline includes the wait for a connection. */
export const withSqlDeadline = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  mapSqlErrors(effect).pipe(
    withDeadline("5 seconds"),
    Effect.tapErrorTag("TimedOut", () => logTimeout({}))
  )

export type Send = (statement: Statement) => Effect.Effect<ReadonlyArray<object>, Unreachable>

export const sendTo = (sql: SqlClient.SqlClient): Send => ({ params, text }) => mapSqlErrors(sql.unsafe(text, params))

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
  return <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) => decode(withSqlDeadline(statement))
}

export const queryCounts = queryRows(Schema.Struct({ count: Schema.Int }))

export const queryOrganizations = queryRows(Schema.Struct({ organizationId: OrgId }))
