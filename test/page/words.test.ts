import { afterEach, assert, describe, it } from "@effect/vitest"
import { problemOf, sentence } from "../../src/page/api/Problem.ts"
import {
  clockName,
  dayName,
  filtersName,
  frozenPeopleName,
  momentName,
  periodNames,
  timeframeName
} from "../../src/page/card/words.ts"
import { orOld } from "../../src/page/live/orOld.ts"
import { setTimeZone, timeZone } from "../../src/page/shell/messages.ts"
import { statSeries } from "../gallery/hostile.ts"
import { inEnglish } from "./support/english.ts"

inEnglish()

describe("words of the page", () => {
  it("a refusal by a limit says that the service is busy, and other refusals say their own sentence", async () => {
    const told = async (body: object) => sentence(await problemOf(Response.json(body, { status: 503 })))
    const message = "The limit `circuit` is reached. Try again shortly."
    assert.strictEqual(
      await told({ code: "unavailable", message, limit: "circuit" }),
      "The service is busy. Try again in a moment. (circuit)"
    )
    assert.strictEqual(await told({ code: "unavailable", message: "It is down." }), "It is down.")
    const streams = "Too many pages are open."
    assert.strictEqual(await told({ code: "too_many_streams", message: streams, limit: "streams" }), streams)
  })

  it("filters are named by the options, and a tag without a name is counted", () => {
    const options = {
      caller: { id: "ana", name: "Ana", role: "admin" as const },
      organization: { id: "o", name: "O", timeZone: "UTC", weekStart: 1, currency: "EUR" },
      people: [],
      tags: [{ id: "1", name: "Hot", color: "red" }],
      sources: [{ value: "portal", label: "The portal" }],
      statuses: []
    }
    const filters = { source: ["portal"], leadTag: ["1", "gone"], outcome: ["no_answer"] }
    assert.strictEqual(
      filtersName(filters, options),
      "Source: The portal; Lead tag: Hot and 1 more; Outcome: No answer"
    )
    assert.strictEqual(filtersName({ tag: ["1"] }, undefined), "Tag: 1 value")
  })

  it("the people of a snapshot are everyone if its view says so, or if they are all members and nobody", () => {
    const people = ["ana", "bo"].map((id) => ({ id, name: id, hasLeft: false }))
    const known = [...people, { id: "cy", name: "cy", hasLeft: true }]
    assert.strictEqual(frozenPeopleName(["ana", "~nobody"], people, true), "Everyone")
    assert.strictEqual(frozenPeopleName(["ana", "bo", "~nobody"], known), "Everyone")
    assert.strictEqual(frozenPeopleName(["ana", "bo", "~nobody"], known, false), "2 people and nobody")
    assert.strictEqual(frozenPeopleName(["ana", "~nobody"], known), "1 person and nobody")
    assert.strictEqual(frozenPeopleName(["ana", "bo"], known), "2 people")
    assert.strictEqual(frozenPeopleName(["ana", "~nobody"], undefined), "1 person and nobody")
  })

  it("a weekly schedule names the first day of the week", () => {
    const weekly = (day: number) => periodNames(day)[1][1]
    assert.deepStrictEqual([1, 6, 7].map(weekly), [
      "Every week, on Monday",
      "Every week, on Saturday",
      "Every week, on Sunday"
    ])
  })
})

describe("times on the page", () => {
  const unknown = "Atlantis/Poseidonis"
  const own = new Intl.DateTimeFormat("en").resolvedOptions().timeZone
  const instant = "2026-06-01T10:30:00.000Z"
  /** Some versions of the browsers write another space before AM. */
  const plain = (text: string) => text.replace(/\s/g, " ")
  afterEach(() => setTimeZone(unknown))

  it.each([
    ["Pacific/Kiritimati", "Jun 2, 2026", "12:30 AM", "GMT+14"],
    ["Pacific/Pago_Pago", "May 31, 2026", "11:30 PM", "GMT-11"]
  ])("are in the time zone of the organization, such as %s", (zone, day, clock, name) => {
    setTimeZone(zone)
    assert.strictEqual(dayName(instant), day)
    assert.strictEqual(plain(momentName(instant)), `${day}, ${clock}`)
    assert.strictEqual(plain(momentName(instant, "UTC")), "Jun 1, 2026, 10:30 AM")
    const time = zone === own ? clock : `${clock} ${name}`
    assert.strictEqual(plain(clockName(instant, instant)), time)
    assert.strictEqual(plain(clockName(instant)), `${time} (${day})`)
  })

  it("name no zone if it is that of the browser, and are written although the browser does not know their zone", () => {
    for (const zone of [own, unknown]) {
      setTimeZone(zone)
      assert.match(clockName(instant, instant), /^\d+:\d\d\s[AP]M$/)
      assert.strictEqual(momentName(instant), momentName(instant, own))
    }
    assert.isUndefined(timeZone())
    setTimeZone("Pacific/Kiritimati")
    assert.strictEqual(plain(momentName(instant, unknown)), "Jun 2, 2026, 12:30 AM")
    setTimeZone(undefined)
    assert.isUndefined(timeZone())
  })
})

describe("a card that cannot be counted now", () => {
  const good = statSeries(3, null, null)
  const failed = (code: "timeout" | "unavailable" | "unknown_metric") => ({
    ...statSeries(null, null, null),
    error: { code, message: "No answer." }
  })

  it("its numbers from before stay, and are marked as old, until it is counted again", () => {
    const old = orOld(good, failed("timeout"))
    assert.deepStrictEqual(old, { ...good, isOld: true })
    assert.deepStrictEqual(orOld(old, failed("unavailable")), old)
    assert.strictEqual(orOld(old, good), good)
  })

  it("a fault that stays, and a fault without numbers from before, are shown", () => {
    assert.deepStrictEqual(orOld(good, failed("unknown_metric")), failed("unknown_metric"))
    assert.deepStrictEqual(orOld(undefined, failed("timeout")), failed("timeout"))
    assert.deepStrictEqual(orOld(failed("unavailable"), failed("timeout")), failed("timeout"))
  })

  it.each(
    [
      ["of the reader only", { kind: "own", members: 1 }],
      ["of fewer people", { kind: "everyone", members: 9 }],
      ["of nobody, too", { kind: "everyone", members: 10, nobody: true }]
    ] as const
  )("numbers from before do not stay if the reader now gets the records %s", (_name, scope) => {
    const before = { ...good, meta: { ...good.meta, scope: { kind: "everyone", members: 10 } as const } }
    const now = { ...failed("timeout"), meta: { ...good.meta, scope } }
    assert.strictEqual(orOld(before, now), now)
    assert.deepStrictEqual(orOld(before, { ...now, meta: before.meta }), { ...before, isOld: true })
  })
})

describe("the name of a timeframe", () => {
  it.each([
    ["20261-12-31", /20261/],
    ["2026-01-1.", / – /],
    ["x", /^x – /],
    ["2026-02-99", /^2026-02-99 – /],
    ["", /^… – /],
    ["1 Jan 2026", /^Jan 1, 2026, .+ – /],
    ["2026-01-05T12:00:00Z", /^Jan 5, 2026, .+ – /]
  ])("a timeframe from “%s” has a name, although this is no date", (from, name) => {
    const named = () => timeframeName({ preset: "custom", from, to: "2026-06-01", bucket: "day" })
    assert.doesNotThrow(named)
    assert.match(named(), name)
  })

  it("the name of a timeframe over two years has both years", () => {
    assert.strictEqual(
      timeframeName({ preset: "custom", from: "2024-01-01", to: "2025-12-31", bucket: "month" }),
      "Jan 1, 2024 – Dec 31, 2025, by month"
    )
  })
})
