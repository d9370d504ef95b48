import { lines, organization } from "../../query/sql/Statement.ts"

export type Limit = number | "ALL"

/** Selects the changes that the PgSnapshot `$2` does not contain. */
export const unseenIn = (table: string, columns: string, limit: Limit, hasOpen = true) => {
  /** ORDER BY makes PostgreSQL read the index, even if its estimates are wrong. */
  const changesWhere = (condition: string) =>
    lines(
      `SELECT ${columns} FROM ${table} r WHERE r.organization_id = ${organization}`,
      `  AND ${condition} ORDER BY r.xid LIMIT ${limit}`
    )
  const begunSince = "r.xid >= pg_snapshot_xmax($2::pg_snapshot) AND r.xid < pg_snapshot_xmax(pg_current_snapshot())"
  if (!hasOpen) return `(${changesWhere(begunSince)})`
  return lines(
    `(${changesWhere(begunSince)})`,
    "UNION ALL (SELECT e.* FROM pg_snapshot_xip($2::pg_snapshot) x CROSS JOIN LATERAL (",
    changesWhere("r.xid = x"),
    ") e WHERE pg_visible_in_snapshot(x, pg_current_snapshot()))"
  )
}
