import { Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { crmTables } from "../../metrics/crm.ts"
import type { Field, Table } from "../../metrics/Table.ts"
import { decodeRows } from "../../services/database/statements.ts"
import { fieldsOf } from "../writeTables.ts"
import { type Finding, isAsked, quoted, rows, withArticle } from "./Kind.ts"
import { idOf, rowFindings } from "./rowFindings.ts"
import { wrongTargets } from "./targetFindings.ts"
import { unknownOrganizations, wrongCodes, wrongOrganizations } from "./wholeFindings.ts"

const decodeValues = decodeRows(
  Schema.Struct({ value: Schema.String, count: Schema.Int, id: Schema.NullOr(Schema.String) })
)

const decodeIds = decodeRows(Schema.Struct({ organizationId: Schema.NullOr(Schema.String) }))

const folded = (value: string) => value.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, "")

const near = ({ known }: Field, value: string) =>
  known.find((one) => folded(one.value) === folded(value) || folded(one.label) === folded(value))

const mostShown = 5

/** Values of the columns with known values that are none of these. */
const wordFindings = Effect.fnUntraced(function*(table: Table, organizationId: string, field: Field) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* decodeValues(sql.unsafe(
    `SELECT t.${field.column} AS value, count(*)::int AS count, min(${idOf(table)}) AS id FROM crm.${table.name} t
     WHERE t.organization_id = $1 AND t.${field.column} <> ALL($2::text[]) GROUP BY 1 ORDER BY 1 LIMIT 1000`,
    [organizationId, field.known.map(({ value }) => value)]
  ))
  const base = { organizationId, table: table.name }
  const spelled = found.flatMap(({ count, id, value }): ReadonlyArray<Finding> => {
    const meant = near(field, value)
    if (meant === undefined) return []
    const said = `${rows(count, ["has", "have"])} the ${field.column} ${quoted(value)}`
    return [{
      ...base,
      kind: `${field.column}_spelled_otherwise`,
      count,
      example: id,
      sentence: `${said}, which is counted apart from ${quoted(meant.value)}`,
      remedy: `write ${quoted(meant.value)}`
    }]
  })
  const others = found.filter(({ value }) => near(field, value) === undefined).toSorted((a, b) => b.count - a.count)
  const [first] = others
  if (first === undefined) return spelled
  const count = others.reduce((total, one) => total + one.count, 0)
  const shown = others.slice(0, mostShown).map(({ value }) => quoted(value)).join(", ")
  const more = others.length > mostShown ? ` and ${others.length - mostShown} more` : ""
  return [...spelled, {
    ...base,
    kind: `unknown_${field.column}`,
    count,
    example: first.id,
    sentence: `${rows(count, ["has", "have"])} ${withArticle(field.column)} that no metric knows: ${shown}${more}`,
    remedy: `write ${
      field.known.map(({ value }) => value).join(", ")
    } where one of these is meant; other values are shown as they are`
  }]
})

const wordFields = (table: Table) =>
  fieldsOf(table).filter(({ column, known }) => known.length > 0 && !(table.name === "deals" && column === "status"))

/** The faults in all rows of an organization. */
const organizationFindings = Effect.fn("organizationFindings")(function*(organizationId: string) {
  const found = yield* Effect.forEach(crmTables, (table) =>
    Effect.all([
      rowFindings(table, organizationId),
      Effect.map(Effect.forEach(wordFields(table), (field) => wordFindings(table, organizationId, field)), (all) =>
        all.flat())
    ]))
  return found.flat(2)
})

/** The ids in `crm.organizations`: all, or the asked one if it is there. */
export const organizationIds = Effect.fnUntraced(function*(only: Option.Option<string>) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* decodeIds(sql.unsafe(
    `SELECT t.organization_id AS "organizationId" FROM crm.organizations t WHERE ${isAsked} ORDER BY 1`,
    [Option.getOrNull(only)]
  ))
  return found.flatMap(({ organizationId }) => organizationId ?? [])
})

/** The faults in the rows of all organizations, or of one. */
export const findingsOf = Effect.fnUntraced(function*(only: Option.Option<string>) {
  const ids = yield* organizationIds(only)
  const isKnown = Option.isSome(only) && ids.length > 0
  const found: ReadonlyArray<ReadonlyArray<Finding>> = [
    yield* wrongOrganizations(only),
    yield* wrongTargets(only),
    isKnown ? [] : yield* unknownOrganizations(only),
    yield* wrongCodes(only),
    ...yield* Effect.forEach(ids, organizationFindings)
  ]
  return found.flat()
})
