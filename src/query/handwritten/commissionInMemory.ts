import { dealsTable, type Tables } from "../../metrics/crm.ts"
import type { RowOf } from "../../metrics/Table.ts"
import type { Tally } from "../AggregateRow.ts"
import { bucketOf, isInScope } from "../memory/rows.ts"
import { tally } from "../memory/tally.ts"
import type { Plan } from "../Plan.ts"
import { divide } from "../rounding.ts"

type Deal = RowOf<typeof dealsTable>
type Share = Tables["dealShares"][number]

/** A million: ten-thousandths of a percent in the whole. */
const wholePercent = 1_000_000n

const shareOf = (whole: bigint, mode: string | null, percent: bigint | null, amount: bigint | null): bigint => {
  const share = divide(whole * (percent ?? 0n), wholePercent)
  if (mode === "percent") return share
  if (mode === "fixed") return amount ?? 0n
  return amount ?? share
}

const sum = (cents: ReadonlyArray<bigint>) => cents.reduce((total, next) => total + next, 0n)

const paid = (shares: ReadonlyArray<Share>, whole: bigint) =>
  sum(shares.map(({ amount, mode, percent }) => shareOf(whole, mode, percent, amount)))

interface Commission {
  readonly deal: Deal
  readonly bucket: number
  readonly total: bigint
  readonly agency: bigint
  readonly agents: ReadonlyArray<Share>
}

const commissions = (plan: Plan, tables: Tables): ReadonlyArray<Commission> =>
  tables.deals.flatMap((deal) => {
    const bucket = bucketOf(deal, dealsTable.fields.closedAt, plan)
    if (bucket === undefined || deal.status !== "won" || !isInScope(deal, plan)) return []
    const shares = tables.dealShares.filter((share) =>
      share.organizationId === deal.organizationId && share.dealId === deal.dealId
    )
    const total = shareOf(deal.price ?? 0n, deal.commissionMode, deal.commissionPercent, deal.commissionAmount)
    const agency = total - paid(shares.filter(({ party }) => party === "collaborator"), total)
    return [{ deal, bucket, total, agency, agents: shares.filter(({ party }) => party === "agent") }]
  })

const chosen = ({ bucket, deal }: Commission) => ({
  bucket,
  currency: deal.currency,
  deals: 1n,
  price: deal.price ?? 0n
})

export const evaluateBreakdown = (plan: Plan, tables: Tables): ReadonlyArray<Tally> =>
  tally(
    commissions(plan, tables).flatMap((commission) => {
      const { agency, agents, bucket, deal, total } = commission
      const payout = paid(agents, agency)
      const of = { bucket, currency: deal.currency }
      return [
        { ...chosen(commission), group: "total_commission", n: total },
        { ...of, group: "collaborator_payout", n: total - agency },
        { ...of, group: "agency_commission", n: agency },
        { ...of, group: "internal_agent_payout", n: payout },
        { ...of, group: "agency_net", n: agency - payout }
      ]
    })
  )

export const evaluateByAgent = (plan: Plan, tables: Tables): ReadonlyArray<Tally> =>
  tally(
    commissions(plan, tables).flatMap((commission) => [
      chosen(commission),
      ...commission.agents
        .filter(({ userId }) => plan.scope.people.some((person) => person.userId === userId))
        .map((share) => ({
          bucket: commission.bucket,
          currency: commission.deal.currency,
          group: share.userId,
          n: paid([share], commission.agency)
        }))
    ])
  )
