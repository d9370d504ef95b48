import { assert, describe, it } from "@effect/vitest"
import { bucketsIn, dates, friday, hours, refusal, spans, utc, zone } from "../support/timeframes.ts"

const custom = (from: string, to: string) => ({ preset: "custom", from, to, bucket: "day" })
const after = "2025-01-01T00:00:00Z"

describe("buckets", () => {
  it("a bucket is partial if the window or the current time cuts it", () => {
    assert.deepStrictEqual(dates({ preset: "this_week", bucket: "day" }), [
      "2024-05-13",
      "2024-05-14",
      "2024-05-15",
      "2024-05-16",
      "2024-05-17*"
    ])
    assert.deepStrictEqual(dates({ preset: "last_month", bucket: "week" }), [
      "2024-04-01",
      "2024-04-08",
      "2024-04-15",
      "2024-04-22",
      "2024-04-29*"
    ])
    assert.deepStrictEqual(dates({ ...custom("2024-02-10", "2024-05-10"), bucket: "month" }), [
      "2024-02-01*",
      "2024-03-01",
      "2024-04-01",
      "2024-05-01*"
    ])
    assert.deepStrictEqual(dates({ preset: "last_12m", bucket: "quarter" }), [
      "2023-04-01*",
      "2023-07-01",
      "2023-10-01",
      "2024-01-01",
      "2024-04-01*"
    ])
    assert.deepStrictEqual(dates({ preset: "this_year", bucket: "year" }), ["2024-01-01*"])
  })
  it("weekly buckets begin on the organization's first day of the week", () => {
    assert.deepStrictEqual(dates({ preset: "this_month", bucket: "week" }, friday, { ...utc, weekStart: 7 }), [
      "2024-04-28*",
      "2024-05-05",
      "2024-05-12*"
    ])
  })
  it("buckets include 29 February in leap years only", () => {
    assert.include(dates(custom("2024-02-28", "2024-03-01")), "2024-02-29")
    assert.deepStrictEqual(dates(custom("2023-02-28", "2023-03-01")), ["2023-02-28", "2023-03-01"])
    assert.deepStrictEqual(dates(custom("1900-02-28", "1900-03-01")), ["1900-02-28", "1900-03-01"])
    assert.deepStrictEqual(dates(custom("2000-02-28", "2000-03-01")), ["2000-02-28", "2000-02-29", "2000-03-01"])
  })
  it("buckets that begin after the current time are omitted", () => {
    assert.deepStrictEqual(dates(custom("2024-06-01", "2024-06-30")), [])
    assert.deepStrictEqual(dates(custom("2024-05-16", "2024-05-20"), "2024-05-17T00:00:00Z"), [
      "2024-05-16",
      "2024-05-17*"
    ])
    assert.deepStrictEqual(dates(custom("2024-05-16", "2024-05-20"), "2024-05-16T23:59:59.999Z"), ["2024-05-16"])
  })
  it("each bucket ends where the next one begins", () => {
    const slots = bucketsIn({ preset: "last_30d", bucket: "week" }, friday, zone("Europe/Madrid"))
    for (const [index, slot] of slots.entries()) assert.strictEqual(slot.to, slots[index + 1]?.from ?? slot.to)
    assert.strictEqual(slots.at(-1)?.to, Date.parse(friday) + 1)
  })
})

describe("buckets in time zones", () => {
  it("the day when Europe/Madrid sets its clocks forward has 23 hours", () => {
    assert.deepStrictEqual(hours(custom("2024-03-30", "2024-04-01"), after, zone("Europe/Madrid")), [24, 23, 24])
  })
  it.each([
    ["Europe/Madrid", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z", 23],
    ["Europe/Madrid", "2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z", 25],
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z", "2018-11-05T02:00Z", 23],
    ["America/Havana", "2024-11-03", "2024-11-03T04:00Z", "2024-11-04T05:00Z", 25],
    ["Asia/Kolkata", "2024-05-17", "2024-05-16T18:30Z", "2024-05-17T18:30Z", 24],
    ["America/St_Johns", "2006-10-28", "2006-10-28T02:30Z", "2006-10-29T02:30Z", 24],
    ["America/St_Johns", "2006-10-29", "2006-10-29T02:30Z", "2006-10-30T03:30Z", 25]
  ])("in %s the day %s lasts from %s to %s", (name, date, from, to, length) => {
    const timeframe = custom(date, date)
    assert.strictEqual(spans(timeframe, "2027-01-01T00:00:00Z", zone(name)).window, `${from} ${to}`)
    assert.deepStrictEqual(hours(timeframe, "2027-01-01T00:00:00Z", zone(name)), [length])
  })
  it("the day that Pacific/Apia skipped has no bucket", () => {
    const timeframe = custom("2011-12-29", "2011-12-31")
    assert.deepStrictEqual(dates(timeframe, after, zone("Pacific/Apia")), ["2011-12-29", "2011-12-31"])
    assert.deepStrictEqual(hours(timeframe, after, zone("Pacific/Apia")), [24, 24])
  })
  it("the window of today does not change when America/St_Johns sets its clocks back over midnight", () => {
    const again = "2006-10-29T02:45:00Z"
    const local = zone("America/St_Johns")
    assert.strictEqual(spans({ preset: "today" }, again, local).window, "2006-10-29T02:30Z 2006-10-30T03:30Z")
    assert.deepStrictEqual(dates({ preset: "last_7d", bucket: "day" }, again, local).at(-1), "2006-10-29*")
    assert.deepStrictEqual(dates({ preset: "all_time", bucket: "day" }, again, local).at(-1), "2006-10-29*")
  })
})

describe("the limit of 1,000 buckets", () => {
  it("buckets after the current time do not count toward the limit of 1,000 buckets", () => {
    assert.strictEqual(bucketsIn(custom("2021-08-22", "9998-12-31")).length, 1_000)
    assert.strictEqual(refusal(custom("2021-08-21", "9998-12-31"))?.code, "too_many_buckets")
  })
  it("the error too_many_buckets names the fields to change", () => {
    for (const bucket of ["day", "week", "month", "quarter", "year"]) {
      const fault = refusal({ ...custom("0001-01-01", "9998-12-31"), bucket })
      assert.strictEqual(fault?.code, "too_many_buckets")
      assert.match(fault?.message ?? "", /`bucket`.*`from` and `to`/)
    }
  })
  it("all_time by day has a bucket for each of the last 1,000 days", () => {
    const slots = bucketsIn({ preset: "all_time", bucket: "day" })
    assert.strictEqual(slots.length, 1_000)
    assert.strictEqual(slots[0]?.date, "2021-08-22")
    assert.strictEqual(slots.at(-1)?.date, "2024-05-17")
  })
})
