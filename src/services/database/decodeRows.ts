import { Effect, Schema } from "effect"
import { OrgId } from "../../domain/Ids.ts"
import { withSqlDeadline } from "./Database.ts"

/** The rows of a statement; one that does not fit is a defect. */
export const decodeRows = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return <E, R>(asking: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    asking.pipe(withSqlDeadline, Effect.flatMap((rows) => Effect.orDie(decode(rows))))
}

export const counts = decodeRows(Schema.Struct({ count: Schema.Int }))

export const organizations = decodeRows(Schema.Struct({ organizationId: OrgId }))
