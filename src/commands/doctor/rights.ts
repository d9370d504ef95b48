import { Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { counted } from "../../domain/counted.ts"
import { missingMigrations } from "../../services/database/migrations.ts"
import { decodeRow, decodeRows } from "../../services/database/statements.ts"
import { advice, type Findings, ok, problem } from "./Finding.ts"

const Role = Schema.Struct({
  role: Schema.String,
  database: Schema.String,
  schema: Schema.String,
  mayCreateSchemas: Schema.Boolean,
  mayCreateTables: Schema.Boolean
})

const Table = Schema.Struct({
  name: Schema.String,
  schema: Schema.String,
  mayUse: Schema.Boolean,
  mayWrite: Schema.Boolean,
  isFiltered: Schema.Boolean,
  hasPolicy: Schema.Boolean,
  isOwn: Schema.Boolean
})

const decodeRole = decodeRow(Role)
const decodeTables = decodeRows(Table)

const selectRole = `SELECT quote_ident(current_user) AS role, quote_ident(current_database()) AS database,
  coalesce(quote_ident(current_schema()), 'public') AS schema,
  to_regnamespace('crm_capture') IS NOT NULL OR has_database_privilege(current_database(), 'CREATE')
    AS "mayCreateSchemas",
  coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreateTables"`

const selectTables = `SELECT format('%I.%I', n.nspname, c.relname) AS name, n.nspname AS schema,
  has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS "mayUse",
  has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')
    AND has_table_privilege(c.oid, 'DELETE') AS "mayWrite",
  row_security_active(c.oid) AS "isFiltered",
  EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('r', '*')
    AND EXISTS (SELECT FROM unnest(p.polroles) AS r WHERE r = 0 OR pg_has_role(r, 'USAGE'))) AS "hasPolicy",
  pg_has_role(c.relowner, 'USAGE') AS "isOwn"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')
  AND (n.nspname IN ('crm', 'crm_capture') OR c.relname LIKE 'crm\\_report%' AND pg_table_is_visible(c.oid))
ORDER BY 1`

const listed = (tables: ReadonlyArray<typeof Table.Type>) => {
  const [first, ...others] = tables.map(({ name }) => name)
  return others.length === 0 ? `${first}` : `${first} and ${others.length} more`
}

const createFindings = (missing: number, found: typeof Role.Type): Findings => {
  const { database, mayCreateSchemas, mayCreateTables, role, schema } = found
  if (missing === 0) return []
  return [
    ...(mayCreateSchemas ? [] : [problem(
      `${role} may not create schemas, which migrations need: GRANT CREATE ON DATABASE ${database} TO ${role}`
    )]),
    ...(mayCreateTables ? [] : [problem(
      `${role} may not create tables, which migrations need: GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role}`
    )])
  ]
}

const tableFindings = (role: string, tables: ReadonlyArray<typeof Table.Type>): Findings => {
  const unreadable = tables.filter(({ mayUse, schema }) => schema === "crm" && !mayUse)
  const unwritable = tables.filter(({ mayUse, mayWrite, schema }) => schema !== "crm" && !(mayUse && mayWrite))
  return [
    ...(unreadable.length === 0 ? [] : [problem(
      `${role} may not read ${listed(unreadable)}: ` +
        `GRANT USAGE ON SCHEMA crm TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA crm TO ${role}`
    )]),
    ...(unwritable.length === 0 ? [] : [problem(
      `${role} may not read and write ${listed(unwritable)}: ` +
        `GRANT USAGE ON SCHEMA ${[...new Set(unwritable.map(({ schema }) => schema))].join(", ")} TO ${role}; ` +
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ${unwritable.map(({ name }) => name).join(", ")} TO ${role}`
    )])
  ]
}

const rowSecurityFindings = (role: string, tables: ReadonlyArray<typeof Table.Type>): Findings => {
  const filtered = tables.filter(({ isFiltered }) => isFiltered)
  const hidden = filtered.filter(({ hasPolicy }) => !hasPolicy)
  if (hidden.length > 0) {
    return [problem(
      `row level security hides all rows of ${listed(hidden)} from ${role}: ` +
        `${hidden.map(({ name }) => `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`).join("; ")}`
    )]
  }
  return filtered.length === 0 ? [] : [advice(
    `${role} sees only the rows of ${listed(filtered)} that a policy of row level security shows: ` +
      `if all are meant, ALTER ROLE ${role} BYPASSRLS`
  )]
}

const ownerFindings = (missing: number, role: string, tables: ReadonlyArray<typeof Table.Type>): Findings => {
  const foreign = tables.filter(({ isOwn }) => !isOwn)
  return missing === 0 || foreign.length === 0 ? [] : [problem(
    `${role} does not own ${listed(foreign)}, which migrations change: ALTER TABLE ${foreign[0]?.name} OWNER TO ${role}`
  )]
}

const migrationFindings = (missing: number): Findings => [
  missing === 0
    ? ok("all migrations are applied")
    : advice(
      `${
        counted(missing, "migration is missing: npm start applies it", "migrations are missing: npm start applies them")
      }, or npm run migrate alone`
    )
]

/** Without the right to read the list of migrations, their number is unknown, and another finding names this right. */
const countMissing = missingMigrations.pipe(
  Effect.asSome,
  Effect.catchIf((error) => error.isDenied === true, () => Effect.succeedNone)
)

/** Migrations may run with another database role than the service. */
export const migrationRights = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const missing = Option.getOrElse(yield* countMissing, () => 0)
  const found = yield* decodeRole(sql.unsafe(selectRole))
  const tables = yield* decodeTables(sql.unsafe(selectTables))
  return [...createFindings(missing, found), ...ownerFindings(missing, found.role, tables)]
})

export const rights = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const missing = yield* countMissing
  const { role } = yield* decodeRole(sql.unsafe(selectRole))
  const tables = yield* decodeTables(sql.unsafe(selectTables))
  const problems = tableFindings(role, tables)
  const allowed = problems.length === 0 ? [ok(`${role} may read and write the tables of the service`)] : problems
  return [
    ...Option.match(missing, { onNone: () => [], onSome: migrationFindings }),
    ...allowed,
    ...rowSecurityFindings(role, tables)
  ]
})
