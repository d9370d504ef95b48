import { Effect, Schema } from "effect"
import { OrgId } from "../../domain/Ids.ts"
import { soon } from "./Database.ts"

/** The rows of a statement; one that does not fit is a defect. */
export const rowsOf = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return <E, R>(asking: Effect.Effect<ReadonlyArray<unknown>, E, R>) =>
    asking.pipe(soon, Effect.flatMap((rows) => Effect.orDie(decode(rows))))
}

export const counts = rowsOf(Schema.Struct({ count: Schema.Int }))

export const organizations = rowsOf(Schema.Struct({ organizationId: OrgId }))
