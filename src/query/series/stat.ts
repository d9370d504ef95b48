import type { Stat } from "../../domain/Series.ts"
import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { add, deltaPct, numberOf, shown } from "./values.ts"

export const stat = (plan: Plan, tallies: ReadonlyArray<Tally>): Stat => {
  const { current, metric, previous, window } = plan
  const of = (bucket: number) => shown(metric, add(tallies.filter((tally) => tally.bucket === bucket)))
  const value = of(current)
  const before = window === null || window.previous === null ? null : of(previous)
  return { value: numberOf(metric, value), previous: numberOf(metric, before), deltaPct: deltaPct(value, before) }
}
