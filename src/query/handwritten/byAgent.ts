import type { Tables } from "../../metrics/crm.ts"
import { share as shareType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { idPart as partOfId, type RecordQuery } from "../Point.ts"
import { idPart, millis, recordCells, type RecordShape } from "../sql/recordCells.ts"
import { newestKeys, pageOrder, rowOfKey } from "../sql/recordPage.ts"
import { isNoMember } from "../sql/rowFilter.ts"
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

/** The agent is null if the share is for somebody who is no member. */
const sharesInScope = ({ agents }: Commission, { scope: { allMembers, people } }: Plan) =>
  agents.flatMap((share) => {
    const { userId } = share
    if (people.some((person) => person.userId === userId)) return [{ share, agent: userId }]
    const isNobodys = allMembers !== undefined && (userId === null || !allMembers.includes(userId))
    return isNobodys ? [{ share, agent: null }] : []
  })

const isInScope = (shape: StatementShape, params: Params): string => {
  const isSelected = isAmong("s.user_id", shape)
  return shape.hasNobody ? `(${isSelected} OR ${isNoMember("s.user_id", params)})` : isSelected
}

const isChosen = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const userIds = params.texts(({ groups = [] }) => groups.filter((group) => group !== null))
  const isAnyOf = `s.user_id = ANY (${userIds})`
  return shape.groups === "someOrNull" ? `(${isAnyOf} OR ${isNoMember("s.user_id", params)})` : isAnyOf
}

const chosenShares = (shape: RecordShape, params: Params<RecordQuery>): string =>
  lines(
    `s.party = 'agent' AND ${isInScope(shape, params)}`,
    shape.groups === "all" ? "" : `  AND ${isChosen(shape, params)}`
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
        .filter(({ agent }) => point.groups?.includes(agent) ?? true)
        .map(({ share }) => ({
          id: `${partOfId(share.dealId)}/${partOfId(share.shareId)}`,
          subject: share.dealId,
          at: commission.deal.closedAt ?? 0,
          numerator: paid([share], commission.agency),
          denominator: 0n,
          ...described(share, shareType, point, tables)
        }))
    )
}

const paidByAgent = (shape: StatementShape, params: Params): string => {
  const agent = shape.hasNobody
    ? `CASE WHEN ${isNoMember("s.user_id", params)} THEN NULL ELSE s.user_id END`
    : "s.user_id"
  return lines(
    `SELECT k.bucket, k.currency, ${agent}, ${centsSql(`sum(${dealShareSql("k.agency")})`)}, '0', '0'`,
    "FROM kept k",
    `JOIN crm.deal_shares s ON s.organization_id = ${organization} AND s.deal_id = k.deal_id`,
    `WHERE s.party = 'agent' AND ${isInScope(shape, params)}`,
    "GROUP BY 1, 2, 3"
  )
}

/** The deals and the shares of nobody are rows with the same group. */
const mergedSql = (rows: string): string =>
  lines(
    "SELECT u.bucket, u.currency, u.\"group\", sum(u.n::numeric)::text AS n,",
    "  sum(u.deals::numeric)::text AS deals, sum(u.price::numeric)::text AS price",
    `FROM (${rows}) u GROUP BY 1, 2, 3`
  )

const compile = (shape: StatementShape, params: Params): string => {
  const kept = commissionsSql(shape, params)
  const rows = lines(
    `SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, ${
      centsSql("sum(price)")
    } AS price`,
    "FROM kept GROUP BY 1, 2",
    "UNION ALL",
    paidByAgent(shape, params)
  )
  return lines(`WITH ${kept}`, shape.hasNobody ? mergedSql(rows) : rows)
}

export const byAgent = {
  compile,
  evaluate: (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
    aggregate(
      commissions(plan, tables).flatMap((commission) => [
        currencyVote(commission),
        ...sharesInScope(commission, plan).map(({ agent, share }) => ({
          bucket: commission.bucket,
          currency: commission.deal.currency,
          group: agent,
          numerator: paid([share], commission.agency)
        }))
      ])
    ),
  records
}
