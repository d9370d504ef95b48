import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { imageFields } from "../../query/columnar/projection.ts"

const tables = [...imageFields.keys()]

const ours = `t.tgname = 'log_change' AND t.tgrelid = ANY (ARRAY[${
  tables.map((table) => `'crm.${table}'::regclass`).join(", ")
}]::oid[])`

/**
 * Differs once a change may have gone unlogged: after a restart, or a crash that forgot what had been told as written
 * (statistics begin anew then); after a table was emptied at once, and after triggers were off.
 */
export const captureEpoch = `concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
pg_relation_filenode('crm.changes'), (
SELECT string_agg(concat(t.tgrelid, t.tgenabled, t.xmin, '/', pg_relation_filenode(t.tgrelid)), ' ' ORDER BY t.tgrelid)
FROM pg_trigger t WHERE ${ours}))`

/** A row that came has weight 1, one that went -1. Whoever may write a row may have it logged, and nothing else. */
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

/** Row by row, and always: so they also hear what logical replication and sessions without triggers write. */
const triggerOn = (table: string): ReadonlyArray<string> => [
  `CREATE OR REPLACE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON crm.${table}
  FOR EACH ROW EXECUTE FUNCTION crm.log_change()`,
  `ALTER TABLE crm.${table} ENABLE ALWAYS TRIGGER log_change`
]

/** One lock at a time, so that no writer waits in a circle; whoever writes waits behind us while we wait. */
const steps = [[logChange], ...tables.map(triggerOn)].map((statements) => [
  "SET LOCAL lock_timeout = '5s'",
  "SELECT pg_advisory_xact_lock(hashtext('crm-reports/capture'))::text",
  ...statements
])

const decode = Schema.decodeUnknownSync(Schema.Tuple([Schema.Struct({ is_on: Schema.Boolean })]))

/** Whether every change of what is counted is written down. */
export const isCaptureEnabled = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql.unsafe(
    `SELECT count(*) = ${tables.length} AS is_on FROM pg_trigger t WHERE ${ours} AND t.tgenabled = 'A'`
  )
  return decode(found)[0].is_on
})

/** Has every change of what is counted written down, from now on. */
export const enableCapture = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  if (yield* isCaptureEnabled) return
  for (const statements of steps) {
    yield* sql.withTransaction(Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
  }
})
