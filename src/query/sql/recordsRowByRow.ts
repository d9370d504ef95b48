import type { Dimension } from "../../metrics/Metric.ts"
import { recordTypeOf } from "../../metrics/recordTypes.ts"
import type { RecordQuery } from "../Point.ts"
import { accessPaths } from "./accessPaths.ts"
import { type AccessPath, between } from "./aggregate.ts"
import { partOf } from "./compileRowByRow.ts"
import { cell, countedRows, measure } from "./measure.ts"
import { millis, recordCells, type RecordShape } from "./recordCells.ts"
import { newestKeys, onPath, pageOrder, type RecordsSql, rowOfKey } from "./recordPage.ts"
import { fromWhere } from "./rowFilter.ts"
import { lines, type Params, people } from "./Statement.ts"

interface GroupFilter {
  readonly conditions: ReadonlyArray<string>
  /** `times` is SQL for the number of the point's groups that contain the row. */
  readonly times: string
  /** Totals are first grouped by the column `list`, because many rows have the same list. */
  readonly list?: string
  /** `others` is SQL for all groups of a row except the first, such as the assignees except the owner. */
  readonly others?: string
}

const once = "1"

const isIn = (groupIn: () => string, { groups }: RecordShape, params: Params<RecordQuery>): GroupFilter => {
  if (groups === "all") return { conditions: [], times: once }
  const group = groupIn()
  const values = params.texts((query) => (query.groups ?? []).filter((value) => value !== null))
  const matches = `${group} = ANY (${values})`
  return { conditions: [groups === "some" ? matches : `(${matches} OR ${group} IS NULL)`], times: once }
}

const countsEach = (list: string, condition: string): string =>
  `(SELECT count(DISTINCT a.id) FROM unnest(${list}) AS a(id) WHERE ${condition})`

const byPerson = ({ hasNobody, metric: { from } }: RecordShape): GroupFilter => {
  const { assignees, owner } = from.seenBy
  if (assignees === undefined) return { conditions: [], times: once }
  const isOther = (id: string) => `${id} = ANY (${people}) AND ${id} IS DISTINCT FROM ${cell(owner)}`
  const owns = `((${cell(owner)} = ANY (${people})) IS TRUE)::int`
  const times = `${owns} + ${countsEach(cell(assignees), isOther("a.id"))}`
  return {
    conditions: [],
    // A row that nobody owns has no person, and is in one group.
    times: hasNobody ? `greatest(${times}, 1)` : times,
    others: `(SELECT DISTINCT a.id FROM unnest(${cell(assignees)}) AS a(id) WHERE ${isOther("a.id")})`
  }
}

const byDimension = (dimension: Dimension, shape: RecordShape, params: Params<RecordQuery>): GroupFilter => {
  if (dimension._tag === "Person") {
    return shape.people === "one" ? { conditions: [], times: once } : byPerson(shape)
  }
  const field = cell(dimension)
  if (dimension.kind !== "uuids") return isIn(() => field, shape, params)
  if (shape.groups === "all") {
    return { conditions: [`${field} <> '{}'`], times: countsEach(field, "true"), list: field }
  }
  const ids = params.uuids((query) => (query.groups ?? []).filter((value) => value !== null))
  return { conditions: [`${field} && ${ids}`], times: countsEach(field, `ARRAY[a.id] && ${ids}`), list: field }
}

const groupFilter = (shape: RecordShape, params: Params<RecordQuery>): GroupFilter => {
  const { groupBy } = shape
  switch (groupBy._tag) {
    case "Nothing":
      return { conditions: [], times: once }
    case "Dimension":
      return byDimension(groupBy.dimension, shape, params)
    case "Parts":
      return isIn(() => `(${partOf(groupBy.parts, params)})`, shape, params)
  }
}

const inCurrency = ({ isOneCurrency, metric: { dominant } }: RecordShape, params: Params<RecordQuery>) =>
  dominant === undefined || !isOneCurrency
    ? []
    : [`${cell(dominant.currency)} = ${params.text(({ currency }) => currency ?? "")}`]

/** `total` counts a row once. `n` and `d` add its amounts once for each requested group that contains it. */
const totalsOf = (
  { list, others, times }: GroupFilter,
  shape: RecordShape,
  params: Params<RecordQuery>,
  read: (inScope: string) => string
): string => {
  const { denominator = "0", numerator } = measure(shape.metric.measure, params)
  const { nobodys, owned, shared } = accessPaths({ ...shape, groupBy: { _tag: "Nothing" } }, params, read)
  const counted = (amounts: string) => ({ each, rows }: AccessPath) =>
    onPath(
      each,
      lines(
        `SELECT count(*) AS total, ${amounts}${list === undefined ? "" : `, ${list}`}`,
        rows,
        list === undefined ? "" : "GROUP BY 4"
      )
    )
  const all = counted(`${numerator} AS n, ${denominator} AS d`)
  const { assignees } = shape.metric.from.seenBy
  const each = others === undefined || assignees === undefined ? [] : [
    lines(
      `SELECT 0 AS total, ${numerator} AS n, ${denominator} AS d FROM (SELECT r.*`,
      read(`${cell(assignees)} <> '{}'`),
      `) r CROSS JOIN LATERAL ${others} g`
    )
  ]
  const paths = others === undefined
    ? [owned, ...shared, ...nobodys].map(all)
    : [...[owned, ...nobodys].map(all), ...shared.map(counted("0 AS n, 0 AS d")), ...each]
  const multiplied = list === undefined ? "" : ` * (${times})`
  return lines(
    `SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n${multiplied}), 0)::text AS n,`,
    `  coalesce(sum(r.d${multiplied}), 0)::text AS d`,
    "FROM (",
    paths.join("\nUNION ALL\n"),
    ") r"
  )
}

export const recordsRowByRow = (shape: RecordShape, params: Params<RecordQuery>): RecordsSql => {
  const { at: time, from, measure: of } = shape.metric
  const type = recordTypeOf(from.table)
  const [at, id] = [cell(time ?? type.at), cell(type.key)]
  const groups = groupFilter(shape, params)
  const { conditions, times } = groups
  const read = fromWhere(shape, params, [
    ...(time === undefined ? [] : between(at, shape, params)),
    ...countedRows(of, params),
    ...conditions,
    ...inCurrency(shape, params)
  ])
  const { before, nobodys, owned, shared } = accessPaths({ ...shape, groupBy: { _tag: "Nothing" } }, params, read)
  const page = () => {
    const { denominator = "0", numerator } = measure(of, params)
    const select = (rows: string) => lines(`SELECT ${at}, ${id}`, rows)
    return lines(
      `SELECT ${id} AS id, ${id} AS subject, ${millis(at)} AS at,`,
      `  (w.n * (${times}))::text AS n, (w.d * (${times}))::text AS d, ${recordCells(type)}`,
      `FROM ${newestKeys([owned, ...shared, ...nobodys], "r", pageOrder(at, id, shape, params), select)}`,
      rowOfKey(from.table, type.key.column),
      `CROSS JOIN LATERAL (SELECT ${numerator} AS n, ${denominator} AS d FROM (SELECT r.*) r) w`
    )
  }
  return { before, totals: () => totalsOf(groups, shape, params, read), page }
}
