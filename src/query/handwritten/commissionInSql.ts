import { between } from "../sql/bucketing.ts"
import { gateOf, reader } from "../sql/rowFilter.ts"
import { isAmong, lines, literal, organization, type Places } from "../sql/Statement.ts"
import type { Form } from "../sql/StatementShape.ts"

/** `whole × percent / 100` or the fixed amount, by the mode; without one the amount wins. A missing figure is 0. A product is exact, a quotient not. */
const shareOf = (whole: string, mode: string, percent: string, amount: string): string => {
  const share = `round(${whole} * coalesce(${percent}, 0) * 0.01, 2)`
  return `CASE ${mode} WHEN 'percent' THEN ${share} WHEN 'fixed' THEN coalesce(${amount}, 0) ELSE coalesce(${amount}, ${share}) END`
}

const shares = (whole: string) => shareOf(whole, "s.mode", "s.percent", "s.amount")

/** Joined to each deal: a subquery in the list of columns is evaluated as often as the column is used. */
const paidTo = (party: string, deal: string, whole: string): string =>
  lines(
    `SELECT coalesce(sum(${shares(whole)}), 0) AS sum FROM crm.deal_shares s`,
    `  WHERE s.organization_id = ${organization} AND s.deal_id = ${deal}.deal_id AND s.party = ${literal(party)}`
  )

/** Won deals of the plan with their commission `total`, and what the agency keeps of it, `agency`. */
const commissions = (form: Form, places: Places): string => {
  const read = reader(form, places, between("r.closed_at", form, places))
  const { owned, shared } = gateOf(form)
  const won = lines(
    `SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, ${form.isOpen ? 0 : 1} AS bucket,`,
    `  ${shareOf("coalesce(r.price, 0)", "r.commission_mode", "r.commission_percent", "r.commission_amount")} AS total`
  )
  return lines(
    "WITH won AS (",
    [owned, shared ?? "false"].map((gate) => lines(won, read(gate))).join("\nUNION ALL\n"),
    "), kept AS (",
    "SELECT w.*, w.total - paid.sum AS agency",
    `FROM won w CROSS JOIN LATERAL (${paidTo("collaborator", "w", "w.total")}) paid`,
    ")"
  )
}

const cents = (sum: string) => `(${sum} * 100)::numeric(38, 0)::text`

export const compileBreakdown = (form: Form, places: Places): string =>
  lines(
    commissions(form, places) + ", paid AS (",
    "SELECT k.*, paid.sum AS agents",
    `FROM kept k CROSS JOIN LATERAL (${paidTo("agent", "k", "k.agency")}) paid`,
    "), sums AS (",
    "SELECT bucket, currency, sum(total) AS total, sum(agency) AS agency, sum(agents) AS agents,",
    "  count(*) AS deals, sum(price) AS price",
    "FROM paid GROUP BY 1, 2",
    ")",
    `SELECT bucket, currency, p."group", ${cents("p.n")} AS n, p.deals::text AS deals, ${cents("p.price")} AS price`,
    "FROM sums CROSS JOIN LATERAL (VALUES",
    "  ('total_commission', total, deals, price),",
    "  ('collaborator_payout', total - agency, 0, 0),",
    "  ('agency_commission', agency, 0, 0),",
    "  ('internal_agent_payout', agents, 0, 0),",
    "  ('agency_net', agency - agents, 0, 0)",
    `) AS p("group", n, deals, price)`
  )

export const compileByAgent = (form: Form, places: Places): string =>
  lines(
    commissions(form, places),
    `SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, ${
      cents("sum(price)")
    } AS price`,
    "FROM kept GROUP BY 1, 2",
    "UNION ALL",
    `SELECT k.bucket, k.currency, s.user_id, ${cents(`sum(${shares("k.agency")})`)}, '0', '0'`,
    "FROM kept k",
    `JOIN crm.deal_shares s ON s.organization_id = ${organization} AND s.deal_id = k.deal_id`,
    `WHERE s.party = 'agent' AND ${isAmong("s.user_id", form)}`,
    "GROUP BY 1, 2, 3"
  )
