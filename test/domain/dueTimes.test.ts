import { assert, describe, it } from "@effect/vitest"
import { Temporal } from "temporal-polyfill"
import { isMissed, lastDue, nextDue } from "../../src/domain/dueTimes.ts"

const daily = (at: string, timeZone = "Europe/Madrid") => ({ every: "day" as const, at, timeZone, weekStart: 1 })

const dueTimes = (times: Parameters<typeof nextDue>[0], after: string, count: number) => {
  const found: Array<number> = []
  let last = Date.parse(after)
  while (found.length < count) {
    last = nextDue(times, last)
    found.push(last)
  }
  return found
}

const local = (timeZone: string) => (instant: number) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDateTime().toString()

const localTimes = (times: Parameters<typeof nextDue>[0], after: string, count: number) =>
  dueTimes(times, after, count).map(local(times.timeZone))

describe("the times due of a freeze schedule", () => {
  it.each([
    ["the clock skips", "2026-02-28T12:00:00Z", "2026-03-29T03:30:00"],
    ["the clock repeats", "2026-09-30T12:00:00Z", "2026-10-25T02:30:00"]
  ])("sixty daily times due at a time that %s are on sixty days, one after the other", (_clock, after, changed) => {
    const found = localTimes(daily("02:30"), after, 60)
    assert.strictEqual(new Set(found.map((one) => one.slice(0, 10))).size, 60)
    assert.strictEqual(found.filter((one) => one.endsWith("T02:30:00") || one === changed).length, 60)
    assert.include(found, changed)
  })

  it("a local time that the clock repeats is due only the first time", () => {
    assert.strictEqual(nextDue(daily("02:30"), Date.parse("2026-10-25T00:29:00Z")), Date.parse("2026-10-25T00:30:00Z"))
    assert.strictEqual(nextDue(daily("02:30"), Date.parse("2026-10-25T00:30:00Z")), Date.parse("2026-10-26T01:30:00Z"))
  })

  it("a day that does not exist in the time zone has no time due of its own", () => {
    assert.deepStrictEqual(localTimes(daily("07:00", "Pacific/Apia"), "2011-12-29T00:00:00Z", 3), [
      "2011-12-29T07:00:00",
      "2011-12-31T07:00:00",
      "2012-01-01T07:00:00"
    ])
  })

  it("a week is due on its first day, and a month on its first day", () => {
    const weekly = { ...daily("07:00"), every: "week" as const }
    assert.deepStrictEqual(localTimes(weekly, "2026-10-20T12:00:00Z", 2), [
      "2026-10-26T07:00:00",
      "2026-11-02T07:00:00"
    ])
    assert.deepStrictEqual(localTimes({ ...weekly, weekStart: 7 }, "2026-10-20T12:00:00Z", 2), [
      "2026-10-25T07:00:00",
      "2026-11-01T07:00:00"
    ])
    assert.deepStrictEqual(localTimes({ ...weekly, every: "month" as const }, "2026-10-01T05:00:00Z", 3), [
      "2026-11-01T07:00:00",
      "2026-12-01T07:00:00",
      "2027-01-01T07:00:00"
    ])
  })

  it("the last time due until the next one is the one before", () => {
    for (const every of ["day", "week", "month"] as const) {
      for (const timeZone of ["Europe/Madrid", "Pacific/Apia", "America/Havana", "Pacific/Kiritimati"]) {
        const times = { every, at: "00:00", timeZone, weekStart: 1 }
        const found = dueTimes(times, "2026-01-15T00:00:00Z", 90)
        for (const [index, due] of found.entries()) {
          assert.strictEqual(lastDue(times, due), due)
          assert.strictEqual(lastDue(times, due - 1), found[index - 1] ?? lastDue(times, due - 1))
        }
      }
    }
  })

  it("a time due is missed when it is more than six hours ago", () => {
    const due = Date.parse("2026-10-25T00:30:00Z")
    assert.isFalse(isMissed(due, due + 6 * 3_600_000))
    assert.isTrue(isMissed(due, due + 6 * 3_600_000 + 1))
  })
})
