import { createHash } from "node:crypto"
import type { Field } from "../../metrics/Table.ts"
import { lines } from "../../query/sql/Statement.ts"
import { changeTable, typeCheck } from "./captureEpoch.ts"
import { loggedFields } from "./loggedFields.ts"

export const plainTypeOf = ({ kind }: Field): string => {
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
      return "timestamptz"
    case "money":
    case "percent":
      return "numeric"
  }
}

interface Logged {
  readonly column: string
  readonly type: string
}

const loggedOf = (fields: ReadonlyArray<Field>): ReadonlyArray<Logged> => [
  { column: "organization_id", type: "text" },
  ...fields.map((field) => ({ column: field.column, type: field.kind === "integer" ? "int4" : plainTypeOf(field) }))
]

const listOf = (logged: ReadonlyArray<Logged>, item: (logged: Logged) => string) => logged.map(item).join(", ")

/**
 * If the table lacks a column, `missing` supplies a void value, so the types differ. The types have a schema, because
 * a temporary table of the writer can have the name of a type.
 */
const selectTypesKnown = (table: string, logged: ReadonlyArray<Logged>) =>
  lines(
    `SELECT (${listOf(logged, ({ column }) => `pg_typeof(r.${column})`)})`,
    `= (${listOf(logged, ({ type }) => `'pg_catalog.${type}'::pg_catalog.regtype`)})`,
    `FROM (SELECT ${listOf(logged, ({ column }) => `NULL::pg_catalog.void AS ${column}`)}) missing,`,
    `LATERAL (SELECT ${listOf(logged, ({ column }) => column)} FROM (SELECT) one LEFT JOIN crm.${table} ON false) r`
  )

/** The condition names the table, so PostgreSQL plans it again after each change of the table. */
const areTypesKnown = (table: string, logged: ReadonlyArray<Logged>) =>
  `${typeCheck}('crm.${table}'::pg_catalog.regclass, $types$${selectTypesKnown(table, logged)}$types$)`

/** Each changed row is logged once: by a statement trigger, or by a row trigger during replication. */
const sourceFor = ([table, fields]: readonly [string, ReadonlyArray<Field>]): string => {
  const logged = loggedOf(fields)
  const columns = listOf(logged, ({ column }) => column)
  const insert = `INSERT INTO ${changeTable(table)} (weight, ${columns})`
  const rowsOf = (weight: -1 | 1, rows: string) => `SELECT ${weight}, ${columns} FROM ${rows}`
  const rowOf = (weight: -1 | 1, row: string) =>
    `VALUES (${weight}, ${listOf(logged, ({ column }) => `${row}.${column}`)})`
  return lines(
    "BEGIN",
    `IF TG_TABLE_SCHEMA <> 'crm' OR TG_TABLE_NAME <> '${table}' THEN RETURN NULL; END IF;`,
    `IF NOT ${areTypesKnown(table, logged)} THEN RETURN NULL; END IF;`,
    "IF TG_LEVEL = 'ROW' THEN",
    `IF TG_OP <> 'INSERT' THEN ${insert} ${rowOf(-1, "OLD")}; END IF;`,
    `IF TG_OP <> 'DELETE' THEN ${insert} ${rowOf(1, "NEW")}; END IF;`,
    `ELSIF TG_OP = 'INSERT' THEN ${insert} ${rowsOf(1, "new_rows")};`,
    `ELSIF TG_OP = 'DELETE' THEN ${insert} ${rowsOf(-1, "old_rows")};`,
    `ELSE ${insert} ${rowsOf(-1, "old_rows")} UNION ALL ${rowsOf(1, "new_rows")};`,
    "END IF;",
    "RETURN NULL;",
    "END"
  )
}

export const logFunction = (table: string) => `crm_capture.log_${table}`

const checkSource = "DECLARE are_known boolean; BEGIN EXECUTE query INTO are_known; RETURN are_known; END"

/** PostgreSQL calls an `IMMUTABLE` function when it plans the condition, and not in each statement of a writer. */
const createTypeCheck = `CREATE OR REPLACE FUNCTION ${typeCheck}(crm_table regclass, query text) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE AS $$${checkSource}$$`

const hashOf = (source: string) => createHash("md5").update(source).digest("hex")

export const typeCheckHash = hashOf(checkSource)

const sources = [...loggedFields].map((captured) => ({ table: captured[0], source: sourceFor(captured) }))

/** Each entry is a table, its trigger function, and the hash of the source of this function. */
export const logFunctions = sources.map(({ source, table }) =>
  `('crm.${table}'::regclass, '${logFunction(table)}', '${hashOf(source)}')`
).join(", ")

/** With `SECURITY DEFINER`, users who write to CRM tables need no rights on the change log. */
const functionFor = (table: string, source: string) =>
  `CREATE OR REPLACE FUNCTION ${logFunction(table)}() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$${source}$$`

const trigger = (name: string, event: string, table: string, referencing: string, level: "ROW" | "STATEMENT") =>
  `CREATE OR REPLACE TRIGGER ${name} AFTER ${event} ON crm.${table} ${referencing}
  FOR EACH ${level} EXECUTE FUNCTION ${logFunction(table)}()`

/** Workers of logical replication fire no statement triggers, so there is also a row trigger. */
const triggersOn = (table: string): ReadonlyArray<string> => [
  trigger("log_inserted", "INSERT", table, "REFERENCING NEW TABLE AS new_rows", "STATEMENT"),
  trigger("log_updated", "UPDATE", table, "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows", "STATEMENT"),
  trigger("log_deleted", "DELETE", table, "REFERENCING OLD TABLE AS old_rows", "STATEMENT"),
  trigger("log_replicated", "INSERT OR UPDATE OR DELETE", table, "", "ROW"),
  `ALTER TABLE crm.${table} ENABLE REPLICA TRIGGER log_replicated`
]

/** Each entry is the name, `tgtype`, and `tgenabled` of a trigger of a table, and the names of its old and new rows. */
export const triggerStates =
  `('log_inserted', 4, 'O', NULL, 'new_rows'), ('log_updated', 16, 'O', 'old_rows', 'new_rows'),
  ('log_deleted', 8, 'O', 'old_rows', NULL), ('log_replicated', 29, 'R', NULL, NULL)`
export const triggersPerTable = 4

export const captureStatements = [
  [createTypeCheck],
  ...sources.map(({ source, table }) => [functionFor(table, source), ...triggersOn(table)])
]
