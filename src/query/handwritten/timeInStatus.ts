import type { Tables } from "../../metrics/crm.ts"
import type { Tally } from "../AggregateRow.ts"
import { isInScope } from "../memory/rows.ts"
import { tally } from "../memory/tally.ts"
import type { Plan } from "../Plan.ts"
import { millisBetween } from "../sql/measure.ts"
import { gateOf } from "../sql/rowFilter.ts"
import { lines, organization, type Places } from "../sql/Statement.ts"
import type { Form } from "../sql/StatementShape.ts"

/** The stretch that stays are clipped to; an open stay ends with it or at `asOf`. */
const clip = ({ asOf, window }: Plan) => ({
  from: window?.from ?? null,
  counted: window?.counted ?? asOf + 1,
  end: Math.min(asOf, window?.to ?? asOf)
})

/** Keeps the planner from reading every stay of the organization for the few leads of one person. */
const leadByLead = "OFFSET 0"

export const compileTimeInStatus = (form: Form, places: Places): string => {
  const from = form.isOpen ? undefined : places.instant((plan) => clip(plan).from ?? plan.asOf)
  const latest = places.instant((plan) => clip(plan).end)
  const ended = `least(coalesce(s.ended_at, ${latest}), ${latest})`
  const earliest = from === undefined ? "s.started_at" : `greatest(s.started_at, ${from})`
  const { owned, shared } = gateOf(form)
  const leadsBehind = (gate = "false") =>
    `SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = ${organization} AND ${gate}`
  return lines(
    `SELECT ${form.isOpen ? 0 : 1} AS bucket, s.status AS "group",`,
    "  sum(s.stay)::text AS n, count(*)::text AS d",
    `FROM (${leadsBehind(owned)} UNION ALL ${leadsBehind(shared)}) r`,
    `CROSS JOIN LATERAL (`,
    `SELECT s.status, ${millisBetween(earliest, ended)} AS stay FROM crm.lead_status_spells s`,
    `WHERE s.organization_id = ${organization} AND s.lead_id = r.lead_id AND s.started_at < ${
      places.instant((plan) => clip(plan).counted)
    }`,
    from === undefined ? "" : `  AND ${ended} > ${from}`,
    form.people === "one" ? leadByLead : "",
    ") s",
    "GROUP BY s.status"
  )
}

export const evaluateTimeInStatus = (plan: Plan, tables: Tables): ReadonlyArray<Tally> => {
  const { counted, end, from } = clip(plan)
  const seen = new Set(tables.leads.filter((lead) => isInScope(lead, plan)).map(({ leadId }) => leadId))
  return tally(
    tables.leadStatusSpells
      .filter((spell) =>
        spell.organizationId === plan.scope.organization.organizationId && seen.has(spell.leadId) &&
        spell.startedAt < counted && (from === null || Math.min(spell.endedAt ?? end, end) > from)
      )
      .map((spell) => ({
        bucket: plan.isOpen ? 0 : 1,
        group: spell.status,
        n: BigInt(
          Math.max(0, Math.min(spell.endedAt ?? end, end) - Math.max(spell.startedAt, from ?? spell.startedAt))
        ),
        d: 1n
      }))
  )
}
