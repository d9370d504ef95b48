import { Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { isZone } from "../../domain/Calendar.ts"
import { ColorName } from "../../domain/Color.ts"
import { counted } from "../../domain/counted.ts"
import { contract, crmTables } from "../../metrics/crm.ts"
import type { Table } from "../../metrics/Table.ts"
import { decodeRows } from "../../services/database/statements.ts"
import { type Finding, isAsked, quoted, rows } from "./Kind.ts"
import { idOf } from "./rowFindings.ts"

const decodeUnknown = decodeRows(Schema.Struct({
  organizationId: Schema.NullOr(Schema.String),
  count: Schema.Int,
  example: Schema.NullOr(Schema.String)
}))

const unknownIn = Effect.fnUntraced(function*(table: Table, only: Option.Option<string>) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* decodeUnknown(sql.unsafe(
    `SELECT t.organization_id AS "organizationId", count(*)::int AS count, min(${idOf(table)}) AS example
     FROM crm.${table.name} t
     WHERE ${isAsked} AND NOT EXISTS (SELECT FROM crm.organizations o WHERE o.organization_id = t.organization_id)
     GROUP BY 1 ORDER BY 1 LIMIT 1000`,
    [Option.getOrNull(only)]
  ))
  return found.map(({ count, example, organizationId }): Finding => ({
    kind: "unknown_organization",
    organizationId,
    table: table.name,
    count,
    example,
    sentence: organizationId === null
      ? `${rows(count, ["has", "have"])} no organization_id, so nobody can count them`
      : `${rows(count, ["is", "are"])} of an organization that is not in organizations`,
    remedy: "write a row to crm.organizations, or correct organization_id"
  }))
})

/** Rows of organizations that have no row in `crm.organizations`. */
export const unknownOrganizations = (only: Option.Option<string>) =>
  Effect.map(
    Effect.forEach(crmTables.filter(({ name }) => name !== "organizations"), (table) => unknownIn(table, only)),
    (found) => found.flat()
  )

const decodeValues = decodeRows(Schema.Struct({
  organizationId: Schema.String,
  value: Schema.String,
  count: Schema.Int,
  example: Schema.NullOr(Schema.String)
}))

const currencies = new Set(Intl.supportedValuesOf("currency"))
const isColor = Schema.is(ColorName)

interface Rule {
  readonly table: Table
  readonly column: string
  readonly isRight: (value: string) => boolean
  readonly said: string
  readonly remedy: string
}

const currency = {
  column: "currency",
  isRight: (value: string) => currencies.has(value),
  said: "the unknown currency",
  remedy: "write a code of ISO 4217, such as EUR"
}

const rules: ReadonlyArray<Rule> = [
  {
    table: contract.organizations,
    column: "time_zone",
    isRight: isZone,
    said: "the unknown time zone",
    remedy: "write a name of the IANA list in its exact case, such as Europe/Madrid"
  },
  { table: contract.organizations, ...currency },
  { table: contract.deals, ...currency },
  {
    table: contract.tags,
    column: "color",
    isRight: isColor,
    said: "the unknown color",
    remedy: `write ${ColorName.literals.join(", ")}`
  }
]

const brokenBy = Effect.fnUntraced(function*(
  { column, isRight, remedy, said, table }: Rule,
  only: Option.Option<string>
) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* decodeValues(sql.unsafe(
    `SELECT t.organization_id AS "organizationId", t.${column} AS value, count(*)::int AS count,
       min(${idOf(table)}) AS example
     FROM crm.${table.name} t WHERE ${isAsked} AND t.organization_id IS NOT NULL AND t.${column} IS NOT NULL
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [Option.getOrNull(only)]
  ))
  return found.filter(({ value }) => !isRight(value)).map(({ count, example, organizationId, value }): Finding => ({
    kind: `unknown_${column}`,
    organizationId,
    table: table.name,
    count,
    example,
    sentence: `${rows(count, ["has", "have"])} ${said} ${quoted(value)}`,
    remedy
  }))
})

const broken = (of: ReadonlyArray<Rule>) => (only: Option.Option<string>) =>
  Effect.map(Effect.forEach(of, (rule) => brokenBy(rule, only)), (found) => found.flat())

/** These read only the organizations, so the doctor also runs them. */
export const wrongOrganizations = broken(rules.filter(({ table }) => table.name === "organizations"))

export const wrongCodes = broken(rules.filter(({ table }) => table.name !== "organizations"))

const mainTimes = [
  ["leads", "created_at"],
  ["lead_status_spells", "started_at"],
  ["deals", "created_at"],
  ["tasks", "created_at"],
  ["calls", "started_at"],
  ["emails", "sent_at"]
] as const

const decodeNewest = decodeRows(Schema.Struct({
  organizationId: Schema.NullOr(Schema.String),
  table: Schema.String,
  newest: Schema.String,
  days: Schema.Int
}))

/** The newest row of each table of an organization that is not in the future, and its age in days. */
export const newestRows = Effect.fnUntraced(function*(only: Option.Option<string>) {
  const sql = yield* SqlClient.SqlClient
  const parts = mainTimes.map(([table, at]) =>
    `SELECT t.organization_id AS "organizationId", '${table}' AS "table", max(t.${at})::date::text AS newest,
       now()::date - max(t.${at})::date AS days
     FROM crm.${table} t WHERE ${isAsked} AND t.${at} <= now() GROUP BY 1`
  )
  return yield* decodeNewest(sql.unsafe(`${parts.join(" UNION ALL ")} ORDER BY 1, 2`, [Option.getOrNull(only)]))
})

export const ageOf = (days: number) => days === 0 ? "today" : `${counted(days, "day", "days")} ago`
