import { assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { random } from "../../src/data/Random.ts"
import { parseDate, startOfDay } from "../../src/domain/Calendar.ts"
import type { RecordedWidget } from "../../src/domain/History.ts"
import { SnapshotId, TargetId } from "../../src/domain/Ids.ts"
import type { Meta } from "../../src/domain/Series.ts"
import type { Target } from "../../src/domain/Target.ts"
import { daysBegun, daysBetween } from "../../src/domain/targetAmounts.ts"
import { divide } from "../../src/query/definitions.ts"
import { type Group, groupsBefore, groupsOf } from "../../src/query/series/groups.ts"
import { historyOf } from "../../src/query/series/history.ts"
import { targetOf } from "../../src/query/series/target.ts"
import { people, planFor } from "../proof/statements.ts"

const asOf = "2026-10-10T12:00:00.000Z"

const meta: Meta = {
  unit: "count",
  filters: { applied: {}, ignored: [] },
  additive: true,
  scope: { kind: "everyone", members: 1 },
  asOf
}

const zone = "Europe/Madrid"

const startOf = (date: string) => startOfDay(zone, parseDate(date) ?? 0)

const months = Array.from({ length: 24 }, (_, index) => {
  const dateOf = (month: number) => `${2023 + Math.floor(month / 12)}-${String(month % 12 + 1).padStart(2, "0")}`
  return { key: dateOf(index), from: startOf(`${dateOf(index)}-01`), to: startOf(`${dateOf(index + 1)}-01`) }
})

const metricId = "deals.won_value_over_time"

const targetOfMonths: Omit<Target, "for" | "values"> = {
  id: TargetId.make(crypto.randomUUID()),
  metricId,
  filters: {},
  period: "month",
  currency: "EUR",
  createdAt: DateTime.makeUnsafe(0),
  updatedAt: DateTime.makeUnsafe(0)
}

/** Every number of days of a month divides this number. */
const daysOfAllMonths = 28n * 29n * 30n * 31n

/** The sum of all amounts, each in cents. It is rounded once. */
const dueAt = (targets: ReadonlyArray<Target>, instant: number): number => {
  const parts = months.flatMap(({ from, key, to }) =>
    targets.map(({ values }) => {
      const begun = BigInt(daysBegun(zone, { from, to }, instant))
      return BigInt(Math.round((values[key] ?? 0) * 100)) * begun * daysOfAllMonths / BigInt(daysBetween(from, to))
    })
  )
  return Number(divide(parts.reduce((sum, part) => sum + part, 0n), daysOfAllMonths)) / 100
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

  it("each target of many people is looked at a fixed number of times, and the periods of their window are found once", () => {
    const userIds = people(500)
    let [owners, zones] = [0, 0]
    const targets = userIds.map((userId, index): Target => ({
      ...targetOfMonths,
      get for() {
        owners += 1
        return userId
      },
      values: Object.fromEntries(months.map(({ key }) => [key, index % 7]))
    }))
    const timeframe = { preset: "custom", from: "2023-01-01", to: "2024-12-31", bucket: "month" } as const
    const plan = planFor({ id: metricId, groupBy: undefined, timeframe, userIds, filters: {} })
    if (plan.window === null) assert.fail("the metric has a window")
    const window = {
      ...plan.window,
      get timeZone() {
        zones += 1
        return zone
      }
    }
    const figures = targetOf({ ...plan, window }, targets, () => ({ value: 0n, currency: "EUR" }))
    if ("error" in figures) assert.fail(figures.error.code)
    const total = months.length * userIds.reduce((sum, _, index) => sum + index % 7, 0)
    assert.deepInclude(figures, { value: total, people: userIds.length, missing: 0 })
    assert.isAtMost(owners, 3 * targets.length)
    assert.isAtMost(zones, 10 * months.length)
  })

  // An addition for each amount in each bucket would be 18 million additions of fractions, which take about a minute.
  it("the points of a target have what is due of the amounts of many people", () => {
    const dice = random(2)
    const userIds = people(1_000)
    const targets = userIds.map((userId): Target => ({
      ...targetOfMonths,
      for: userId,
      values: Object.fromEntries(months.map(({ key }) => [key, dice.integer(0, 99_999) / 100]))
    }))
    const timeframe = { preset: "custom", from: "2023-01-01", to: "2024-12-31", bucket: "day" } as const
    const plan = planFor({ id: metricId, groupBy: undefined, timeframe, userIds, filters: {} })
    const figures = targetOf(plan, targets, () => ({ value: 0n, currency: "EUR" }))
    if ("error" in figures) assert.fail(figures.error.code)
    assert.lengthOf(figures.points ?? [], 731)
    assert.strictEqual(figures.expectedByNow, dueAt(targets, plan.asOf))
    assert.strictEqual(figures.value, figures.points?.at(-1)?.value)
    for (const index of [0, 30, 31, 57, 58, 59, 200, 423, 424, 730]) {
      const point = figures.points?.[index]
      assert.strictEqual(point?.value, dueAt(targets, startOf(point?.bucket ?? "")), point?.bucket)
    }
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
