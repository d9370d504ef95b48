import type { Tables } from "../../metrics/crm.ts"
import { funnelSteps } from "../../metrics/leads.ts"
import { lead as leadType } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { described } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import type { Point, RecordQuery } from "../Point.ts"
import { between } from "../sql/aggregate.ts"
import { millis, recordCells, type RecordShape } from "../sql/recordCells.ts"
import { newestKeys, pageOrder, rowOfKey } from "../sql/recordPage.ts"
import { lines, literal, type Params, type StatementShape } from "../sql/Statement.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"
import { joinSpells, leadPaths, leadsIn, leadsWithSpells } from "./leadSpells.ts"

const listed = (statuses: ReadonlyArray<string>) => `(${statuses.map(literal).join(", ")})`

const isNoStep = `r.status NOT IN ${listed(funnelSteps)}`

const [entered, ...laterSteps] = funnelSteps

/** A column for each later step, and `has_spells`. */
const progress = (params: Params): string =>
  joinSpells(
    laterSteps.map((step) => {
      const statuses = listed(funnelSteps.slice(funnelSteps.indexOf(step)))
      return `r.status IN ${statuses} OR coalesce(bool_or(s.status IN ${statuses}), false) AS ${step}`
    }),
    params
  )

const pathsOf = (shape: StatementShape, params: Params) =>
  leadPaths(shape, params, between("r.created_at", shape, params))

const columns = "r.lead_id, r.status"

const compile = (shape: StatementShape, params: Params): string => {
  const found = pathsOf(shape, params)
  const steps = laterSteps.map((step) => `(${literal(step)}, r.${step})`)
  return lines(
    found.before,
    `SELECT ${shape.hasLowerBound ? 1 : 0} AS bucket, g."group", sum(r.leads)::text AS n, sum(r.spelled)::text AS d`,
    "FROM (",
    `SELECT r.status, ${laterSteps.map((step) => `f.${step}`).join(", ")}, count(*) AS leads,`,
    "  count(*) FILTER (WHERE f.has_spells) AS spelled",
    "FROM (",
    leadsIn(found, columns),
    ") r",
    progress(params),
    "GROUP BY 1, 2, 3",
    ") r CROSS JOIN LATERAL (VALUES",
    `  (${literal(entered)}, true), ${steps.join(", ")}, (r.status, ${isNoStep})`,
    ") AS g(\"group\", is_in)",
    "WHERE g.is_in",
    "GROUP BY 2"
  )
}

/** SQL for the number of the point's groups that contain the lead. */
const timesOf = ({ groups }: RecordShape, params: Params<RecordQuery>): string => {
  const isIn = [
    { group: literal(entered), condition: "true" },
    ...laterSteps.map((step) => ({ group: literal(step), condition: `f.${step}` })),
    { group: "r.status", condition: isNoStep }
  ]
  const chosen = groups === "all"
    ? undefined
    : params.texts(({ groups = [] }) => groups.filter((group) => group !== null))
  const conditions = isIn.map(({ condition, group }) =>
    chosen === undefined ? condition : `${condition} AND ${group} = ANY (${chosen})`
  )
  return conditions.map((condition) => `(${condition})::int`).join(" + ")
}

const totals = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const found = pathsOf(shape, params)
  return lines(
    found.before,
    "SELECT count(*)::text AS total, coalesce(sum(w.times), 0)::text AS n,",
    "  coalesce(sum(w.times) FILTER (WHERE w.has_spells), 0)::text AS d",
    `FROM (SELECT ${timesOf(shape, params)} AS times, f.has_spells FROM (`,
    leadsIn(found, columns),
    ") r",
    progress(params),
    ") w WHERE w.times > 0"
  )
}

const page = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const { before, paths } = pathsOf(shape, params)
  const [ofLead, times] = [progress(params), timesOf(shape, params)]
  const order = pageOrder("r.created_at", "r.lead_id", shape, params)
  const select = (rows: string) =>
    lines("SELECT r.created_at, r.lead_id FROM (SELECT r.*", rows, ") r", ofLead, `WHERE ${times} > 0`)
  return lines(
    before,
    `SELECT r.lead_id AS id, r.lead_id AS subject, ${millis("r.created_at")} AS at,`,
    `  w.times::text AS n, (w.times * f.has_spells::int)::text AS d, ${recordCells(leadType)}`,
    `FROM ${newestKeys(paths, "r", order, select)}`,
    rowOfKey("leads", "lead_id"),
    ofLead,
    `CROSS JOIN LATERAL (SELECT ${times} AS times) w`
  )
}

const steps: ReadonlyArray<string> = funnelSteps

/** Returns each counted lead with the points in which it counts. */
const leadsOf = (plan: Plan, tables: Tables) =>
  leadsWithSpells(plan, tables).map(({ bucket, lead, spells }) => {
    const last = spells.reduce((step, { status }) => Math.max(step, steps.indexOf(status)), steps.indexOf(lead.status))
    const groups = [
      ...steps.slice(0, Math.max(0, last) + 1),
      ...(steps.includes(lead.status) ? [] : [lead.status])
    ]
    return { lead, bucket, groups, hasSpells: spells.length > 0 }
  })

const amounts = (times: number, hasSpells: boolean) => ({
  numerator: BigInt(times),
  denominator: hasSpells ? BigInt(times) : 0n
})

const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
  aggregate(
    leadsOf(plan, tables).flatMap(({ bucket, groups, hasSpells }) =>
      groups.map((group) => ({ bucket, group, ...amounts(1, hasSpells) }))
    )
  )

const records: HandwrittenRecords = {
  type: leadType,
  totals,
  page,
  evaluate: (point: Point, tables) =>
    leadsOf(point, tables).flatMap(({ groups, hasSpells, lead }) => {
      const times = groups.filter((group) => point.groups?.includes(group) ?? true).length
      return times === 0 ? [] : [{
        id: lead.leadId,
        subject: lead.leadId,
        at: lead.createdAt,
        ...amounts(times, hasSpells),
        ...described(lead, leadType, point, tables)
      }]
    })
}

/** The numerator counts the leads of a point, and the denominator counts those with a spell. */
export const funnel = { compile, evaluate, records }
