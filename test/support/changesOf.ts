import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { decodeRows } from "../../src/services/database/statements.ts"

const decodeParts = decodeRows(
  Schema.Struct({ relation: Schema.String, part: Schema.String, isHarmless: Schema.Boolean })
)

/** Selects the parts of the schema. A harmless part disturbs no older version that does not know it. */
const select = `WITH ours AS (
  SELECT c.oid, c.oid::regclass::text AS relation FROM pg_class c
  WHERE c.relkind IN ('r', 'p')
    AND (c.relnamespace::regnamespace::text IN ('crm', 'crm_capture') OR c.relname LIKE 'crm\\_report%')
)
SELECT relation, concat_ws(' ', 'column', attname, format_type(atttypid, atttypmod), attnotnull) AS part,
  NOT attnotnull OR atthasdef OR attidentity <> '' AS "isHarmless"
FROM pg_attribute JOIN ours ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT relation, concat_ws(' ', 'constraint', conname, pg_get_constraintdef(k.oid)), false
FROM pg_constraint k JOIN ours ON conrelid = ours.oid WHERE contype <> 'n'
UNION ALL
SELECT relation, concat_ws(' ', 'index', pg_get_indexdef(indexrelid)), NOT indisunique
FROM pg_index JOIN ours ON indrelid = oid
UNION ALL
SELECT relation, concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid)), false
FROM pg_trigger t JOIN ours ON tgrelid = ours.oid WHERE NOT tgisinternal
UNION ALL
SELECT p.oid::regprocedure::text, concat_ws(' ', 'function', prorettype::regtype, prosrc), true
FROM pg_proc p WHERE pronamespace::regnamespace::text IN ('crm', 'crm_capture')`

/** Runs a migration. Returns parts that it removed, and new parts of existing tables that disturb older versions. */
export const changesOf = Effect.fnUntraced(function*<E, R>(migration: Effect.Effect<void, E, R>) {
  const sql = yield* SqlClient.SqlClient
  const parts = decodeParts(sql.unsafe(select))
  const before = yield* parts
  yield* migration
  const after = yield* parts
  const isIn = (list: typeof before) => ({ part, relation }: (typeof before)[number]) =>
    list.some((other) => other.part === part && other.relation === relation)
  const existed = new Set(before.map(({ relation }) => relation))
  const removed = before.filter((found) => !isIn(after)(found))
  const disturbing = after.filter((found) => !found.isHarmless && existed.has(found.relation) && !isIn(before)(found))
  return [...removed, ...disturbing].map(({ part, relation }) => `${relation}: ${part}`)
})
