import { Data, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { decodeRow } from "../database/statements.ts"
import { captureEpoch, changeTables } from "./captureEpoch.ts"

/**
 * A crash or a promotion of PostgreSQL empties the unlogged change log, but keeps prepared transactions. After these, and
 * after any other restart, the locks of prepared transactions have the virtual transaction -1.
 */
const isLogComplete = `NOT pg_is_in_recovery() AND NOT EXISTS (SELECT FROM pg_locks l
  WHERE l.pid IS NULL AND starts_with(l.virtualtransaction, '-1/') AND l.relation = ANY (${changeTables})
    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))`

const selectLogState = `SELECT ${captureEpoch} AS "captureEpoch", ${isLogComplete} AS "isComplete"`

const decodeLogState = decodeRow(Schema.Struct({ captureEpoch: Schema.String, isComplete: Schema.Boolean }))

/** Read the state before the PgSnapshot, because a prepared transaction can end between them. */
export const logState = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  return yield* decodeLogState(sql.unsafe(selectLogState))
})

export class LogIncomplete extends Data.TaggedError("LogIncomplete")<{}> {
  override get message() {
    return "the change log may lack changes of a prepared transaction that is older than a restart of PostgreSQL: " +
      "send COMMIT PREPARED or ROLLBACK PREPARED"
  }
}
