import { dealsTable, type Tables } from "../../metrics/crm.ts"
import type { RowOf } from "../../metrics/Table.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { bucketOfRow, isInScope } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { divide } from "../series/values.ts"
import { between } from "../sql/aggregate.ts"
import { fromWhere, rowFilter } from "../sql/rowFilter.ts"
import { isAmong, lines, literal, organization, type Params } from "../sql/Statement.ts"
import type { StatementShape } from "../sql/StatementShape.ts"

/** Without a mode the amount wins. Multiplied, not divided: exact. */
const shareSql = (whole: string, mode: string, percent: string, amount: string): string => {
  const share = `round(${whole} * coalesce(${percent}, 0) * 0.01, 2)`
  return `CASE ${mode} WHEN 'percent' THEN ${share} WHEN 'fixed' THEN coalesce(${amount}, 0) ELSE coalesce(${amount}, ${share}) END`
}

const dealShareSql = (whole: string) => shareSql(whole, "s.mode", "s.percent", "s.amount")

/** A join: subqueries in SELECT run once per use. */
const paidTo = (party: string, deal: string, whole: string): string =>
  lines(
    `SELECT coalesce(sum(${dealShareSql(whole)}), 0) AS sum FROM crm.deal_shares s`,
    `  WHERE s.organization_id = ${organization} AND s.deal_id = ${deal}.deal_id AND s.party = ${literal(party)}`
  )

/** CTE `kept`: won deals. */
const commissionsSql = (shape: StatementShape, params: Params): string => {
  const read = fromWhere(shape, params, between("r.closed_at", shape, params))
  const { owned, shared } = rowFilter(shape)
  const won = lines(
    `SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, ${shape.hasLowerBound ? 1 : 0} AS bucket,`,
    `  ${shareSql("coalesce(r.price, 0)", "r.commission_mode", "r.commission_percent", "r.commission_amount")} AS total`
  )
  return lines(
    "WITH won AS (",
    [owned, shared ?? "false"].map((inScope) => lines(won, read(inScope))).join("\nUNION ALL\n"),
    "), kept AS (",
    "SELECT w.*, w.total - paid.sum AS agency",
    `FROM won w CROSS JOIN LATERAL (${paidTo("collaborator", "w", "w.total")}) paid`,
    ")"
  )
}

const centsSql = (sum: string) => `(${sum} * 100)::numeric(38, 0)::text`

type Deal = RowOf<typeof dealsTable>
type Share = Tables["dealShares"][number]

/** Ten-thousandths of percent. */
const wholePercent = 1_000_000n

const shareOf = (whole: bigint, mode: string | null, percent: bigint | null, amount: bigint | null): bigint => {
  const share = divide(whole * (percent ?? 0n), wholePercent)
  if (mode === "percent") return share
  if (mode === "fixed") return amount ?? 0n
  return amount ?? share
}

const paid = (shares: ReadonlyArray<Share>, whole: bigint) =>
  shares.reduce((sum, { amount, mode, percent }) => sum + shareOf(whole, mode, percent, amount), 0n)

interface Commission {
  readonly deal: Deal
  readonly bucket: number
  readonly total: bigint
  readonly agency: bigint
  readonly agents: ReadonlyArray<Share>
}

const commissions = (plan: Plan, tables: Tables): ReadonlyArray<Commission> =>
  tables.deals.flatMap((deal) => {
    const bucket = bucketOfRow(deal, dealsTable.fields.closedAt, plan)
    if (bucket === undefined || deal.status !== "won" || !isInScope(deal, plan)) return []
    const shares = tables.dealShares.filter((share) =>
      share.organizationId === deal.organizationId && share.dealId === deal.dealId
    )
    const total = shareOf(deal.price ?? 0n, deal.commissionMode, deal.commissionPercent, deal.commissionAmount)
    const agency = total - paid(shares.filter(({ party }) => party === "collaborator"), total)
    return [{ deal, bucket, total, agency, agents: shares.filter(({ party }) => party === "agent") }]
  })

const currencyVote = ({ bucket, deal }: Commission) => ({
  bucket,
  currency: deal.currency,
  currencyRows: 1n,
  currencyTotal: deal.price ?? 0n
})

export const breakdown = {
  compile: (shape: StatementShape, params: Params): string =>
    lines(
      commissionsSql(shape, params) + ", paid AS (",
      "SELECT k.*, paid.sum AS agents",
      `FROM kept k CROSS JOIN LATERAL (${paidTo("agent", "k", "k.agency")}) paid`,
      "), sums AS (",
      "SELECT bucket, currency, sum(total) AS total, sum(agency) AS agency, sum(agents) AS agents,",
      "  count(*) AS deals, sum(price) AS price",
      "FROM paid GROUP BY 1, 2",
      ")",
      `SELECT bucket, currency, p."group", ${centsSql("p.n")} AS n, p.deals::text AS deals, ${
        centsSql("p.price")
      } AS price`,
      "FROM sums CROSS JOIN LATERAL (VALUES",
      "  ('total_commission', total, deals, price),",
      "  ('collaborator_payout', total - agency, 0, 0),",
      "  ('agency_commission', agency, 0, 0),",
      "  ('internal_agent_payout', agents, 0, 0),",
      "  ('agency_net', agency - agents, 0, 0)",
      `) AS p("group", n, deals, price)`
    ),
  evaluate: (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
    aggregate(
      commissions(plan, tables).flatMap((commission) => {
        const { agency, agents, bucket, deal, total } = commission
        const payout = paid(agents, agency)
        const common = { bucket, currency: deal.currency }
        return [
          { ...currencyVote(commission), group: "total_commission", numerator: total },
          { ...common, group: "collaborator_payout", numerator: total - agency },
          { ...common, group: "agency_commission", numerator: agency },
          { ...common, group: "internal_agent_payout", numerator: payout },
          { ...common, group: "agency_net", numerator: agency - payout }
        ]
      })
    )
}

export const byAgent = {
  compile: (shape: StatementShape, params: Params): string =>
    lines(
      commissionsSql(shape, params),
      `SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, ${
        centsSql("sum(price)")
      } AS price`,
      "FROM kept GROUP BY 1, 2",
      "UNION ALL",
      `SELECT k.bucket, k.currency, s.user_id, ${centsSql(`sum(${dealShareSql("k.agency")})`)}, '0', '0'`,
      "FROM kept k",
      `JOIN crm.deal_shares s ON s.organization_id = ${organization} AND s.deal_id = k.deal_id`,
      `WHERE s.party = 'agent' AND ${isAmong("s.user_id", shape)}`,
      "GROUP BY 1, 2, 3"
    ),
  evaluate: (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
    aggregate(
      commissions(plan, tables).flatMap((commission) => [
        currencyVote(commission),
        ...commission.agents
          .filter(({ userId }) => plan.scope.people.some((person) => person.userId === userId))
          .map((share) => ({
            bucket: commission.bucket,
            currency: commission.deal.currency,
            group: share.userId,
            numerator: paid([share], commission.agency)
          }))
      ])
    )
}
