import { leads, type Tables } from "../../metrics/crm.ts"
import type { Row } from "../memory/cell.ts"
import { bucketOfRow, populationRows } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { accessPaths } from "../sql/accessPaths.ts"
import { onPath } from "../sql/recordPage.ts"
import { fromWhere } from "../sql/rowFilter.ts"
import { lines, organization, type Params, type StatementShape } from "../sql/Statement.ts"

/** Joins what the spells `s` of the lead `r` say that began up to now: the SQL in `columns`, and `has_spells`. */
export const joinSpells = (columns: ReadonlyArray<string>, params: Params): string =>
  lines(
    "CROSS JOIN LATERAL (",
    `SELECT ${[...columns, "count(*) > 0 AS has_spells"].join(", ")}`,
    "FROM crm.lead_status_spells s",
    `WHERE s.organization_id = ${organization} AND s.lead_id = r.lead_id`,
    `  AND s.started_at <= ${params.instant(({ asOf }) => asOf)}`,
    ") f"
  )

/** `during` has conditions on the lead `r`. */
export const leadPaths = (shape: StatementShape, params: Params, during: ReadonlyArray<string>) => {
  const read = fromWhere(shape, params, during)
  const { before, nobodys, owned, shared } = accessPaths({ ...shape, groupBy: { _tag: "Nothing" } }, params, read)
  return { before, paths: [owned, ...shared, ...nobodys] }
}

export const leadsIn = ({ paths }: ReturnType<typeof leadPaths>, columns: string): string =>
  paths.map(({ each, rows }) => onPath(each, lines(`SELECT ${columns}`, rows))).join("\nUNION ALL\n")

/** Returns each counted lead with its spells that began up to now. */
export const leadsWithSpells = (plan: Plan, tables: Tables) => {
  const { organizationId } = plan.scope.organization
  const counted = new Set<Row>(populationRows(plan, tables))
  const spells = Map.groupBy(
    tables.leadStatusSpells.filter((spell) => spell.organizationId === organizationId && spell.startedAt <= plan.asOf),
    ({ leadId }) => leadId
  )
  return tables.leads.flatMap((lead) => {
    const bucket = bucketOfRow(lead, leads.createdAt, plan)
    return bucket === undefined || !counted.has(lead) ? [] : [{ lead, bucket, spells: spells.get(lead.leadId) ?? [] }]
  })
}
