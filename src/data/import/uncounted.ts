import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { counted } from "../../domain/counted.ts"
import { contract } from "../../metrics/crm.ts"
import type { Field, Table } from "../../metrics/Table.ts"
import { fieldsOf } from "../writeTables.ts"

const tables: ReadonlyArray<Table> = Object.values<Table>(contract)

const Count = Schema.Struct({ count: Schema.Int, example: Schema.NullOr(Schema.String) })
const Values = Schema.Array(Schema.Struct({ value: Schema.String, count: Schema.Int }))

const rows = (count: number, verb: readonly [one: string, many: string]) =>
  counted(count, `row ${verb[0]}`, `rows ${verb[1]}`)

interface Check {
  readonly where: string
  readonly example: string
  readonly sentence: (count: number, example: string) => string
}

const member = "SELECT FROM crm.members m WHERE m.organization_id = $1 AND m.user_id"

const accessChecks = (table: Table): ReadonlyArray<Check> => {
  const columns = new Set(fieldsOf(table).map(({ column }) => column))
  if (!columns.has("owner_id")) return []
  const hasAssignees = columns.has("assignee_ids")
  const people = hasAssignees ? "array_append(t.assignee_ids, t.owner_id)" : "ARRAY[t.owner_id]"
  const nobody = hasAssignees ? "t.owner_id IS NULL AND t.assignee_ids = '{}'" : "t.owner_id IS NULL"
  return [
    {
      where: nobody,
      example: "NULL",
      sentence: (count) =>
        `${rows(count, ["has", "have"])} no owner${hasAssignees ? " and no assignee" : ""}, so only admins can count ${
          count === 1 ? "it" : "them"
        }`
    },
    {
      where: `NOT (${nobody}) AND NOT EXISTS (${member} = ANY(${people}))`,
      example: hasAssignees ? "coalesce(t.owner_id, t.assignee_ids[1])" : "t.owner_id",
      sentence: (count, example) =>
        `${rows(count, ["belongs", "belong"])} to people who are in no members file, such as ${JSON.stringify(example)}`
    }
  ]
}

const parentCheck = (parent: "leads" | "deals", key: string): Check => ({
  where: `NOT EXISTS (SELECT FROM crm.${parent} p WHERE p.organization_id = $1 AND p.${key} = t.${key})`,
  example: `t.${key}`,
  sentence: (count, example) =>
    `${rows(count, ["names", "name"])} a ${key} that is not in ${parent}, such as ${JSON.stringify(example)}`
})

const special: { readonly [table: string]: ReadonlyArray<Check> } = {
  lead_status_spells: [parentCheck("leads", "lead_id")],
  deal_shares: [parentCheck("deals", "deal_id")],
  deals: [{
    where: "t.status <> 'open' AND t.closed_at IS NULL",
    example: "t.status",
    sentence: (count) =>
      `${rows(count, ["is", "are"])} won or lost without closed_at, so no metric of won or lost deals counts ${
        count === 1 ? "it" : "them"
      }`
  }]
}

const checked = Effect.fnUntraced(function*(table: Table, organizationId: string, check: Check) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql.unsafe(
    `SELECT count(*)::int AS count, min((${check.example})::text) AS example
     FROM crm.${table.name} t WHERE t.organization_id = $1 AND ${check.where}`,
    [organizationId]
  )
  const { count, example } = yield* Schema.decodeUnknownEffect(Count)(found[0])
  return count === 0 ? [] : [check.sentence(count, example ?? "")]
})

const folded = (value: string) => value.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, "")

const near = ({ known }: Field, value: string) =>
  known.find((one) => folded(one.value) === folded(value) || folded(one.label) === folded(value))

const spelledOtherwise = Effect.fnUntraced(function*(table: Table, organizationId: string, field: Field) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql.unsafe(
    `SELECT t.${field.column} AS value, count(*)::int AS count FROM crm.${table.name} t
     WHERE t.organization_id = $1 AND t.${field.column} <> ALL($2::text[]) GROUP BY 1 ORDER BY 1 LIMIT 1000`,
    [organizationId, field.known.map(({ value }) => value)]
  )
  return (yield* Schema.decodeUnknownEffect(Values)(found)).flatMap(({ count, value }) => {
    const meant = near(field, value)
    if (meant === undefined) return []
    const said = `${rows(count, ["has", "have"])} the ${field.column} ${JSON.stringify(value)}`
    return [`${said}, which is counted apart from ${JSON.stringify(meant.value)}`]
  })
})

const uncountedOf = Effect.fnUntraced(function*(organizationId: string) {
  const found = yield* Effect.forEach(tables, (table) => {
    const checks = [...accessChecks(table), ...(special[table.name] ?? [])]
    const fields = fieldsOf(table).filter(({ known }) => known.length > 0)
    return Effect.map(
      Effect.all([
        Effect.forEach(checks, (check) => checked(table, organizationId, check)),
        Effect.forEach(fields, (field) => spelledOtherwise(table, organizationId, field))
      ]),
      (sentences) => sentences.flat(2).map((sentence) => `${organizationId} ${table.name}: ${sentence}`)
    )
  })
  return found.flat()
})

export const uncountedIn = (organizationIds: ReadonlyArray<string>) =>
  Effect.map(Effect.orDie(Effect.forEach(organizationIds, uncountedOf)), (found) => found.flat())
