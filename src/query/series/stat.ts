import type { Stat } from "../../domain/Series.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { deltaPct, numberOf, sumOf, valueOf } from "./values.ts"

export const stat = (plan: Plan, rows: ReadonlyArray<AggregateRow>): Stat => {
  const { current, metric, previous, window } = plan
  const valueIn = (bucket: number) => valueOf(metric, sumOf(rows.filter((row) => row.bucket === bucket)))
  const value = valueIn(current)
  const before = window === null || window.previous === null ? null : valueIn(previous)
  return { value: numberOf(metric, value), previous: numberOf(metric, before), deltaPct: deltaPct(value, before) }
}
