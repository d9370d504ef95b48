import type { RecordType } from "../../metrics/recordTypes.ts"
import type { RecordQuery } from "../Point.ts"
import { millis, recordCells } from "./recordCells.ts"
import type { RecordShape } from "./RecordShape.ts"
import { lines, type Params } from "./Statement.ts"

/** Collation "C" gives the order of code points. */
export const newestFirst = (at: string, id: string): string => `ORDER BY ${at} DESC, ${id} COLLATE "C" DESC`

export const limited = (params: Params<RecordQuery>): string =>
  `LIMIT ${params.text(({ limit }) => String(limit))}::bigint`

/** Selects the rows after the previous page. The first comparison can use an index. */
export const after = (at: string, id: string, { isFirstPage }: RecordShape, params: Params<RecordQuery>): string => {
  if (isFirstPage) return ""
  const last = params.instant((query) => query.after?.at ?? query.asOf)
  return `  AND ${at} <= ${last} AND (${at} < ${last} OR ${id} COLLATE "C" < ${
    params.text((query) => query.after?.id ?? "")
  })`
}

/** The same statement computes the first page and the totals, so both are of the same moment. */
export const withTotals = (before: string, totals: string, page: string, { isFirstPage }: RecordShape): string => {
  if (!isFirstPage) return lines(before, page)
  return lines(
    before,
    "SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels",
    "FROM (",
    totals,
    ") t LEFT JOIN (",
    page,
    ") p ON true"
  )
}

export interface CountedSql {
  /** CTEs. The last one, `counted`, has the columns counted_at, n, d and the key columns. */
  readonly counted: string
  /** `id` and `subject` are expressions over `counted` as `c`. */
  readonly id: string
  readonly subject: string
  /** Joins the row that is shown to the counted row, by primary key. */
  readonly shown: string
  readonly row: string
}

/** Ids, which are texts, are computed only for rows whose time is on the page. */
export const pageOf = (
  type: RecordType,
  { counted, id, row, shown, subject }: CountedSql,
  shape: RecordShape,
  params: Params<RecordQuery>
): string => {
  const older = after("c.counted_at", `(${id})`, shape, params)
  const limit = limited(params)
  const newest = lines("SELECT c.counted_at FROM counted c WHERE true", older, "ORDER BY 1 DESC", limit)
  return withTotals(
    lines(`WITH ${counted}`),
    "SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c",
    lines(
      `SELECT c.id, ${subject} AS subject, ${millis("c.counted_at")} AS at,`,
      `  c.n::numeric(38, 0)::text AS n, c.d::text AS d, ${recordCells(type, row)}`,
      `FROM (SELECT c.*, ${id} AS id FROM counted c`,
      `WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (${newest}) n)`,
      older,
      newestFirst("c.counted_at", `(${id})`),
      `${limit}) c`,
      `JOIN ${shown}`
    ),
    shape
  )
}
