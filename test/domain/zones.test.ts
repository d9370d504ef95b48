import { assert, describe, it } from "@effect/vitest"
import { isZone, localDay } from "../../src/domain/Calendar.ts"
import { refusal } from "../support/timeframes.ts"

describe("a time zone", () => {
  it.each([
    ["an unknown name", "Mars/Olympus"],
    ["a name in another case", "europe/madrid"],
    ["an old name in another case", "Asia/kolkata"],
    ["an old name in capitals", "US/PACIFIC"],
    ["a name in capitals", "ETC/UTC"],
    ["two letters in another case", "Nz"],
    ["an abbreviation that is no IANA name", "PST"],
    ["an offset", "+02:00"]
  ])("a time zone that is %s is refused with a message that names the field", (_, timeZone) => {
    const fault = refusal({ preset: "today", timeZone })
    assert.strictEqual(fault?.code, "invalid_timeframe")
    assert.match(fault?.message ?? "", /^`timeZone`/)
  })
  it("the local day can be computed in every accepted time zone of three letters", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    const names = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
    const taken = names.filter(isZone)
    assert.includeMembers(taken, ["CET", "EST", "GMT", "UTC"])
    assert.deepStrictEqual(taken.filter((zone) => Math.abs(localDay(zone, 0)) > 1), [])
  })
  it.each([
    "UTC",
    "GMT",
    "Europe/Madrid",
    "America/Port-au-Prince",
    "Africa/Dar_es_Salaam",
    "Etc/GMT+5",
    "Asia/Calcutta",
    "US/Eastern"
  ])(
    "the time zone %s is accepted",
    (timeZone) => assert.isTrue(isZone(timeZone))
  )
  it("an instant has its own local day in each time zone, also when the day of another zone is known", () => {
    const days = ["Pacific/Auckland", "America/Los_Angeles", "Pacific/Auckland"].map((zone) => localDay(zone, 0))
    assert.deepStrictEqual(days, [0, -1, 0])
  })
})
