import type { RecordQuery } from "../Point.ts"
import type { AccessPath } from "./aggregate.ts"
import type { RecordShape } from "./recordCells.ts"
import { lines, organization, type Params } from "./Statement.ts"

const after = (at: string, id: string, { isFirstPage }: RecordShape, params: Params<RecordQuery>): string => {
  if (isFirstPage) return ""
  const last = params.instant((query) => query.after?.at ?? query.asOf)
  return `  AND ${at} <= ${last} AND (${at} < ${last} OR ${id} COLLATE "C" < ${
    params.text((query) => query.after?.id ?? "")
  })`
}

interface PageOrder {
  readonly limit: string
  /** `older` begins with `AND`, or is empty for the first page. */
  readonly older: string
  /** `newest` orders by time only, as an index does, and admits all rows of the last time. */
  readonly newest: string
  readonly exactlyNewest: string
}

export const pageOrder = (at: string, id: string, shape: RecordShape, params: Params<RecordQuery>): PageOrder => {
  const limit = `${params.text((query) => String(query.limit))}::bigint`
  return {
    limit,
    older: after(at, id, shape, params),
    newest: `ORDER BY ${at} DESC FETCH FIRST (${limit}) ROWS WITH TIES`,
    exactlyNewest: lines(`ORDER BY ${at} DESC, ${id} COLLATE "C" DESC`, `LIMIT ${limit}`)
  }
}

export const onPath = (each: string | undefined, select: string): string =>
  each === undefined ? `(${select})` : lines(`SELECT c.* FROM ${each} CROSS JOIN LATERAL (`, select, ") c")

/** The query reads only the newest rows of each access path. `select` must end with a condition. */
export const newestKeys = (
  paths: ReadonlyArray<AccessPath>,
  row: string,
  { exactlyNewest, newest, older }: PageOrder,
  select: (rows: string) => string
): string =>
  lines(
    `(SELECT ${row}.* FROM (SELECT ${row}.* FROM (`,
    paths.map(({ each, rows }) => onPath(each, lines(select(rows), older, newest))).join("\nUNION ALL\n"),
    `) ${row} ${newest}) ${row}`,
    `${exactlyNewest}) k`
  )

/** Columns that no index contains are read only for the rows of the page. */
export const rowOfKey = (table: string, key: string, row = "r"): string =>
  `JOIN crm.${table} ${row} ON ${row}.organization_id = ${organization} AND ${row}.${key} = k.${key}`

export interface RecordsSql {
  readonly before: string
  readonly totals: () => string
  readonly page: () => string
}

/** The page and the totals are of the same moment, because the same statement computes both. */
export const statementOf = ({ before, page, totals }: RecordsSql, { part }: RecordShape): string => {
  switch (part) {
    case "records":
      return lines(before, page())
    case "totals":
      return lines(before, "SELECT t.total, t.n AS total_n, t.d AS total_d FROM (", totals(), ") t")
    case "both":
      return lines(
        before,
        "SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels",
        "FROM (",
        totals(),
        ") t LEFT JOIN (",
        page(),
        ") p ON true"
      )
  }
}
