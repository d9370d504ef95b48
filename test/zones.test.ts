import { assert, describe, it } from "@effect/vitest"
import { isZone, localDay } from "../src/domain/Calendar.ts"
import { refusal } from "./support/timeframes.ts"

describe("a time zone", () => {
  it.each([
    ["unknown", "Mars/Olympus"],
    ["in another case", "europe/madrid"],
    ["by an old name in another case", "Asia/kolkata"],
    ["by an old name in capitals", "US/PACIFIC"],
    ["by two names that both are right in another case", "ETC/UTC"],
    ["by two letters in another case", "Nz"],
    ["ICU's own", "PST"],
    ["an offset", "+02:00"]
  ])("whose name is %s is a fault that names its field", (_, timeZone) => {
    const fault = refusal({ preset: "today", timeZone })
    assert.strictEqual(fault?.code, "invalid_timeframe")
    assert.match(fault?.message ?? "", /^`timeZone`/)
  })
  it("no name of three letters is taken for a zone whose days then cannot be told", () => {
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
    "%s is a zone",
    (timeZone) => assert.isTrue(isZone(timeZone))
  )
})
