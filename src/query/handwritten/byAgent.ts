import type { Tables } from "../../metrics/crm.ts"
import { share as shareType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { idPart as partOfId } from "../CountedRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/described.ts"
import type { Plan } from "../Plan.ts"
import { idPart } from "../sql/recordCells.ts"
import { isAmong, lines, organization, type Params, type StatementShape } from "../sql/Statement.ts"
import {
  centsSql,
  type Commission,
  commissions,
  commissionsSql,
  currencyVote,
  dealShareSql,
  paid
} from "./commission.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"

const sharesInScope = ({ agents }: Commission, plan: Plan) =>
  agents.filter(({ userId }) => plan.scope.people.some((person) => person.userId === userId))

const records: HandwrittenRecords = {
  type: shareType,
  compile: (shape, params) => ({
    counted: lines(
      `${commissionsSql(shape, params, "r.closed_at, ")}, counted AS (`,
      `SELECT s.deal_id, s.share_id, k.closed_at AS counted_at, ${dealShareSql("k.agency")} * 100 AS n, 0 AS d`,
      "FROM kept k",
      `JOIN crm.deal_shares s ON s.organization_id = ${organization} AND s.deal_id = k.deal_id`,
      `WHERE s.party = 'agent' AND ${isAmong("s.user_id", shape)}`,
      `  AND k.currency = ${params.text(({ currency }) => currency ?? "")}`,
      shape.groups === "all"
        ? ""
        : `  AND s.user_id = ANY (${params.texts(({ groups = [] }) => groups.filter((group) => group !== null))})`,
      ")"
    ),
    id: `${idPart("c.deal_id")} || '/' || ${idPart("c.share_id")}`,
    subject: "c.deal_id",
    shown: lines(
      `crm.deal_shares s ON s.organization_id = ${organization}`,
      "  AND s.deal_id = c.deal_id AND s.share_id = c.share_id"
    ),
    row: "s"
  }),
  evaluate: (point, tables) =>
    commissions(point, tables).filter(({ deal }) => deal.currency === point.currency).flatMap((commission) =>
      sharesInScope(commission, point)
        .filter(({ userId }) => point.groups?.includes(userId) ?? true)
        .map((share) => ({
          id: `${partOfId(share.dealId)}/${partOfId(share.shareId)}`,
          subject: share.dealId,
          at: commission.deal.closedAt ?? 0,
          numerator: paid([share], commission.agency),
          denominator: 0n,
          ...described(share, shareType, point, tables)
        }))
    )
}

export const byAgent = {
  compile: (shape: StatementShape, params: Params): string =>
    lines(
      `WITH ${commissionsSql(shape, params)}`,
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
        ...sharesInScope(commission, plan).map((share) => ({
          bucket: commission.bucket,
          currency: commission.deal.currency,
          group: share.userId,
          numerator: paid([share], commission.agency)
        }))
      ])
    ),
  records
}
