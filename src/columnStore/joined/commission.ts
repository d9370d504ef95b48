import type { AggregateRow } from "../../query/AggregateRow.ts"
import type { Plan } from "../../query/Plan.ts"
import { agencySum, agentOf, agentsSum, payoutSum, totalSum } from "./commissions.ts"
import type { Counting } from "./Counting.ts"

const noVote = { currencyRows: 0n, currencyTotal: 0n }

const ungrouped = (plan: Plan): Plan => ({ ...plan, groupBy: { _tag: "Nothing" } })

const lineOf = ({ bucket, currency }: AggregateRow) => `${bucket} ${currency}`

const sumsByLine = (rows: ReadonlyArray<AggregateRow>): ReadonlyMap<string, bigint> =>
  new Map(rows.map((row) => [lineOf(row), row.numerator]))

export const countCommissionBreakdown: Counting = (plan, count) => {
  const rowsOf = (metric: Plan["metric"]) => count({ ...ungrouped(plan), metric })
  const [totals, agencies, payouts] = [rowsOf(totalSum), rowsOf(agencySum), rowsOf(agentsSum)]
  if (totals === undefined || agencies === undefined || payouts === undefined) return undefined
  const [agencyOf, agentsOf] = [sumsByLine(agencies), sumsByLine(payouts)]
  return totals.flatMap((row) => {
    const [total, agency, agents] = [row.numerator, agencyOf.get(lineOf(row)) ?? 0n, agentsOf.get(lineOf(row)) ?? 0n]
    return [
      { ...row, group: "total_commission" },
      { ...row, ...noVote, group: "collaborator_payout", numerator: total - agency },
      { ...row, ...noVote, group: "agency_commission", numerator: agency },
      { ...row, ...noVote, group: "internal_agent_payout", numerator: agents },
      { ...row, ...noVote, group: "agency_net", numerator: agency - agents }
    ]
  })
}

/** Returns the agent of a share in scope, null for somebody who is no member, and undefined for other shares. */
const agentIn = ({ scope: { allMembers, people } }: Plan) => {
  const inScope = new Set<string | null>(people.map(({ userId }) => userId))
  const members = allMembers && new Set<string | null>(allMembers)
  return (userId: string | null): string | null | undefined => {
    if (inScope.has(userId)) return userId
    return members === undefined || members.has(userId) ? undefined : null
  }
}

/** A deal counts for the dominant currency even if no agent gets a share. */
export const countCommissionByAgent: Counting = (plan, count) => {
  const deals = count({ ...ungrouped(plan), metric: totalSum })
  const payouts = count({ ...plan, metric: payoutSum, groupBy: { _tag: "Dimension", dimension: agentOf } })
  if (deals === undefined || payouts === undefined) return undefined
  const agentOfShare = agentIn(plan)
  const nobodys = new Map<string, bigint>()
  const ofAgents = payouts.flatMap((row) => {
    const group = agentOfShare(row.group)
    if (group === null) nobodys.set(lineOf(row), (nobodys.get(lineOf(row)) ?? 0n) + row.numerator)
    return typeof group === "string" ? [{ ...row, ...noVote }] : []
  })
  // Each share belongs to a deal, so there is a row for the deals of each bucket and currency.
  return [...deals.map((row) => ({ ...row, numerator: nobodys.get(lineOf(row)) ?? 0n })), ...ofAgents]
}
