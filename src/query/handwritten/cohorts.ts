import type { Tables } from "../../metrics/crm.ts"
import { lead as leadType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import type { RecordQuery } from "../Point.ts"
import { between, bucketing } from "../sql/aggregate.ts"
import { millis, recordCells, type RecordShape } from "../sql/recordCells.ts"
import { newestKeys, pageOrder, rowOfKey } from "../sql/recordPage.ts"
import { lines, type Params, type StatementShape } from "../sql/Statement.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"
import { joinSpells, leadPaths, leadsIn, leadsWithSpells } from "./leadSpells.ts"

const hoursOf = ({ within = 0 }: Plan): number => within * 24

/** `became` says whether the lead became a client in time. */
const conversion = (params: Params): string => {
  const inTime = `r.created_at + ${params.text((plan) => `${hoursOf(plan)} hours`)}::interval`
  const became = `coalesce(bool_or(s.status = 'client' AND s.started_at <= ${inTime}), false) AS became`
  return joinSpells([became], params)
}

const columns = "r.lead_id, r.created_at"

const compile = (shape: StatementShape, params: Params): string => {
  const { bucket, during } = bucketing("r.created_at", shape, params)
  const found = leadPaths(shape, params, during)
  return lines(
    found.before,
    `SELECT ${bucket} AS bucket, (count(*) FILTER (WHERE f.became))::text AS n,`,
    "  (count(*) FILTER (WHERE f.has_spells))::text AS d, count(*)::text AS deals",
    "FROM (",
    leadsIn(found, columns),
    ") r",
    conversion(params),
    "GROUP BY 1"
  )
}

const totals = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const found = leadPaths(shape, params, between("r.created_at", shape, params))
  return lines(
    found.before,
    "SELECT count(*)::text AS total, (count(*) FILTER (WHERE f.became))::text AS n, count(*)::text AS d",
    "FROM (",
    leadsIn(found, columns),
    ") r",
    conversion(params),
    "WHERE f.has_spells"
  )
}

const page = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const { before, paths } = leadPaths(shape, params, between("r.created_at", shape, params))
  const ofLead = conversion(params)
  const order = pageOrder("r.created_at", "r.lead_id", shape, params)
  const select = (rows: string) =>
    lines(`SELECT ${columns} FROM (SELECT r.*`, rows, ") r", ofLead, "WHERE f.has_spells")
  return lines(
    before,
    `SELECT r.lead_id AS id, r.lead_id AS subject, ${millis("r.created_at")} AS at,`,
    `  f.became::int::text AS n, '1' AS d, ${recordCells(leadType)}`,
    `FROM ${newestKeys(paths, "r", order, select)}`,
    rowOfKey("leads", "lead_id"),
    ofLead
  )
}

const cohortRows = (plan: Plan, tables: Tables) =>
  leadsWithSpells(plan, tables).map(({ bucket, lead, spells }) => {
    const last = lead.createdAt + hoursOf(plan) * 3_600_000
    const became = spells.some(({ startedAt, status }) => status === "client" && startedAt <= last)
    return { lead, bucket, numerator: became ? 1n : 0n, denominator: spells.length > 0 ? 1n : 0n }
  })

const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
  aggregate(cohortRows(plan, tables).map(({ lead: _lead, ...row }) => ({ ...row, currencyRows: 1n })))

const records: HandwrittenRecords = {
  type: leadType,
  totals,
  page,
  evaluate: (point, tables) =>
    cohortRows(point, tables)
      .filter(({ denominator }) => denominator > 0n)
      .map(({ denominator, lead, numerator }) => ({
        id: lead.leadId,
        subject: lead.leadId,
        at: lead.createdAt,
        numerator,
        denominator,
        ...described(lead, leadType, point, tables)
      }))
}

/** The denominator counts the leads with a spell, and `currencyRows` all leads. */
export const cohorts = { compile, evaluate, records }
