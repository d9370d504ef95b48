import { assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { random } from "../../src/data/Random.ts"
import type { RecordedWidget } from "../../src/domain/History.ts"
import { SnapshotId } from "../../src/domain/Ids.ts"
import type { Meta } from "../../src/domain/Series.ts"
import { type Group, groupsBefore, groupsOf } from "../../src/query/series/groups.ts"
import { historyOf } from "../../src/query/series/history.ts"
import { people, planFor } from "../proof/statements.ts"

const asOf = "2026-10-10T12:00:00.000Z"

const meta: Meta = {
  unit: "count",
  filters: { applied: {}, ignored: [] },
  additive: true,
  scope: { kind: "everyone", members: 1 },
  asOf
}

const isTruncated = (index: number) => index % 7 === 0

describe("the work that a series takes", () => {
  it("a history reads each number of a snapshot a fixed number of times, however many categories there are", () => {
    const dice = random(1)
    const categories = Array.from({ length: 300 }, (_, index) => `source ${index}`)
    const counts = Array.from(
      { length: 40 },
      () => new Map(categories.filter(() => dice.chance(0.5)).map((key) => [key, dice.integer(0, 9)]))
    )
    let reads = 0
    const snapshots = counts.map((count, index): RecordedWidget => ({
      id: SnapshotId.make(crypto.randomUUID()),
      createdAt: DateTime.makeUnsafe(Date.parse(asOf) - index * 1_000),
      timeframe: { preset: "last_7d" },
      scope: { role: "admin", assigneeIds: [] },
      layout: { widgets: [{ instanceId: "w", metricId: "leads.by_source", chart: "bar" }] },
      series: [{
        instanceId: "w",
        shape: "category",
        series: [{ key: "value", label: "Leads" }],
        points: [...count].map(([category, value]) => ({
          category,
          label: category,
          get value() {
            reads += 1
            return value
          }
        })),
        stat: null,
        meta: { ...meta, ...(isTruncated(index) && { truncated: 1 }) }
      }]
    }))
    const { points } = historyOf(snapshots, "w")
    const expected = counts.map((count, index) =>
      categories.map((category) => count.get(category) ?? (isTruncated(index) ? null : 0))
    )
    assert.deepStrictEqual(points.toReversed().map((point) => categories.map((key) => point[key])), expected)
    assert.isAtMost(reads, 2 * counts.reduce((sum, { size }) => sum + size, 0))
  })

  it("the labels of a chart by person read each name once, however many people there are", () => {
    let reads = 0
    const userIds = people(300)
    const plan = planFor({
      id: "calls.logged_over_time",
      groupBy: "assignee",
      timeframe: { preset: "this_month" },
      userIds,
      filters: {}
    })
    const rows = userIds.map((group) => ({
      bucket: 1,
      group,
      label: null,
      currency: null,
      numerator: 1n,
      denominator: 0n,
      currencyRows: 1n,
      currencyTotal: 0n
    }))
    const scope = {
      ...plan.scope,
      people: plan.scope.people.map((person) => ({
        ...person,
        get userId() {
          reads += 1
          return person.userId
        }
      }))
    }
    if (plan.groupBy._tag !== "Dimension") assert.fail(plan.groupBy._tag)
    const labels = groupsOf(plan.groupBy.dimension, { ...plan, scope }, rows).map(({ label }) => label)
    assert.deepStrictEqual(labels, plan.scope.people.map(({ name }) => name))
    assert.isAtMost(reads, 2 * userIds.length)
  })

  it("the groups of the window before are found without a look at all other groups", () => {
    const dice = random(3)
    const keys = Array.from({ length: 300 }, (_, index) => `source ${index}`)
    const plan = planFor({
      id: "leads.created_over_time",
      groupBy: "source",
      timeframe: { preset: "this_month" },
      userIds: ["ana"],
      filters: {}
    })
    const rows = keys.flatMap((group) =>
      Array.from({ length: dice.integer(0, 2) }, (_, bucket) => ({
        bucket,
        group,
        label: null,
        currency: null,
        numerator: 1n,
        denominator: 0n,
        currencyRows: 1n,
        currencyTotal: 0n
      }))
    )
    let reads = 0
    const named = [...keys.filter(() => dice.chance(0.5)), "only now", "~other"]
    const groups = named.map((key): Group => ({
      get key() {
        reads += 1
        return key
      },
      label: key,
      rows: []
    }))
    const found = groupsBefore(groups, plan, dice.shuffled(rows))
    assert.isAtMost(reads, 10 * named.length)
    const sorted = (some: ReadonlyArray<{ readonly group: string | null; readonly bucket: number }>) =>
      some.map(({ bucket, group }) => `${group} ${bucket}`).toSorted()
    const isOf = (key: string) => ({ group }: { readonly group: string }) =>
      key === "~other" ? !named.includes(group) : group === key
    assert.deepStrictEqual(
      found.map(({ key, rows }) => [key, sorted(rows)]),
      named.map((key) => [key, sorted(rows.filter(isOf(key)))])
    )
  })
})
