import { loggedFields } from "./loggedFields.ts"

export const capturedTables = [...loggedFields.keys()]

export const changeTable = (table: string) => `crm_capture.${table}_changes`

const oidsOf = (relations: ReadonlyArray<string>) =>
  `ARRAY[${relations.map((relation) => `'${relation}'::regclass`).join(", ")}]::oid[]`

const relations = oidsOf(capturedTables.map((table) => `crm.${table}`))
export const changeTables = oidsOf(capturedTables.map(changeTable))

export const isOurTrigger = `t.tgrelid = ANY (${relations}) AND p.oid = t.tgfoid
  AND p.pronamespace = 'crm_capture'::regnamespace`

export const typeCheck = "crm_capture.are_types_known"
export const isTypeCheck = `f.oid = to_regproc('${typeCheck}')`

/** Every change to a row of a system table gives the row a greater `xmin`. */
const stateOf = (row: string) => `count(*), '/', sum(${row}.xmin::text::bigint)`

/** The path of a relation contains the `oid` of the database, and costs less than a query of `pg_database`. */
const serverEpoch = `concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
pg_relation_filepath('pg_catalog.pg_class'::regclass), '')`

export const captureEpoch = `concat_ws(' ', ${serverEpoch},
(SELECT concat(n.oid, '/', n.xmin) FROM pg_namespace n WHERE n.nspname = 'crm'),
(SELECT concat(sum(c.oid::bigint), '/', ${stateOf("c")}, '/', sum(c.relfilenode::bigint)) FROM pg_class c
WHERE c.oid = ANY (${relations} || ${changeTables} || 'crm_capture.changes'::regclass::oid)),
(SELECT concat(${stateOf("a")}) FROM pg_attribute a WHERE a.attrelid = ANY (${relations}) AND a.attnum > 0),
(SELECT concat(${stateOf("t")}, '/', sum(p.oid::bigint), '/', sum(p.xmin::text::bigint))
FROM pg_trigger t, pg_proc p WHERE ${isOurTrigger}),
(SELECT concat(f.oid, '/', f.xmin) FROM pg_proc f WHERE ${isTypeCheck}))`

/** If the server epoch and the PgSnapshot are unchanged, nothing was committed, so the capture epoch still holds. */
export const isUnchangedSince = (snapshot: string, epoch: string) =>
  `pg_current_snapshot()::text = ${snapshot} AND starts_with(${epoch}, ${serverEpoch})`

export const captureEpochSince = `CASE WHEN ${isUnchangedSince("$2", "$3")} THEN $3 ELSE ${captureEpoch} END`
