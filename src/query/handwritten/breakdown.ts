import type { Tables } from "../../metrics/crm.ts"
import { deal } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import type { Point, RecordQuery } from "../Point.ts"
import { millis, recordCells, type RecordShape } from "../sql/recordCells.ts"
import { newestKeys, pageOrder, rowOfKey } from "../sql/recordPage.ts"
import { lines, literal, type Params, type StatementShape } from "../sql/Statement.ts"
import {
  centsSql,
  type Commission,
  commissions,
  commissionsSql,
  currencyOf,
  currencyVote,
  dealsOfPoint,
  paid,
  paidTo,
  withAgency
} from "./commission.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"

const paidSql = lines(
  ", paid AS (",
  "SELECT k.*, paid.sum AS agents",
  `FROM kept k CROSS JOIN LATERAL (${paidTo("agent", "k", "k.agency")}) paid`,
  ")"
)

const pointsSql = {
  total_commission: "total",
  collaborator_payout: "total - agency",
  agency_commission: "agency",
  internal_agent_payout: "agents",
  agency_net: "agency - agents"
}

const pointsOf = ({ agency, agents, total }: Commission) => {
  const payout = paid(agents, agency)
  return [
    { group: "total_commission", numerator: total },
    { group: "collaborator_payout", numerator: total - agency },
    { group: "agency_commission", numerator: agency },
    { group: "internal_agent_payout", numerator: payout },
    { group: "agency_net", numerator: agency - payout }
  ]
}

const chosen = ({ groups = [] }: Point) => groups.filter((group) => group !== null)

const chosenCents = (params: Params<RecordQuery>): string =>
  lines(
    "(SELECT (coalesce(sum(p.n), 0) * 100)::numeric(38, 0)::text FROM (VALUES",
    Object.entries(pointsSql).map(([key, sum]) => `  (${literal(key)}, ${sum})`).join(",\n"),
    `) AS p("group", n) WHERE p."group" = ANY (${params.texts(chosen)}))`
  )

const totals = (shape: RecordShape, params: Params<RecordQuery>): string =>
  lines(
    `SELECT s.deals AS total, ${chosenCents(params)} AS n, '0' AS d FROM (`,
    `WITH ${commissionsSql(shape, params)}${paidSql}`,
    "SELECT count(*)::text AS deals, coalesce(sum(k.total), 0) AS total, coalesce(sum(k.agency), 0) AS agency,",
    "  coalesce(sum(k.agents), 0) AS agents",
    `FROM paid k WHERE k.currency = ${currencyOf(params)}`,
    ") s"
  )

const page = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const { before, paths } = dealsOfPoint(shape, params)
  const order = pageOrder("r.closed_at", "r.deal_id", shape, params)
  return lines(
    before,
    `SELECT r.deal_id AS id, r.deal_id AS subject, ${millis("r.closed_at")} AS at,`,
    `  ${chosenCents(params)} AS n, '0' AS d, ${recordCells(deal)}`,
    `FROM ${newestKeys(paths, "r", order, (rows) => lines("SELECT r.closed_at, r.deal_id", rows))}`,
    rowOfKey("deals", "deal_id"),
    withAgency,
    `CROSS JOIN LATERAL (SELECT paid.sum AS agents FROM (${paidTo("agent", "r", "a.agency")}) paid) b`
  )
}

const records: HandwrittenRecords = {
  type: deal,
  totals,
  page,
  evaluate: (point, tables) =>
    commissions(point, tables).filter(({ deal: { currency } }) => currency === point.currency).map((commission) => ({
      id: commission.deal.dealId,
      subject: commission.deal.dealId,
      at: commission.deal.closedAt ?? 0,
      numerator: pointsOf(commission)
        .filter(({ group }) => chosen(point).includes(group))
        .reduce((sum, { numerator }) => sum + numerator, 0n),
      denominator: 0n,
      ...described(commission.deal, deal, point, tables)
    }))
}

export const breakdown = {
  compile: (shape: StatementShape, params: Params): string =>
    lines(
      `WITH ${commissionsSql(shape, params)}${paidSql}, sums AS (`,
      "SELECT bucket, currency, sum(total) AS total, sum(agency) AS agency, sum(agents) AS agents,",
      "  count(*) AS deals, sum(price) AS price",
      "FROM paid GROUP BY 1, 2",
      ")",
      `SELECT bucket, currency, p."group", ${centsSql("p.n")} AS n, p.deals::text AS deals, ${
        centsSql("p.price")
      } AS price`,
      "FROM sums CROSS JOIN LATERAL (VALUES",
      Object.entries(pointsSql).map(([key, sum], index) =>
        `  (${literal(key)}, ${sum}, ${index === 0 ? "deals, price" : "0, 0"})`
      ).join(",\n"),
      `) AS p("group", n, deals, price)`
    ),
  evaluate: (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
    aggregate(
      commissions(plan, tables).flatMap((commission) =>
        pointsOf(commission).map((point, index) => ({
          ...(index === 0
            ? currencyVote(commission)
            : { bucket: commission.bucket, currency: commission.deal.currency }),
          ...point
        }))
      )
    ),
  records
}
