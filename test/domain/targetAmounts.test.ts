import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type { Target } from "../../src/domain/Target.ts"
import { amountsIn, daysBegun, hasWholePeriods } from "../../src/domain/targetAmounts.ts"
import { windowOf } from "../../src/domain/Window.ts"

const windowFrom = (from: string, to: string, timeZone = "UTC", asOf = Date.parse("2026-10-10T12:00:00Z")) =>
  Result.getOrThrow(windowOf({ preset: "custom", from, to }, { timeZone, weekStart: 1 }, asOf))

const target = (period: Target["period"], values: Target["values"]) => ({ period, values })

const daysIn = (period: Target["period"], key: string, from: string, to: string, timeZone?: string) =>
  amountsIn(target(period, { [key]: 1 }), windowFrom(from, to, timeZone))?.map(({ days }) => days)

describe("the amounts of a target", () => {
  it.each(
    [
      ["month", "2024-02", "2024-02-01", "2024-02-29", "UTC", 29],
      ["month", "2026-02", "2026-02-01", "2026-02-28", "UTC", 28],
      ["month", "2026-03", "2026-03-01", "2026-03-31", "Europe/Madrid", 31],
      ["month", "2026-10", "2026-10-01", "2026-10-31", "Europe/Madrid", 31],
      ["month", "2011-12", "2011-12-01", "2011-12-31", "Pacific/Apia", 30],
      ["quarter", "2026-Q4", "2026-10-01", "2026-12-31", "America/Havana", 92],
      ["year", "2024", "2024-01-01", "2024-12-31", "Europe/Madrid", 366]
    ] as const
  )("a %s %s from %s to %s in %s has %i local days", (period, key, from, to, zone, days) => {
    assert.deepStrictEqual(daysIn(period, key, from, to, zone), [days])
  })

  it.each([
    ["2026-03-28T22:59:59Z", 28],
    ["2026-03-28T23:00:00Z", 29],
    ["2026-03-29T21:59:59Z", 29],
    ["2026-03-29T22:00:00Z", 30],
    ["2026-03-31T21:59:59Z", 31],
    ["2026-04-05T12:00:00Z", 31],
    ["2026-02-28T22:59:59Z", 0]
  ])("at %s in Madrid, where the clock changes on 29 March, %i days of March have begun", (at, days) => {
    const { from, to } = windowFrom("2026-03-01", "2026-03-31", "Europe/Madrid")
    assert.strictEqual(daysBegun("Europe/Madrid", { from: from ?? 0, to }, Date.parse(at)), days)
  })

  it("a window of several months has the amount of each month, and nothing if one month has no value", () => {
    const values = { "2025-12": 1, "2026-01": 2, "2026-02": 3 }
    const amounts = amountsIn(target("month", values), windowFrom("2025-12-01", "2026-02-28"))
    assert.deepStrictEqual(amounts?.map(({ days, value }) => [value, days]), [[1, 31], [2, 31], [3, 28]])
    assert.isUndefined(amountsIn(target("month", values), windowFrom("2025-12-01", "2026-03-31")))
  })

  it.each([
    ["2026-10-02", "2026-10-31"],
    ["2026-10-01", "2026-10-30"],
    ["2026-10-01T01:00:00Z", "2026-11-01T00:00:00Z"]
  ])("the window from %s to %s has no whole periods", (from, to) => {
    assert.isFalse(hasWholePeriods(windowFrom(from, to)))
    assert.isUndefined(amountsIn(target("month", { "2026-10": 1 }), windowFrom(from, to)))
  })

  it("a window of instants at the edges of a month has whole periods", () => {
    assert.isTrue(hasWholePeriods(windowFrom("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")))
  })

  it("a quarter is not a window of years, and a window of a thousand years is read to its first missing value", () => {
    assert.isUndefined(amountsIn(target("year", { "2026": 1 }), windowFrom("2026-10-01", "2026-12-31")))
    assert.isUndefined(amountsIn(target("month", { "2026-01": 1 }), windowFrom("2026-01-01", "9998-12-31")))
  })
})
