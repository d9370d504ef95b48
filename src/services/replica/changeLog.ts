import { Data, Effect, Schedule, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { Field } from "../../metrics/Table.ts"
import { hasCitus } from "../database/distributed.ts"
import { sqlStateOf } from "../database/errors.ts"
import { decodeRow } from "../database/statements.ts"
import { capturedTables, captureEpoch, changeTables, isOurTrigger, isTypeCheck } from "./captureEpoch.ts"
import {
  captureStatements,
  logFunctions,
  plainTypeOf,
  triggersPerTable,
  triggerStates,
  typeCheckHash
} from "./logFunction.ts"
import { loggedFields } from "./loggedFields.ts"

/** Each table has its own transaction, which avoids deadlocks with writers. */
const transactions = captureStatements.map((statements) => [
  "SET LOCAL lock_timeout = '50ms'",
  "SELECT pg_advisory_xact_lock(hashtext('crm-reports/capture'))::text",
  ...statements
])

const typeOf = (field: Field): string => {
  switch (field.kind) {
    case "instant":
      return "timestamp(3) with time zone"
    case "money":
      return "numeric(16,2)"
    case "percent":
      return "numeric(9,4)"
    default:
      return plainTypeOf(field)
  }
}

const columns = [...loggedFields].flatMap(([table, fields]) => [
  `('${table}', 'organization_id', 'text')`,
  ...fields.map((field) => `('${table}', '${field.column}', '${typeOf(field)}')`)
])

/** With partitions, inheritance, or row security, a replica could load other rows than the triggers log. */
const areTablesPlain = `(SELECT count(*) = ${capturedTables.length} FROM pg_class c
  WHERE c.relnamespace = 'crm'::regnamespace AND c.relname IN (${
  capturedTables.map((table) => `'${table}'`).join(", ")
})
    AND c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relhassubclass AND NOT row_security_active(c.oid)
    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid))`

const areColumnsKnown = `(SELECT count(*) = ${columns.length} FROM (VALUES ${
  columns.join(", ")
}) v (relation, name, type)
  JOIN pg_class c ON c.relnamespace = 'crm'::regnamespace AND c.relname = v.relation
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = v.name AND NOT a.attisdropped AND a.attgenerated <> 'v'
  JOIN pg_type y ON y.oid = a.atttypid AND y.typcollation = a.attcollation
  WHERE format_type(a.atttypid, a.atttypmod) = v.type)`

/** A publication cannot contain an unlogged table, so an unlogged change log is never published. */
const isLogUnpublished = `(SELECT bool_and(c.relpersistence = 'u') FROM pg_class c WHERE c.oid = ANY (${changeTables}))`

const firesAlways = `(t.tgname, t.tgtype, t.tgenabled, t.tgoldtable, t.tgnewtable) IS NOT DISTINCT FROM
  (s.name, s.type, s.enabled, s.old, s.new) AND t.tgqual IS NULL AND t.tgattr = ''`

/** Creating a trigger waits for open transactions, so afterwards none of them runs an old version of its functions. */
const isNewerThanFunctions = "age(t.xmin) <= age(p.xmin) AND age(t.xmin) <= age(f.xmin)"

const areTriggersOurs = `(SELECT count(*) = ${triggersPerTable * capturedTables.length}
  FROM pg_trigger t, pg_proc p, pg_proc f, (VALUES ${logFunctions}) v (relation, name, hash),
    (VALUES ${triggerStates}) s (name, type, enabled, old, new)
  WHERE ${isOurTrigger} AND ${firesAlways}
    AND t.tgrelid = v.relation AND p.oid = to_regproc(v.name) AND md5(p.prosrc) = v.hash
    AND ${isTypeCheck} AND md5(f.prosrc) = '${typeCheckHash}' AND ${isNewerThanFunctions})`

const selectCapture = `SELECT NOT ${hasCitus} AND ${areTablesPlain} AND ${areColumnsKnown} AND ${isLogUnpublished}
    AS "isPossible",
  ${areTriggersOurs} AS "isEnabled"`

const decodeCapture = decodeRow(Schema.Struct({ isPossible: Schema.Boolean, isEnabled: Schema.Boolean }))

export const captureState = SqlClient.SqlClient.use((sql) => decodeCapture(sql.unsafe(selectCapture)))

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
export const logState = SqlClient.SqlClient.use((sql) => decodeLogState(sql.unsafe(selectLogState)))

export class LogIncomplete extends Data.TaggedError("LogIncomplete")<{}> {
  override get message() {
    return "the change log may lack changes of a prepared transaction that is older than a restart of PostgreSQL: " +
      "send COMMIT PREPARED or ROLLBACK PREPARED"
  }
}

export class CaptureFailed extends Data.TaggedError("CaptureFailed")<{ readonly cause: SqlError.SqlError }> {
  override get message() {
    return "the triggers of the change log could not be created"
  }
}

const lockNotAvailable = "55P03"

/** Each attempt can block writers, so the pauses between attempts grow. */
const attempts = Schedule.upTo(Schedule.exponential("100 millis"), { times: 5 })

export const enableCapture = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { isEnabled, isPossible } = yield* captureState
  if (isEnabled || !isPossible) return
  for (const statements of transactions) {
    yield* sql.withTransaction(Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
      .pipe(
        Effect.retry({ schedule: attempts, while: ({ reason }) => sqlStateOf(reason) === lockNotAvailable }),
        Effect.mapError((cause) => new CaptureFailed({ cause }))
      )
  }
})
