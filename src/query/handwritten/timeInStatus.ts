import type { Tables } from "../../metrics/crm.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { isInScope } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { millisBetween } from "../sql/measure.ts"
import { rowFilter } from "../sql/rowFilter.ts"
import { lines, organization, type Params } from "../sql/Statement.ts"
import type { StatementShape } from "../sql/StatementShape.ts"

const clip = ({ asOf, window }: Plan) => ({
  from: window?.from ?? null,
  countedTo: window?.countedTo ?? asOf + 1,
  end: Math.min(asOf, window?.to ?? asOf)
})

/** Prevents reading all spells of the organization. */
const leadByLead = "OFFSET 0"

const compile = (shape: StatementShape, params: Params): string => {
  const from = shape.hasLowerBound ? params.instant((plan) => clip(plan).from ?? plan.asOf) : undefined
  const latest = params.instant((plan) => clip(plan).end)
  const ended = `least(coalesce(s.ended_at, ${latest}), ${latest})`
  const earliest = from === undefined ? "s.started_at" : `greatest(s.started_at, ${from})`
  const { owned, shared } = rowFilter(shape)
  const leadsIn = (inScope = "false") =>
    `SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = ${organization} AND ${inScope}`
  return lines(
    `SELECT ${shape.hasLowerBound ? 1 : 0} AS bucket, s.status AS "group",`,
    "  sum(s.stay)::text AS n, count(*)::text AS d",
    `FROM (${leadsIn(owned)} UNION ALL ${leadsIn(shared)}) r`,
    `CROSS JOIN LATERAL (`,
    `SELECT s.status, ${millisBetween(earliest, ended)} AS stay FROM crm.lead_status_spells s`,
    `WHERE s.organization_id = ${organization} AND s.lead_id = r.lead_id AND s.started_at < ${
      params.instant((plan) => clip(plan).countedTo)
    }`,
    from === undefined ? "" : `  AND ${ended} > ${from}`,
    shape.people === "one" ? leadByLead : "",
    ") s",
    "GROUP BY s.status"
  )
}

const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> => {
  const { countedTo, end, from } = clip(plan)
  const leadIds = new Set(tables.leads.filter((lead) => isInScope(lead, plan)).map(({ leadId }) => leadId))
  return aggregate(
    tables.leadStatusSpells
      .filter((spell) =>
        spell.organizationId === plan.scope.organization.organizationId && leadIds.has(spell.leadId) &&
        spell.startedAt < countedTo && (from === null || Math.min(spell.endedAt ?? end, end) > from)
      )
      .map((spell) => ({
        bucket: plan.hasLowerBound ? 1 : 0,
        group: spell.status,
        numerator: BigInt(
          Math.max(0, Math.min(spell.endedAt ?? end, end) - Math.max(spell.startedAt, from ?? spell.startedAt))
        ),
        denominator: 1n
      }))
  )
}

export const timeInStatus = { compile, evaluate }
