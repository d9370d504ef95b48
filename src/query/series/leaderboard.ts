import type { LeaderboardPoint } from "../../domain/Series.ts"
import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { bySize } from "./sort.ts"
import { add, numberOf, shown } from "./values.ts"

const maxRows = 50

/** A row a person in scope; who has left only with rows of their own. */
export const leaderboard = (plan: Plan, tallies: ReadonlyArray<Tally>) => {
  const { metric, scope } = plan
  const omitsZero = metric.shape === "leaderboard" && metric.omitsZero === true
  const byPerson = Map.groupBy(tallies, ({ group }) => group)
  const rows = scope.people
    .filter(({ hasLeft, userId }) => byPerson.has(userId) || !(hasLeft || omitsZero))
    .map(({ name, userId }) => ({ key: userId, label: name, value: shown(metric, add(byPerson.get(userId) ?? [])) }))
    .filter(({ value }) => !omitsZero || value !== 0n)
  const ranked = bySize(rows, ({ value }) => value)
  const points = ranked.slice(0, maxRows).map(({ key, label, value }, index): LeaderboardPoint => ({
    category: key,
    label,
    rank: index + 1,
    value: numberOf(metric, value)
  }))
  return { points, truncated: rows.length - points.length }
}
