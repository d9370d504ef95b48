import type { RecordQuery } from "../Point.ts"
import { millis } from "./recordCells.ts"
import type { RecordShape } from "./RecordShape.ts"
import { lines, type Params } from "./Statement.ts"

/** Collation "C" gives the order of code points. */
export const newestFirst = (at: string, id: string): string => `ORDER BY ${at} DESC, ${id} COLLATE "C" DESC`

export const limited = (params: Params<RecordQuery>): string =>
  `LIMIT ${params.text(({ limit }) => String(limit))}::bigint`

/** Selects what follows the previous page. The first comparison can use an index. */
export const after = (at: string, id: string, { isFirstPage }: RecordShape, params: Params<RecordQuery>): string => {
  if (isFirstPage) return ""
  const last = params.instant((query) => query.after?.at ?? query.asOf)
  return `  AND ${at} <= ${last} AND (${at} < ${last} OR ${id} COLLATE "C" < ${
    params.text((query) => query.after?.id ?? "")
  })`
}

/** One statement computes totals and page, so both are of one moment. */
export const withTotals = (before: string, totals: string, page: string): string =>
  lines(
    before,
    "SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels",
    "FROM (",
    totals,
    ") t LEFT JOIN (",
    page,
    ") p ON true"
  )

/** `counted` has the columns id, subject, counted_at, n, d, cells and labels. */
export const pageOf = (counted: string, shape: RecordShape, params: Params<RecordQuery>): string =>
  withTotals(
    lines(`WITH ${counted}`),
    "SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c",
    lines(
      `SELECT c.id, c.subject, ${
        millis("c.counted_at")
      } AS at, c.n::numeric(38, 0)::text AS n, c.d::text AS d, c.cells, c.labels`,
      "FROM counted c WHERE true",
      after("c.counted_at", "c.id", shape, params),
      newestFirst("c.counted_at", "c.id"),
      limited(params)
    )
  )
