import { assert, describe, it } from "@effect/vitest"
import { DateTime, Result } from "effect"
import { random } from "../../src/data/Random.ts"
import { parseDate, startOfDay } from "../../src/domain/Calendar.ts"
import { TargetId } from "../../src/domain/Ids.ts"
import type { Target } from "../../src/domain/Target.ts"
import { amountsIn, daysBegun, daysBetween } from "../../src/domain/targetAmounts.ts"
import { windowOf } from "../../src/domain/Window.ts"
import { divide } from "../../src/query/definitions.ts"
import { targetOf } from "../../src/query/series/target.ts"
import { people, planFor } from "../proof/statements.ts"

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

const windowOfYears = Result.getOrThrow(
  windowOf({ preset: "custom", from: "0001-01-01", to: "9998-12-31" }, { timeZone: zone, weekStart: 1 }, 0)
)

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

describe("the work that the targets of many people take", () => {
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

  it.each(["month", "quarter", "year"] as const)(
    "no start of a %s is looked up in a window of almost ten thousand years",
    (period) => {
      let zones = 0
      const window = {
        ...windowOfYears,
        get timeZone() {
          zones += 1
          return zone
        }
      }
      assert.isUndefined(amountsIn({ period, values: { "2026": 1, "2026-01": 1, "2026-Q1": 1 } }, window))
      assert.isAtMost(zones, 10)
    }
  )

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
})
