import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { imageFields } from "../../query/columnar/projection.ts"
import { decodeRow } from "../database/statements.ts"

const tables = [...imageFields.keys()]

const isOurTrigger = `t.tgname = 'log_change' AND t.tgrelid = ANY (ARRAY[${
  tables.map((table) => `'crm.${table}'::regclass`).join(", ")
}]::oid[])`

/** This text differs after a restart, a crash (new statistics), TRUNCATE, or a disabled trigger. */
export const captureEpoch = `concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
pg_relation_filenode('crm.changes'), (
SELECT string_agg(concat(t.tgrelid, t.tgenabled, t.xmin, '/', pg_relation_filenode(t.tgrelid)), ' ' ORDER BY t.tgrelid)
FROM pg_trigger t WHERE ${isOurTrigger}))`

/** `SECURITY DEFINER` lets users write to CRM tables without rights on the log. */
const logChange = `CREATE OR REPLACE FUNCTION crm.log_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
  BEGIN
    IF TG_OP <> 'INSERT' THEN
      INSERT INTO crm.changes (organization_id, relation, weight, image)
      VALUES (OLD.organization_id, TG_TABLE_NAME, -1, to_jsonb(OLD));
    END IF;
    IF TG_OP <> 'DELETE' THEN
      INSERT INTO crm.changes (organization_id, relation, weight, image)
      VALUES (NEW.organization_id, TG_TABLE_NAME, 1, to_jsonb(NEW));
    END IF;
    RETURN NULL;
  END $$`

/** `ALWAYS` also covers logical replication, and sessions that turn triggers off. */
const triggerOn = (table: string): ReadonlyArray<string> => [
  `CREATE OR REPLACE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON crm.${table}
  FOR EACH ROW EXECUTE FUNCTION crm.log_change()`,
  `ALTER TABLE crm.${table} ENABLE ALWAYS TRIGGER log_change`
]

/** Each table has its own transaction, to avoid deadlocks with writers. */
const transactions = [[logChange], ...tables.map(triggerOn)].map((statements) => [
  "SET LOCAL lock_timeout = '5s'",
  "SELECT pg_advisory_xact_lock(hashtext('crm-reports/capture'))::text",
  ...statements
])

const decodeIsEnabled = decodeRow(Schema.Struct({ isEnabled: Schema.Boolean }))

export const isCaptureEnabled = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { isEnabled } = yield* decodeIsEnabled(sql.unsafe(
    `SELECT count(*) = ${tables.length} AS "isEnabled" FROM pg_trigger t WHERE ${isOurTrigger} AND t.tgenabled = 'A'`
  ))
  return isEnabled
})

export const enableCapture = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  if (yield* isCaptureEnabled) return
  for (const statements of transactions) {
    yield* sql.withTransaction(Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
  }
})
