import { noAmounts } from "../../src/query/AggregateRow.ts"
import { compileRecords } from "../../src/query/compile.ts"
import type { Point, RecordQuery } from "../../src/query/Point.ts"
import { pointOf } from "../../src/query/series/pointOf.ts"
import type { Statement } from "../../src/query/sql/Statement.ts"
import { type Asked, planFor } from "./statements.ts"

/** Returns the point that counts all groups. */
const wholeOf = (asked: Asked): Point => {
  const plan = planFor(asked)
  const point = pointOf(plan, [], {})
  if (point === undefined) throw new Error(`${asked.id} has no point`)
  return point
}

const choices: ReadonlyArray<RecordQuery["groups"]> = [undefined, ["asked for", null], ["asked for"]]

export const recordQueriesOf = (asked: Asked): ReadonlyArray<RecordQuery> => {
  const point = wholeOf(asked)
  const pages: ReadonlyArray<Pick<RecordQuery, "after" | "part">> = [
    { after: undefined },
    { after: { at: asked.userIds.length, id: "asked for", totals: { rows: 0, ...noAmounts } } },
    { after: undefined, part: "records" },
    { after: undefined, part: "totals" }
  ]
  const groups = point.groupBy._tag === "Nothing" ? [point.groups] : choices
  return groups.flatMap((chosen) => pages.map((page) => ({ ...point, groups: chosen, limit: 50, ...page })))
}

export const recordStatementsOf = (asked: Asked): ReadonlyArray<Statement> => recordQueriesOf(asked).map(compileRecords)
