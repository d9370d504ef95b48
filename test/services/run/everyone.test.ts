import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import type { Selection, WidgetRequest } from "../../../src/domain/Run.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { scopeFor, selectedBy } from "../../../src/services/access/Gating.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { seedsFor } from "../../proof/storesFor.ts"
import { ask, inMemory } from "../../support/ask.ts"
import { now, randomTables } from "../../support/randomTables.ts"

const seeds = seedsFor({ quick: 2, full: 20 })

/** Each row has one person or nobody. All deals have one currency, and their sums are exact numbers. */
const unshared = (tables: Tables): Tables => {
  const withoutAssignees = <Row>(rows: ReadonlyArray<Row>) => rows.map((row) => ({ ...row, assigneeIds: [] }))
  return {
    ...tables,
    leads: withoutAssignees(tables.leads),
    deals: withoutAssignees(tables.deals).map((row) => ({
      ...row,
      currency: "EUR",
      price: row.price && row.price % 1_000_000_000n
    })),
    tasks: withoutAssignees(tables.tasks)
  }
}

const widgets: ReadonlyArray<WidgetRequest> = [...metricsById].map(([metricId, metric]) => ({
  instanceId: metricId,
  metricId,
  chart: metric.charts[0],
  timeframe: { preset: "last_12m", bucket: "month" }
}))

const isAdded = ({ meta, shape }: MetricSeries) =>
  meta.additive && shape !== "leaderboard" && (meta.unit === "count" || meta.unit === "money")

/** A scope may see a deal, and not the lead behind it, so only the sums of all groups are equal. */
const isByLead = (metricId: string) => metricId.startsWith("deals.") && metricId.endsWith("_by_source")

/** Returns the values by bucket, by category, or of a stat, in hundredths. */
const valuesOf = ({ instanceId, points, stat }: MetricSeries): ReadonlyArray<readonly [string, number]> => {
  if (stat !== null) return [["", Math.round((stat.value ?? 0) * 100)]]
  return points.map((point) => [
    "bucket" in point ? point.bucket : isByLead(instanceId) ? "" : point.category,
    Math.round(Number(point["value"]) * 100)
  ])
}

const sumsOf = (series: ReadonlyArray<MetricSeries>) => {
  const sums = new Map<string, number>()
  for (const [key, value] of series.flatMap(valuesOf)) sums.set(key, (sums.get(key) ?? 0) + value)
  return [...sums].filter(([, value]) => value !== 0).toSorted()
}

it.effect(`everyone is the sum of all people and of nobody, in ${seeds.length} random stores`, () => {
  const compared = { values: 0 }
  return Effect.forEach(seeds, (seed) => {
    const tables = unshared(randomTables(seed))
    const answers = (caller: Caller, selection: Selection) =>
      Effect.provide(ask({ caller, request: { widgets, ...selection } }), inMemory(tables))
    return Effect.forEach(["user_1", "user_of_nobody"], (userId) =>
      Effect.gen(function*() {
        const caller: Caller = { organizationId: OrgId.make("org_1"), userId: UserId.make(userId), role: "admin" }
        const members = tables.members.filter(({ organizationId }) => organizationId === caller.organizationId)
        const ids = new Set([userId, ...members.map((member) => member.userId), "~nobody"])
        const everyone = yield* answers(caller, { everyone: true })
        const alone = yield* Effect.forEach(ids, (id) => answers(caller, { assigneeIds: [id] }))
        for (const [index, whole] of everyone.entries()) {
          if (!isAdded(whole)) continue
          const parts = alone.flatMap((answer) => answer.slice(index, index + 1))
          assert.deepStrictEqual(sumsOf([whole]), sumsOf(parts), `${seed} ${userId} ${whole.instanceId}`)
        }
        compared.values += sumsOf(everyone.filter(isAdded)).length
      }))
  }).pipe(
    // A random store can be empty, but not each of them.
    Effect.tap(() => Effect.sync(() => assert.isAbove(compared.values, 0))),
    fixedClock(now)
  )
})

const organizationId = OrgId.make("org")

const membership = {
  organization: { organizationId, timeZone: "UTC", weekStart: 1, currency: "EUR" },
  members: ["ana", "bo", "cy"].map((id) => ({ userId: UserId.make(id), name: id, leftAt: null })),
  fingerprint: ""
}

it.each([
  ["ana", ["~nobody"], [], ["ana", "bo", "cy"]],
  ["ana", ["ana", "~nobody"], ["ana"], ["ana", "bo", "cy"]],
  ["new", ["bo", "~nobody"], ["bo"], ["ana", "bo", "cy", "new"]]
])(
  "the scope of the admin %s who asks for %j has the ids of all members",
  (userId, assigneeIds, people, allMembers) => {
    const caller: Caller = { organizationId, userId: UserId.make(userId), role: "admin" }
    const scope = scopeFor(caller, selectedBy(caller, { assigneeIds }), membership, now)
    assert.deepStrictEqual([scope.kind, scope.people.map(({ userId }) => String(userId)), scope.allMembers], [
      "members",
      people,
      allMembers
    ])
  }
)
