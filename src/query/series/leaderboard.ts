import { none } from "../../domain/reservedKeys.ts"
import type { LeaderboardPoint } from "../../domain/Series.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { nobodyLabel } from "./groups.ts"
import { bySize } from "./sort.ts"
import { withOwnTargets } from "./target.ts"
import { numberOf, sumOf, valueOf } from "./values.ts"

const maxPoints = 50

export const leaderboard = (plan: Plan, rows: ReadonlyArray<AggregateRow>, currency: string | undefined) => {
  const { metric, scope } = plan
  const omitsZero = metric.shape === "leaderboard" && metric.omitsZero === true
  const byPerson = Map.groupBy(rows, ({ group }) => group)
  const present = scope.people.filter(({ hasLeft, userId }) => byPerson.has(userId) || !(hasLeft || omitsZero))
  const people = [
    ...present.map(({ name, userId }) => ({ id: userId, key: userId, label: name })),
    ...(byPerson.has(null) ? [{ id: null, key: none, label: nobodyLabel }] : [])
  ]
    .map(({ id, key, label }) => ({ key, label, value: valueOf(metric, sumOf(byPerson.get(id) ?? [])) }))
    .filter(({ value }) => !omitsZero || value !== 0n)
  const ranked = bySize(people, ({ value }) => value)
  const shown = ranked.slice(0, maxPoints).map(({ key, label, value }, index) => {
    const point: LeaderboardPoint = { category: key, label, rank: index + 1, value: numberOf(metric, value) }
    return { point, value }
  })
  return { ...withOwnTargets(plan, shown, currency), truncated: people.length - shown.length }
}
