import type { Tables } from "../../metrics/crm.ts"
import { spell as spellType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { stayWindow } from "../definitions.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described, isInScope } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { idPart as partOfId, type RecordQuery } from "../Point.ts"
import { millisBetween } from "../sql/measure.ts"
import { idPart, millis, recordCells, type RecordShape } from "../sql/recordCells.ts"
import { pageOrder } from "../sql/recordPage.ts"
import { isAssigned, isNobodys, rowFilter, where } from "../sql/rowFilter.ts"
import { lines, organization, type Params, type StatementShape } from "../sql/Statement.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"

/** Without `OFFSET 0`, PostgreSQL would read the status history of the whole organization. */
const leadByLead = "OFFSET 0"

interface Spells {
  readonly conditions: ReadonlyArray<string>
  /** `stay` is SQL for the milliseconds of the spell in the window. */
  readonly stay: string
}

const spells = (shape: StatementShape, params: Params): Spells => {
  const from = shape.hasLowerBound ? params.instant((plan) => stayWindow(plan).from ?? plan.asOf) : undefined
  const latest = params.instant((plan) => stayWindow(plan).end)
  const ended = `least(coalesce(s.ended_at, ${latest}), ${latest})`
  return {
    conditions: [
      `s.organization_id = ${organization}`,
      `s.started_at < ${params.instant((plan) => stayWindow(plan).countedTo)}`,
      ...(from === undefined ? [] : [`${ended} > ${from}`])
    ],
    stay: millisBetween(from === undefined ? "s.started_at" : `greatest(s.started_at, ${from})`, ended)
  }
}

const leadByLeadSql = (
  shape: StatementShape,
  params: Params,
  columns: string,
  conditions: ReadonlyArray<string>
): string => {
  const { owned, shared = "false" } = rowFilter(shape)
  const leadsIn = (inScope: string) =>
    `SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = ${organization} AND ${inScope}`
  const leads = [owned, shared, ...isNobodys(shape, params)].map(leadsIn)
  return lines(
    `FROM (${leads.join(" UNION ALL ")}) r`,
    "CROSS JOIN LATERAL (",
    `SELECT ${columns} FROM crm.lead_status_spells s`,
    where([...conditions, "s.lead_id = r.lead_id"]),
    shape.people === "one" ? leadByLead : "",
    ") s"
  )
}

const compile = (shape: StatementShape, params: Params): string => {
  const { conditions, stay } = spells(shape, params)
  return lines(
    `SELECT ${shape.hasLowerBound ? 1 : 0} AS bucket, s.status AS "group",`,
    "  sum(s.stay)::text AS n, count(*)::text AS d",
    leadByLeadSql(shape, params, `s.status, ${stay} AS stay`, conditions),
    "GROUP BY s.status"
  )
}

const staysIn = (plan: Plan, tables: Tables) => {
  const { countedTo, end, from } = stayWindow(plan)
  const leadIds = new Set(tables.leads.filter((lead) => isInScope(lead, plan)).map(({ leadId }) => leadId))
  return tables.leadStatusSpells
    .filter((spell) =>
      spell.organizationId === plan.scope.organization.organizationId && leadIds.has(spell.leadId) &&
      spell.startedAt < countedTo && (from === null || Math.min(spell.endedAt ?? end, end) > from)
    )
    .map((spell) => ({
      spell,
      numerator: BigInt(
        Math.max(0, Math.min(spell.endedAt ?? end, end) - Math.max(spell.startedAt, from ?? spell.startedAt))
      ),
      denominator: 1n
    }))
}

const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
  aggregate(
    staysIn(plan, tables).map(({ spell, ...amounts }) => ({
      ...amounts,
      bucket: plan.hasLowerBound ? 1 : 0,
      group: spell.status
    }))
  )

const spellsOfPoint = (shape: RecordShape, params: Params<RecordQuery>): Spells => {
  const { conditions, stay } = spells(shape, params)
  const statuses = shape.groups === "all"
    ? []
    : [`s.status = ANY (${params.texts(({ groups = [] }) => groups.filter((group) => group !== null))})`]
  return { conditions: [...conditions, ...statuses], stay }
}

const totals = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const { conditions, stay } = spellsOfPoint(shape, params)
  return lines(
    "SELECT count(*)::text AS total, coalesce(sum(s.stay), 0)::text AS n, count(*)::text AS d",
    leadByLeadSql(shape, params, `${stay} AS stay`, conditions)
  )
}

/** The query first reads this many of the organization's newest spells per row of the page. */
const readPerRow = 100

/** If the newest spells do not fill the page, the query reads the spells of all leads in scope. */
const page = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const { conditions, stay } = spellsOfPoint(shape, params)
  const id = `(${idPart("s.lead_id")} || '/' || ${millis("s.started_at")} || '/' || s.status)`
  const { exactlyNewest, limit, newest, older } = pageOrder("s.started_at", id, shape, params)
  const columns = "s.lead_id, s.status, s.started_at, s.ended_at"
  const found = "(SELECT count(*) FROM near)"
  return lines(
    `WITH near AS (SELECT ${columns} FROM (`,
    `SELECT ${columns} FROM crm.lead_status_spells s`,
    where(conditions),
    older,
    `ORDER BY s.started_at DESC FETCH FIRST (${limit} * ${readPerRow}) ROWS WITH TIES`,
    ") s CROSS JOIN LATERAL (SELECT FROM crm.leads r",
    where([
      `r.organization_id = ${organization}`,
      "r.lead_id = s.lead_id",
      `(${[rowFilter(shape).owned, isAssigned(shape), ...isNobodys(shape, params)].join(" OR ")})`
    ]),
    `${leadByLead}) l`,
    newest,
    "), page AS (",
    `SELECT s.* FROM near s WHERE ${found} >= ${limit}`,
    "UNION ALL",
    `(SELECT ${columns}`,
    leadByLeadSql(shape, params, columns, conditions),
    `WHERE ${found} < ${limit}`,
    older,
    `${newest})`,
    ")",
    `SELECT ${id} AS id, s.lead_id AS subject, ${millis("s.started_at")} AS at,`,
    `  ${stay}::text AS n, '1' AS d, ${recordCells(spellType, "s")}`,
    `FROM (SELECT s.* FROM page s ${exactlyNewest}) s`
  )
}

const records: HandwrittenRecords = {
  type: spellType,
  totals,
  page,
  evaluate: (point, tables) =>
    staysIn(point, tables)
      .filter(({ spell }) => point.groups?.includes(spell.status) ?? true)
      .map(({ spell, ...amounts }) => ({
        ...amounts,
        id: `${partOfId(spell.leadId)}/${spell.startedAt}/${spell.status}`,
        subject: spell.leadId,
        at: spell.startedAt,
        ...described(spell, spellType, point, tables)
      }))
}

export const timeInStatus = { compile, evaluate, records }
