import { all } from "../../metrics/all.ts"
import { dealsTable, sharesTable } from "../../metrics/crm.ts"
import { sum } from "../../metrics/Measure.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { type Field, instant, money, nullable, table, text, texts } from "../../metrics/Table.ts"
import { shareOf } from "../../query/definitions.ts"
import { projectionOf } from "../projection.ts"
import type { Group, JoinDefinition, JoinedRow } from "./joins.ts"
import type { Row, SourceRows } from "./sourceRows.ts"
import { dealSource, shareSource } from "./sources.ts"

const columns = { ownerId: text, assigneeIds: texts, currency: text, closedAt: instant }

const commissions = table("commissions", { ...columns, price: money, total: money, agency: money, agents: money }, [])

const payouts = table("agent_payouts", { ...columns, userId: nullable(text), amount: money }, [])

const populationOf = ({ fields: { assigneeIds, ownerId }, name }: typeof commissions | typeof payouts) => ({
  table: name,
  seenBy: { owner: ownerId, assignees: assigneeIds }
})

/** All joined deals are won, so the condition is left out. */
const { where: _isWon, ...metric } = all["deals.commission_breakdown"]

const sumOf = (
  of: typeof commissions | typeof payouts,
  amount: Field<"money">,
  price: Field<"money">
): Metric => ({
  ...metric,
  from: populationOf(of),
  at: of.fields.closedAt,
  dominant: { currency: of.fields.currency, price },
  measure: sum(amount)
})

const { agency, agents, price, total } = commissions.fields

export const totalSum = sumOf(commissions, total, price)
export const agencySum = sumOf(commissions, agency, price)
export const agentsSum = sumOf(commissions, agents, price)

export const agentOf = payouts.fields.userId
export const payoutSum = sumOf(payouts, payouts.fields.amount, payouts.fields.amount)

const deal = dealsTable.fields
const share = sharesTable.fields

const wholeOf = (value: number | null) => value === null ? null : BigInt(value)

const paidOf = (shares: SourceRows, row: Row, whole: bigint): bigint =>
  shareOf(whole, {
    mode: shares.text(row, share.mode),
    percent: wholeOf(shares.number(row, share.percent)),
    amount: wholeOf(shares.number(row, share.amount))
  })

const totalOf = (deals: SourceRows, row: Row): bigint =>
  shareOf(wholeOf(deals.number(row, deal.price)) ?? 0n, {
    mode: deals.text(row, deal.commissionMode),
    percent: wholeOf(deals.number(row, deal.commissionPercent)),
    amount: wholeOf(deals.number(row, deal.commissionAmount))
  })

const areExact = (deals: SourceRows, row: Row, shares: SourceRows): boolean =>
  [
    deals.number(row, deal.price),
    deals.number(row, deal.commissionAmount),
    ...shares.rows.map((each) => shares.number(each, share.amount))
  ].every((amount) => amount === null || Number.isSafeInteger(amount))

/** An inexact amount becomes this value, which is too large for a column store. So SQL computes the metric. */
const inexact = BigInt(Number.MAX_SAFE_INTEGER)

const sumAll = (amounts: ReadonlyArray<bigint>) => amounts.reduce((sum, amount) => sum + amount, 0n)

const amountsOf = (deals: SourceRows, row: Row, shares: SourceRows) => {
  const agentShares = shares.rows.filter((each) => shares.text(each, share.party) === "agent")
  if (!areExact(deals, row, shares)) {
    return { total: inexact, agency: inexact, paid: agentShares.map((each) => ({ each, amount: inexact })) }
  }
  const total = totalOf(deals, row)
  const collaborators = shares.rows.filter((each) => shares.text(each, share.party) === "collaborator")
  const agency = total - sumAll(collaborators.map((each) => paidOf(shares, each, total)))
  return { total, agency, paid: agentShares.map((each) => ({ each, amount: paidOf(shares, each, agency) })) }
}

const rowsOf = (group: Group): ReadonlyArray<JoinedRow> => {
  const [deals, shares] = [group.of(dealSource), group.of(shareSource)]
  return deals.rows.flatMap((row) => {
    const { agency, paid, total } = amountsOf(deals, row, shares)
    const common = [
      deals.text(row, deal.ownerId),
      deals.texts(row, deal.assigneeIds),
      deals.text(row, deal.currency),
      deals.number(row, deal.closedAt)
    ]
    const amounts = [total, agency, sumAll(paid.map(({ amount }) => amount))].map(Number)
    return [
      { table: commissions.name, image: [...common, deals.number(row, deal.price) ?? 0, ...amounts] },
      ...paid.map(({ amount, each }) => ({
        table: payouts.name,
        image: [...common, shares.text(each, share.userId), Number(amount)]
      }))
    ]
  })
}

export const commissionsJoin: JoinDefinition = {
  sources: [dealSource, shareSource],
  projections: [
    projectionOf(populationOf(commissions), Object.values(commissions.fields), [totalSum, agencySum, agentsSum]),
    projectionOf(populationOf(payouts), Object.values(payouts.fields), [payoutSum])
  ],
  rowsOf
}
