import type { Tables } from "../../metrics/crm.ts"
import { spell as spellType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { idPart as partOfId } from "../CountedRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/described.ts"
import { isInScope } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { millisBetween } from "../sql/measure.ts"
import { idPart, millis } from "../sql/recordCells.ts"
import { rowFilter } from "../sql/rowFilter.ts"
import { lines, organization, type Params, type StatementShape } from "../sql/Statement.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"

const clip = ({ asOf, window }: Plan) => ({
  from: window?.from ?? null,
  countedTo: window?.countedTo ?? asOf + 1,
  end: Math.min(asOf, window?.to ?? asOf)
})

/** Without `OFFSET 0`, PostgreSQL would read the status history of the whole organization. */
const leadByLead = "OFFSET 0"

const stays = (shape: StatementShape, params: Params, columns: string): string => {
  const from = shape.hasLowerBound ? params.instant((plan) => clip(plan).from ?? plan.asOf) : undefined
  const latest = params.instant((plan) => clip(plan).end)
  const ended = `least(coalesce(s.ended_at, ${latest}), ${latest})`
  const earliest = from === undefined ? "s.started_at" : `greatest(s.started_at, ${from})`
  const { owned, shared } = rowFilter(shape)
  const leadsIn = (inScope = "false") =>
    `SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = ${organization} AND ${inScope}`
  return lines(
    `FROM (${leadsIn(owned)} UNION ALL ${leadsIn(shared)}) r`,
    `CROSS JOIN LATERAL (`,
    `SELECT ${columns}, ${millisBetween(earliest, ended)} AS stay FROM crm.lead_status_spells s`,
    `WHERE s.organization_id = ${organization} AND s.lead_id = r.lead_id AND s.started_at < ${
      params.instant((plan) => clip(plan).countedTo)
    }`,
    from === undefined ? "" : `  AND ${ended} > ${from}`,
    shape.people === "one" ? leadByLead : "",
    ") s"
  )
}

const compile = (shape: StatementShape, params: Params): string =>
  lines(
    `SELECT ${shape.hasLowerBound ? 1 : 0} AS bucket, s.status AS "group",`,
    "  sum(s.stay)::text AS n, count(*)::text AS d",
    stays(shape, params, "s.status"),
    "GROUP BY s.status"
  )

const staysIn = (plan: Plan, tables: Tables) => {
  const { countedTo, end, from } = clip(plan)
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

const records: HandwrittenRecords = {
  type: spellType,
  compile: (shape, params) => ({
    counted: lines(
      "counted AS (",
      "SELECT s.lead_id, s.status, s.started_at AS counted_at, s.stay AS n, 1 AS d",
      stays(shape, params, "s.lead_id, s.status, s.started_at"),
      shape.groups === "all"
        ? ""
        : `WHERE s.status = ANY (${params.texts(({ groups = [] }) => groups.filter((group) => group !== null))})`,
      ")"
    ),
    id: `${idPart("c.lead_id")} || '/' || ${millis("c.counted_at")} || '/' || c.status`,
    subject: "c.lead_id",
    shown: lines(
      `crm.lead_status_spells s ON s.organization_id = ${organization}`,
      "  AND s.lead_id = c.lead_id AND s.started_at = c.counted_at AND s.status = c.status"
    ),
    row: "s"
  }),
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
