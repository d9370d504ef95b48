import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { crmTables } from "../../metrics/crm.ts"
import type { Table } from "../../metrics/Table.ts"
import { decodeRow } from "../../services/database/statements.ts"
import { keyFields } from "../writeTables.ts"
import { commonKinds } from "./commonKinds.ts"
import type { Finding, Kind } from "./Kind.ts"
import { tableKinds } from "./tableKinds.ts"

const Found = Schema.Struct({
  count: Schema.Int,
  example: Schema.NullOr(Schema.String),
  value: Schema.NullOr(Schema.String)
})

const decodeFound = decodeRow(Schema.Struct({ found: Schema.Array(Found) }))

/** The part of a row's key after the organization, in SQL. */
export const idOf = (table: Table): string => {
  const [first, ...others] = keyFields(table).filter(({ name }) => name !== "organizationId")
  if (first === undefined) return "t.organization_id"
  return others.length === 0
    ? `t.${first.column}::text`
    : `concat_ws(' ', ${[first, ...others].map(({ column }) => `t.${column}`).join(", ")})`
}

export const kindsOf = (table: Table): ReadonlyArray<Kind> => [...commonKinds(table), ...(tableKinds[table.name] ?? [])]

/** Each row is read once, for all kinds. `OFFSET 0` keeps PostgreSQL from evaluating each condition three times. */
const statementOf = (table: Table, kinds: ReadonlyArray<Kind>): string => {
  const conditions = kinds.map(({ value, where }, at) =>
    `(${where}) AS is_${at}, (${value ?? "NULL"})::text AS value_${at}`
  )
  const found = kinds.map((_, at) =>
    `json_build_object('count', count(*) FILTER (WHERE is_${at}), 'example', min(id) FILTER (WHERE is_${at}),
      'value', min(value_${at}) FILTER (WHERE is_${at}))`
  )
  return `SELECT json_build_array(${found.join(", ")}) AS found FROM (
    SELECT ${idOf(table)} AS id, ${conditions.join(", ")}
    FROM crm.${table.name} t WHERE t.organization_id = $1 OFFSET 0) c`
}

const statements = new Map(crmTables.map((table) => [table, statementOf(table, kindsOf(table))]))

/** The faults in the rows of a table that belong to the organization. */
export const rowFindings = Effect.fnUntraced(function*(table: Table, organizationId: string) {
  const sql = yield* SqlClient.SqlClient
  const { found } = yield* decodeFound(sql.unsafe(statements.get(table) ?? "", [organizationId]))
  return kindsOf(table).flatMap(({ kind, remedy, sentence }, at): ReadonlyArray<Finding> => {
    const { count, example, value } = found[at] ?? { count: 0, example: null, value: null }
    if (count === 0) return []
    return [{ kind, organizationId, table: table.name, count, example, sentence: sentence(count, value ?? ""), remedy }]
  })
})
