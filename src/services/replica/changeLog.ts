import { Data, Effect, Schedule, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { createHash } from "node:crypto"
import type { Field } from "../../metrics/Table.ts"
import { imageFields } from "../../query/columnar/projection.ts"
import { lines } from "../../query/sql/Statement.ts"
import { hasCitus } from "../database/distributed.ts"
import { sqlStateOf } from "../database/errors.ts"
import { decodeRow } from "../database/statements.ts"
import { capturedTables, isOurTrigger } from "./captureEpoch.ts"

const columnsOf = (fields: ReadonlyArray<Field>) => fields.map(({ column }) => column)

/** A dropped column is logged as null. `NOT EXISTS` makes PostgreSQL plan anew after a change of the table. */
const logRow = (table: string, fields: ReadonlyArray<Field>, row: "OLD" | "NEW", weight: -1 | 1) =>
  lines(
    "INSERT INTO crm_capture.changes (organization_id, relation, weight, image)",
    `SELECT coalesce(r.organization_id::text, ''), '${table}', ${weight}, r.image FROM (`,
    `SELECT ${["organization_id", ...columnsOf(fields)].map((column) => `NULL AS ${column}`).join(", ")}) dropped,`,
    `LATERAL (SELECT organization_id, json_build_array(${columnsOf(fields).join(", ")}) AS image`,
    `FROM (SELECT ${row}.*) present) r WHERE NOT EXISTS (SELECT FROM crm.${table} WHERE false);`
  )

const logRows = ([table, fields]: readonly [string, ReadonlyArray<Field>]) =>
  lines(
    `WHEN '${table}' THEN`,
    `IF TG_OP <> 'INSERT' THEN ${logRow(table, fields, "OLD", -1)} END IF;`,
    `IF TG_OP <> 'DELETE' THEN ${logRow(table, fields, "NEW", 1)} END IF;`
  )

/** Ignores tables that were renamed or moved to another schema. */
const source = lines(
  "BEGIN",
  "IF TG_TABLE_SCHEMA <> 'crm' THEN RETURN NULL; END IF;",
  "CASE TG_TABLE_NAME",
  ...[...imageFields].map(logRows),
  "ELSE NULL;",
  "END CASE;",
  "RETURN NULL;",
  "END"
)

const sourceHash = createHash("md5").update(source).digest("hex")

/** `SECURITY DEFINER` lets users write to CRM tables without rights on the log. */
const logChange = `CREATE OR REPLACE FUNCTION crm_capture.log_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$${source}$$`

/** `ALWAYS` also covers logical replication, and sessions that turn triggers off. */
const triggerOn = (table: string): ReadonlyArray<string> => [
  `CREATE OR REPLACE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON crm.${table}
  FOR EACH ROW EXECUTE FUNCTION crm_capture.log_change()`,
  `ALTER TABLE crm.${table} ENABLE ALWAYS TRIGGER log_change`
]

/** A transaction per table avoids deadlocks with writers. */
const transactions = [[logChange], ...capturedTables.map(triggerOn)].map((statements) => [
  "SET LOCAL lock_timeout = '50ms'",
  "SELECT pg_advisory_xact_lock(hashtext('crm-reports/capture'))::text",
  ...statements
])

const typeOf = ({ kind }: Field): string => {
  switch (kind) {
    case "text":
    case "uuid":
    case "integer":
      return kind
    case "texts":
      return "text[]"
    case "uuids":
      return "uuid[]"
    case "instant":
      return "timestamp(3) with time zone"
    case "money":
      return "numeric(16,2)"
    case "percent":
      return "numeric(9,4)"
  }
}

const columns = [...imageFields].flatMap(([table, fields]) => [
  `('${table}', 'organization_id', 'text')`,
  ...fields.map((field) => `('${table}', '${field.column}', '${typeOf(field)}')`)
])

/** Partitions, child tables and row security would make a table's rows differ from those that its trigger sees. */
const areTablesPlain = `(SELECT count(*) = ${capturedTables.length} FROM pg_class c
  WHERE c.relnamespace = 'crm'::regnamespace AND c.relname IN (${
  capturedTables.map((table) => `'${table}'`).join(", ")
})
    AND c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relhassubclass AND NOT row_security_active(c.oid))`

const areColumnsKnown = `(SELECT count(*) = ${columns.length} FROM (VALUES ${
  columns.join(", ")
}) v (relation, name, type)
  JOIN pg_class c ON c.relnamespace = 'crm'::regnamespace AND c.relname = v.relation
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = v.name AND NOT a.attisdropped AND a.attgenerated <> 'v'
  JOIN pg_type y ON y.oid = a.atttypid AND y.typcollation = a.attcollation
  WHERE format_type(a.atttypid, a.atttypmod) = v.type)`

/** A publication cannot contain an unlogged table. */
const isLogUnpublished = `(SELECT c.relpersistence = 'u' FROM pg_class c WHERE c.oid = 'crm_capture.changes'::regclass)`

/** Type 29: after each inserted, updated, or deleted row. */
const firesAlways = "t.tgenabled = 'A' AND t.tgtype = 29 AND t.tgqual IS NULL AND t.tgattr = ''"

/** Creating a trigger waits for open transactions, so none of them still runs a former function. */
const isNewerThanFunction = "age(t.xmin) <= age(p.xmin)"

const areTriggersOurs =
  `(SELECT count(*) = ${capturedTables.length} FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE ${isOurTrigger} AND ${firesAlways}
    AND p.oid = to_regproc('crm_capture.log_change') AND md5(p.prosrc) = '${sourceHash}'
    AND ${isNewerThanFunction})`

const selectCapture = `SELECT NOT ${hasCitus} AND ${areTablesPlain} AND ${areColumnsKnown} AND ${isLogUnpublished}
    AS "isPossible",
  ${areTriggersOurs} AS "isEnabled"`

const decodeCapture = decodeRow(Schema.Struct({ isPossible: Schema.Boolean, isEnabled: Schema.Boolean }))

export const captureState = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  return yield* decodeCapture(sql.unsafe(selectCapture))
})

export class CaptureFailed extends Data.TaggedError("CaptureFailed")<{ readonly cause: SqlError.SqlError }> {
  override get message() {
    return "the triggers of the change log could not be created"
  }
}

const lockNotAvailable = "55P03"

/** Each attempt can block writers, so the pauses between them grow. */
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
