import { Effect, Schema } from "effect"
import { OrgId } from "../../domain/Ids.ts"
import { withSqlDeadline } from "./errors.ts"

/** Decodes the rows of a statement; a row that does not fit the schema is a defect. */
export const decodeRows = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    Effect.flatMap(statement, (rows) => Effect.orDie(decode(rows)))
}

/** Decodes the row of a statement that always has one. */
export const decodeRow = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = decodeRows(schema)
  return <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    Effect.flatMap(decode(statement), ([row]) => row === undefined ? Effect.die("no row") : Effect.succeed(row))
}

/** `decodeRows` with the deadline of a short query. */
export const queryRows = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = decodeRows(schema)
  return <E, R>(statement: Effect.Effect<ReadonlyArray<unknown>, E, R>) => decode(withSqlDeadline(statement))
}

export const queryCounts = queryRows(Schema.Struct({ count: Schema.Int }))

export const queryOrganizations = queryRows(Schema.Struct({ organizationId: OrgId }))
