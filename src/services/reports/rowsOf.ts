import { Effect, Schema } from "effect"
import type { Statement } from "effect/sql"
import { soon } from "../Database.ts"

/** The rows of a statement; one that does not fit is a defect. */
export const rowsOf = <S extends Schema.Decoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return (statement: Statement.Statement<unknown>) =>
    statement.pipe(soon, Effect.flatMap((rows) => Effect.orDie(decode(rows))))
}
