import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { eachBlock } from "./Batch.ts"
import type { Store } from "./ColumnStore.ts"
import { makeLines } from "./HashAggregate.ts"

/** So many steps through the rows of somebody in a bucket take some ten milliseconds, in which nobody else is answered. */
const mostSteps = 100_000

/** A plan of a metric that is counted row by row: the same lines as its SQL, or undefined where only SQL can tell them. */
export const countIn = (plan: Plan, store: Store): ReadonlyArray<Tally> | undefined => {
  const rows = store.rowsOf(plan.metric.from.table)
  if (rows === undefined) return undefined
  const viewers = store.people.codesOf(plan.scope.people.map(({ userId }) => userId))
  if (viewers.length * plan.edges.length > mostSteps) return undefined
  const lines = makeLines(plan, rows.columns, store, viewers)
  eachBlock(plan, rows, viewers, lines.count)
  return lines.tallies()
}
