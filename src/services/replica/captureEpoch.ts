import { imageFields } from "../../query/columnar/projection.ts"

export const capturedTables = [...imageFields.keys()]

const relations = `ARRAY[${capturedTables.map((table) => `'crm.${table}'::regclass`).join(", ")}]::oid[]`

export const isOurTrigger = `t.tgname = 'log_change' AND t.tgrelid = ANY (${relations})`

/** Every change to a row of PostgreSQL's system tables gives the row a new xmin. */
export const captureEpoch = `concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
(SELECT d.oid FROM pg_database d WHERE d.datname = current_database()),
(SELECT string_agg(concat(n.oid, '/', n.xmin), ' ' ORDER BY n.oid) FROM pg_namespace n WHERE n.nspname = 'crm'),
(SELECT string_agg(concat(c.oid, '/', c.xmin, '/', c.relfilenode), ' ' ORDER BY c.oid) FROM pg_class c
WHERE c.oid = ANY (${relations} || 'crm_capture.changes'::regclass::oid)),
(SELECT concat(count(*), '/', sum(a.xmin::text::bigint)) FROM pg_attribute a WHERE a.attrelid = ANY (${relations})),
(SELECT string_agg(concat(t.oid, '/', t.xmin, '/', p.oid, '/', p.xmin), ' ' ORDER BY t.oid)
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE ${isOurTrigger}))`
