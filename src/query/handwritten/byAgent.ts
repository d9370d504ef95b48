import type { Tables } from "../../metrics/crm.ts"
import { share as shareType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { idPart as partOfId } from "../CountedRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/described.ts"
import type { Plan } from "../Plan.ts"
import type { RecordQuery } from "../Point.ts"
import { idPart, millis, recordCells } from "../sql/recordCells.ts"
import { newestKeys, pageOrder, rowOfKey } from "../sql/recordPage.ts"
import type { RecordShape } from "../sql/RecordShape.ts"
import { isAmong, lines, organization, type Params, type StatementShape } from "../sql/Statement.ts"
import {
  centsSql,
  type Commission,
  commissions,
  commissionsSql,
  currencyOf,
  currencyVote,
  dealShareSql,
  dealsOfPoint,
  paid,
  withAgency
} from "./commission.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"

const sharesInScope = ({ agents }: Commission, plan: Plan) =>
  agents.filter(({ userId }) => plan.scope.people.some((person) => person.userId === userId))

const chosenShares = (shape: RecordShape, params: Params<RecordQuery>): string =>
  lines(
    `s.party = 'agent' AND ${isAmong("s.user_id", shape)}`,
    shape.groups === "all"
      ? ""
      : `  AND s.user_id = ANY (${params.texts(({ groups = [] }) => groups.filter((group) => group !== null))})`
  )

const totals = (shape: RecordShape, params: Params<RecordQuery>): string =>
  lines(
    `WITH ${commissionsSql(shape, params)}`,
    `SELECT count(*)::text AS total, ${centsSql(`coalesce(sum(${dealShareSql("k.agency")}), 0)`)} AS n, '0' AS d`,
    "FROM kept k",
    `JOIN crm.deal_shares s ON s.organization_id = ${organization} AND s.deal_id = k.deal_id`,
    `WHERE k.currency = ${currencyOf(params)} AND ${chosenShares(shape, params)}`
  )

const page = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const { before, paths } = dealsOfPoint(shape, params)
  const chosen = chosenShares(shape, params)
  const idOf = (row: string) => `(${idPart(`${row}.deal_id`)} || '/' || ${idPart(`${row}.share_id`)})`
  const order = pageOrder("r.closed_at", idOf("r"), shape, params)
  const select = (rows: string) =>
    lines(
      "SELECT r.* FROM (",
      "SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id",
      rows,
      `) r JOIN crm.deal_shares s ON s.organization_id = ${organization} AND s.deal_id = r.deal_id`,
      `WHERE ${chosen}`,
      ") r WHERE true"
    )
  return lines(
    before,
    `SELECT ${idOf("k")} AS id, r.deal_id AS subject, ${millis("r.closed_at")} AS at,`,
    `  ${centsSql(dealShareSql("a.agency"))} AS n, '0' AS d, ${recordCells(shareType, "s")}`,
    `FROM ${newestKeys(paths, "r", order, select)}`,
    rowOfKey("deals", "deal_id"),
    withAgency,
    `${rowOfKey("deal_shares", "deal_id", "s")} AND s.share_id = k.share_id`
  )
}

const records: HandwrittenRecords = {
  type: shareType,
  totals,
  page,
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
