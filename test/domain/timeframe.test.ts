import { assert, describe, it } from "@effect/vitest"
import { isoDate, parseDate } from "../../src/domain/Calendar.ts"
import { friday, refusal, spans, utc, zone } from "../support/timeframes.ts"

describe("the window of a preset on Friday 2024-05-17 at 09:30 in UTC", () => {
  const elapsed = "09:30:00.001Z"
  it.each([
    ["today", "2024-05-17 to 2024-05-18", `2024-05-16 to 2024-05-16T${elapsed}`],
    ["yesterday", "2024-05-16 to 2024-05-17", "2024-05-15 to 2024-05-16"],
    ["last_7d", "2024-05-11 to 2024-05-18", `2024-05-04 to 2024-05-10T${elapsed}`],
    ["last_30d", "2024-04-18 to 2024-05-18", `2024-03-19 to 2024-04-17T${elapsed}`],
    ["last_90d", "2024-02-18 to 2024-05-18", `2023-11-20 to 2024-02-17T${elapsed}`],
    ["last_12m", "2023-06-01 to 2024-06-01", `2022-06-01 to 2023-05-18T${elapsed}`],
    ["this_week", "2024-05-13 to 2024-05-20", `2024-05-06 to 2024-05-10T${elapsed}`],
    ["last_week", "2024-05-06 to 2024-05-13", "2024-04-29 to 2024-05-06"],
    ["this_month", "2024-05-01 to 2024-06-01", `2024-04-01 to 2024-04-17T${elapsed}`],
    ["last_month", "2024-04-01 to 2024-05-01", "2024-03-01 to 2024-04-01"],
    ["this_quarter", "2024-04-01 to 2024-07-01", `2024-01-01 to 2024-02-16T${elapsed}`],
    ["last_quarter", "2024-01-01 to 2024-04-01", "2023-10-01 to 2024-01-01"],
    ["this_year", "2024-01-01 to 2025-01-01", `2023-01-01 to 2023-05-18T${elapsed}`],
    ["last_year", "2023-01-01 to 2024-01-01", "2022-01-01 to 2023-01-01"]
  ])("on 2024-05-17 at 09:30, %s has the window %s and the previous window %s", (preset, window, previous) => {
    const found = spans({ preset })
    assert.deepStrictEqual([found.window, found.previous], [window.replace(" to ", " "), previous.replace(" to ", " ")])
  })
  it("the preset all_time has no start, ends now and has no previous window", () => {
    assert.deepStrictEqual(spans({ preset: "all_time" }), { window: "… 2024-05-17T09:30Z", previous: null })
  })
})

describe("the previous window", () => {
  it("on 30 March, the previous window of this_month is the whole of February", () => {
    assert.strictEqual(
      spans({ preset: "this_month" }, "2024-03-30T12:00:00Z").previous,
      "2024-02-01 2024-03-01"
    )
  })
  it("at 14:00 on 1 April in Madrid, the previous window of this_month ends at 14:00 on 1 March", () => {
    const madrid = spans({ preset: "this_month" }, "2024-04-01T12:00:00Z", zone("Europe/Madrid"))
    assert.deepStrictEqual(madrid, {
      window: "2024-03-31T22:00Z 2024-04-30T22:00Z",
      previous: "2024-02-29T23:00Z 2024-03-01T13:00:00.001Z"
    })
  })
  it("in the last millisecond of today, the previous window is the whole of yesterday", () => {
    assert.strictEqual(spans({ preset: "today" }, "2024-05-17T23:59:59.999Z").previous, "2024-05-16 2024-05-17")
    assert.strictEqual(
      spans({ preset: "today" }, "2024-05-17T23:59:59.998Z").previous,
      "2024-05-16 2024-05-16T23:59:59.999Z"
    )
  })
  it("the previous window of a custom timeframe of dates has the same number of local days", () => {
    assert.deepStrictEqual(spans({ preset: "custom", from: "2024-03-01", to: "2024-03-31" }), {
      window: "2024-03-01 2024-04-01",
      previous: "2024-01-30 2024-03-01"
    })
    const lostHour = spans({ preset: "custom", from: "2024-03-31", to: "2024-03-31" }, friday, zone("Europe/Madrid"))
    assert.strictEqual(lostHour.previous, "2024-03-29T23:00Z 2024-03-30T23:00Z")
  })
  it("the previous window of a custom timeframe with an instant is as long as the window", () => {
    assert.deepStrictEqual(spans({ preset: "custom", from: "2024-03-01T12:00:00Z", to: "2024-03-02T00:00:00Z" }), {
      window: "2024-03-01T12:00Z 2024-03-02",
      previous: "2024-03-01 2024-03-01T12:00Z"
    })
  })
  it("the previous window is empty when the window has not begun", () => {
    assert.strictEqual(
      spans({ preset: "custom", from: "2024-06-01", to: "2024-06-30" }).previous,
      "2024-05-02 2024-05-02"
    )
  })
  it("the previous window does not begin before the year 1", () => {
    assert.deepStrictEqual(spans({ preset: "custom", from: "0001-01-02T00:00:00Z", to: "9998-12-31" }), {
      window: "0001-01-02 9999-01-01",
      previous: "0001-01-01 0001-01-02"
    })
    assert.strictEqual(
      spans({ preset: "custom", from: "0001-01-01", to: "2024-01-31" }).previous,
      "0001-01-01 0001-01-01"
    )
  })
})

describe("a custom timeframe", () => {
  it.each([
    ["2024-06-01", "2024-06-30", "2024-06-01 to 2024-07-01"],
    ["2024-02-29", "2024-02-29", "2024-02-29 to 2024-03-01"],
    ["2024-06-01T00:00:00Z", "2024-06-30T00:00:00Z", "2024-06-01 to 2024-06-30"],
    ["2024-06-01", "2024-06-30T12:00:00Z", "2024-06-01 to 2024-06-30T12:00Z"],
    ["2024-06-01T12:00:00Z", "2024-06-01", "2024-06-01T12:00Z to 2024-06-02"],
    ["2024-06-01T02:00:00+02:00", "2024-06-01T23:59-00:01", "2024-06-01 to 2024-06-02"],
    ["2024-06-01T00:00:00.5Z", "2024-06-02T00:00Z", "2024-06-01T00:00:00.500Z to 2024-06-02"]
  ])("a custom timeframe from %s to %s has the window %s", (from, to, window) => {
    assert.strictEqual(spans({ preset: "custom", from, to }).window, window.replace(" to ", " "))
  })
  it("a custom timeframe reads dates in its own time zone", () => {
    const timeframe = { preset: "custom", from: "2024-03-31", to: "2024-03-31", timeZone: "Europe/Madrid" }
    assert.strictEqual(spans(timeframe).window, "2024-03-30T23:00Z 2024-03-31T22:00Z")
  })
})

describe("the calendar", () => {
  it.each([1, 2, 3, 4, 5, 6, 7])(
    "this_week with weekStart %i begins on that weekday, at most six days ago",
    (weekStart) => {
      const first = { 1: 13, 2: 14, 3: 15, 4: 16, 5: 17, 6: 11, 7: 12 }[weekStart] ?? 0
      const { window } = spans({ preset: "this_week", weekStart })
      assert.strictEqual(window, `2024-05-${first} 2024-05-${first + 7}`)
    }
  )
  it("a timeframe without a time zone or week start uses those of the organization", () => {
    const sunday = { ...utc, weekStart: 7 }
    assert.strictEqual(spans({ preset: "this_week" }, friday, sunday).window, "2024-05-12 2024-05-19")
    assert.strictEqual(spans({ preset: "this_week", weekStart: 1 }, friday, sunday).window, "2024-05-13 2024-05-20")
    assert.strictEqual(
      spans({ preset: "today", timeZone: "UTC" }, friday, zone("Asia/Tokyo")).window,
      "2024-05-17 2024-05-18"
    )
  })
})

const day = "2024-05-01"
const from = "2024-06-01"
describe("an invalid timeframe", () => {
  it.each([
    ["an unknown preset", { preset: "fortnight" }, /^`preset`/],
    ["the preset toString", { preset: "toString" }, /^`preset`/],
    ["an unknown bucket", { preset: "today", bucket: "hour" }, /^`bucket`/],
    ["a week that starts on day 0", { preset: "today", weekStart: 0 }, /^`weekStart`/],
    ["a week that starts on day 8", { preset: "today", weekStart: 8 }, /^`weekStart`/],
    ["a week that starts on day 1.5", { preset: "today", weekStart: 1.5 }, /^`weekStart`/],
    ["the preset custom and no `from`", { preset: "custom", to: day }, /`from`/],
    ["the preset custom and no `to`", { preset: "custom", from: day }, /`to`/],
    ["31 February", { preset: "custom", from: "2024-02-31", to: day }, /^`from`/],
    ["29 February of a common year", { preset: "custom", from: "2023-02-29", to: day }, /^`from`/],
    ["30 February inside an instant", { preset: "custom", from: "2024-02-30T00:00:00Z", to: day }, /^`from`/],
    ["the year 0", { preset: "custom", from: "0000-01-01", to: day }, /^`from`/],
    [
      "an instant whose offset puts it into the year 0",
      { preset: "custom", from: "0001-01-01T00:00:00+23:59", to: day },
      /^`from`/
    ],
    [
      "an instant whose offset puts it into the year 9999",
      { preset: "custom", from: day, to: "9998-12-31T23:59:59-23:59" },
      /^`to`/
    ],
    ["the year 9999", { preset: "custom", from: day, to: "9999-12-31" }, /^`to`/],
    ["a year of five digits", { preset: "custom", from: day, to: "12024-01-01" }, /^`to`/],
    ["a negative year", { preset: "custom", from: "-2024-01-01", to: day }, /^`from`/],
    ["a leap second", { preset: "custom", from: day, to: "2016-12-31T23:59:60Z" }, /^`to`/],
    ["hour 24", { preset: "custom", from: day, to: "2024-06-30T24:00:00Z" }, /^`to`/],
    ["an instant without a zone", { preset: "custom", from: day, to: "2024-06-30T12:00:00" }, /^`to`/],
    ["a word as `from`", { preset: "custom", from: "Infinity", to: day }, /^`from`/],
    ["an empty `from`", { preset: "custom", from: "", to: day }, /^`from`/],
    ["`from` one day after `to`", { preset: "custom", from: "2024-05-02", to: day }, /^`from` is after `to`/],
    [
      "`from` one second after `to`",
      { preset: "custom", from: `${from}T00:00:01Z`, to: `${from}T00:00:00Z` },
      /^`from`/
    ],
    [
      "equal `from` and `to`",
      { preset: "custom", from: `${from}T00:00:00Z`, to: `${from}T00:00:00Z` },
      /`from` and `to`/
    ],
    [
      "only a day that its time zone skipped",
      { preset: "custom", from: "2011-12-30", to: "2011-12-30", timeZone: "Pacific/Apia" },
      /`from` and `to`/
    ]
  ])("a timeframe with %s gives invalid_timeframe with a message that names the field", (_, timeframe, message) => {
    const fault = refusal(timeframe)
    assert.strictEqual(fault?.code, "invalid_timeframe")
    assert.match(fault?.message ?? "", message)
  })
})

describe("a day", () => {
  const firstDay = -719_163
  const lastDay = 2_932_531
  it("a day from the year 1 on is written in ISO 8601 and read back unchanged", () => {
    for (let day = firstDay; day <= lastDay; day += 53) {
      const text = isoDate(day)
      assert.strictEqual(text, new Date(day * 86_400_000).toISOString().slice(0, 10))
      assert.strictEqual(parseDate(text), text.startsWith("0000") ? undefined : day)
    }
    assert.deepStrictEqual([isoDate(firstDay), isoDate(lastDay)], ["0000-12-31", "9998-12-31"])
  })
})
