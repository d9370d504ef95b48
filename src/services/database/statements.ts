import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../domain/Ids.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Statement } from "../../query/sql/Statement.ts"
import { SqlFailures } from "./SqlFailures.ts"

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
