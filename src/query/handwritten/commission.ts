import { dealsTable, type Tables } from "../../metrics/crm.ts"
import type { RowOf } from "../../metrics/Table.ts"
import { shareOf } from "../definitions.ts"
import { cell } from "../memory/cell.ts"
import { bucketOfRow, populationRows } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import type { RecordQuery } from "../Point.ts"
import { accessPaths } from "../sql/accessPaths.ts"
import { between } from "../sql/aggregate.ts"
import type { RecordShape } from "../sql/recordCells.ts"
import { fromWhere, isNobodys, rowFilter } from "../sql/rowFilter.ts"
import { lines, literal, organization, type Params, type StatementShape } from "../sql/Statement.ts"

const shareSql = (whole: string, mode: string, percent: string, amount: string): string => {
  const share = `round(${whole} * coalesce(${percent}, 0) * 0.01, 2)`
  return `CASE ${mode} WHEN 'percent' THEN ${share} WHEN 'fixed' THEN coalesce(${amount}, 0) ELSE coalesce(${amount}, ${share}) END`
}

export const dealShareSql = (whole: string) => shareSql(whole, "s.mode", "s.percent", "s.amount")

/** This subquery needs a lateral join, because in SELECT it would run once per use of its column. */
export const paidTo = (party: string, deal: string, whole: string): string =>
  lines(
    `SELECT coalesce(sum(${dealShareSql(whole)}), 0) AS sum FROM crm.deal_shares s`,
    `  WHERE s.organization_id = ${organization} AND s.deal_id = ${deal}.deal_id AND s.party = ${literal(party)}`
  )

const totalSql = shareSql("coalesce(r.price, 0)", "r.commission_mode", "r.commission_percent", "r.commission_amount")

export const withAgency = lines(
  "CROSS JOIN LATERAL (",
  `SELECT w.total, w.total - paid.sum AS agency FROM (SELECT ${totalSql} AS total) w`,
  `CROSS JOIN LATERAL (${paidTo("collaborator", "r", "w.total")}) paid`,
  ") a"
)

export const currencyOf = (params: Params<RecordQuery>): string => params.text(({ currency }) => currency ?? "")

export const dealsOfPoint = (shape: RecordShape, params: Params<RecordQuery>) => {
  const read = fromWhere(shape, params, [
    ...between("r.closed_at", shape, params),
    `r.currency = ${currencyOf(params)}`
  ])
  const { before, nobodys, owned, shared } = accessPaths({ ...shape, groupBy: { _tag: "Nothing" } }, params, read)
  return { before, paths: [owned, ...shared, ...nobodys] }
}

/** The last CTE, `kept`, has the won deals of the scope and window, in all currencies. */
export const commissionsSql = (shape: StatementShape, params: Params): string => {
  const read = fromWhere(shape, params, between("r.closed_at", shape, params))
  const { owned, shared } = rowFilter(shape)
  const inScope = [owned, shared ?? "false", ...isNobodys(shape, params)]
  const won = lines(
    `SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, ${shape.hasLowerBound ? 1 : 0} AS bucket,`,
    `  ${totalSql} AS total`
  )
  return lines(
    "won AS (",
    inScope.map((condition) => lines(won, read(condition))).join("\nUNION ALL\n"),
    "), kept AS (",
    "SELECT w.*, w.total - paid.sum AS agency",
    `FROM won w CROSS JOIN LATERAL (${paidTo("collaborator", "w", "w.total")}) paid`,
    ")"
  )
}

export const centsSql = (sum: string) => `(${sum} * 100)::numeric(38, 0)::text`

type Deal = RowOf<typeof dealsTable>
type Share = Tables["dealShares"][number]

export const paid = (shares: ReadonlyArray<Share>, whole: bigint) =>
  shares.reduce((sum, share) => sum + shareOf(whole, share), 0n)

export interface Commission {
  readonly deal: Deal
  readonly bucket: number
  readonly total: bigint
  readonly agency: bigint
  readonly agents: ReadonlyArray<Share>
}

export const commissions = (plan: Plan, tables: Tables): ReadonlyArray<Commission> => {
  const { closedAt, dealId } = dealsTable.fields
  const { organizationId } = plan.scope.organization
  const counted = new Set(populationRows(plan, tables).map((row) => cell(row, dealId)))
  return tables.deals.flatMap((deal) => {
    const bucket = bucketOfRow(deal, closedAt, plan)
    if (bucket === undefined || deal.organizationId !== organizationId || !counted.has(deal.dealId)) return []
    const shares = tables.dealShares.filter((share) =>
      share.organizationId === deal.organizationId && share.dealId === deal.dealId
    )
    const total = shareOf(deal.price ?? 0n, {
      mode: deal.commissionMode,
      percent: deal.commissionPercent,
      amount: deal.commissionAmount
    })
    const agency = total - paid(shares.filter(({ party }) => party === "collaborator"), total)
    return [{ deal, bucket, total, agency, agents: shares.filter(({ party }) => party === "agent") }]
  })
}

export const currencyVote = ({ bucket, deal }: Commission) => ({
  bucket,
  currency: deal.currency,
  currencyRows: 1n,
  currencyTotal: deal.price ?? 0n
})
