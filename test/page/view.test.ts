import { assert, describe, it } from "@effect/vitest"
import { requestOf } from "../../src/page/report/requestOf.ts"
import {
  queryOf,
  scheduleRequestOf,
  shownOf,
  type View,
  viewOf,
  viewRequestOf,
  withoutDefaults
} from "../../src/page/report/View.ts"
import { routeOf } from "../../src/page/shell/routeOf.ts"

const draft = { defaultTimeframe: { preset: "last_30d", bucket: "day" }, defaultFilters: null, defaultPeople: null }

describe("the timeframe of a view", () => {
  const saved = { preset: "custom", from: "2024-01-01", to: "2024-02-01", timeZone: "America/New_York", weekStart: 7 }

  it("a timeframe that is chosen in the page keeps the time zone and the first day of the week of the report", () => {
    const view = viewOf(
      new URLSearchParams(queryOf({ timeframe: { preset: "this_month", bucket: "week" }, people: "me" }))
    )
    assert.deepStrictEqual(viewRequestOf(view, { ...draft, defaultTimeframe: saved }, "admin"), {
      timeframe: { preset: "this_month", bucket: "week", timeZone: "America/New_York", weekStart: 7 },
      assigneeIds: [],
      filters: {}
    })
  })
})

describe("the view of the page", () => {
  const filters = { source: ["portal", "~none"], status: ["new"] }
  const defaults = {
    ...draft,
    defaultFilters: { source: "web", odd: 7 },
    defaultPeople: { assigneeIds: ["ana", "bo"] }
  }

  it.each<readonly [string, View]>([
    ["nothing", {}],
    ["people", { people: ["ana", "~nobody"] }],
    ["everyone", { people: "everyone" }],
    ["filters", { filters }],
    ["filters by the lead behind a deal", { filters: { leadSource: ["a b&c=d"], leadTag: ["1", "2"] } }],
    ["no filters instead of those of the report", { filters: {} }],
    ["the period before", { comparePrevious: true }]
  ])("an address keeps a view with %s", (_name, view) => {
    const none = { timeframe: undefined, people: undefined, filters: undefined, comparePrevious: false }
    assert.deepStrictEqual(viewOf(new URLSearchParams(queryOf(view))), { ...none, ...view })
  })

  it("a view without choices is sent as the report says, and a member sends no people", () => {
    const request = { timeframe: draft.defaultTimeframe, filters: { source: "web", odd: 7 } }
    assert.deepStrictEqual(viewRequestOf({}, defaults, "admin"), { ...request, assigneeIds: ["ana", "bo"] })
    assert.deepStrictEqual(viewRequestOf({}, defaults, "member"), request)
    assert.deepStrictEqual(viewRequestOf({}, draft, "admin"), { ...request, filters: {}, everyone: true })
  })

  it("choices of a view replace what the report says", () => {
    const view = { people: "everyone", filters, comparePrevious: true } as const
    assert.deepStrictEqual(viewRequestOf(view, defaults, "admin"), {
      timeframe: draft.defaultTimeframe,
      everyone: true,
      filters,
      comparePrevious: true
    })
    assert.deepStrictEqual(viewRequestOf({ filters: {} }, defaults, "member").filters, {})
  })

  it("null in the people of a report is no choice of people", () => {
    const people = JSON.parse("{ \"assigneeIds\": null }")
    assert.strictEqual(shownOf({}, { ...defaults, defaultPeople: people }).people, "me")
  })

  it("a choice that equals what the report says is no choice", () => {
    const usual = shownOf({}, defaults)
    assert.strictEqual(queryOf(withoutDefaults({ people: usual.people, filters: usual.filters }, defaults)), "")
    assert.strictEqual(queryOf(withoutDefaults({ people: "everyone", filters: {} }, draft)), "")
    assert.strictEqual(queryOf(withoutDefaults({ people: "everyone" }, defaults)), "people=everyone")
  })

  it("a card is sent with its own filters as they are stored, beside those of the view", () => {
    const card = { instanceId: "a", metricId: "deals.win_rate", chart: "stat", x: 0, y: 0, w: 3, h: 3 }
    for (const stored of ["web", [1], 7, { source: "web" }]) {
      const request = requestOf([{ ...card, filters: stored }], viewRequestOf({ filters }, draft, "member"))
      assert.deepStrictEqual(request.widgets[0]?.filters, stored)
      assert.deepStrictEqual(request.filters, filters)
    }
  })
})

describe("the schedule that the dialog sets", () => {
  const chosen = { every: "week", at: "07:00" } as const
  const view = { everyone: true, filters: { source: ["web"] } }
  const former = {
    every: "day" as const,
    at: "08:00",
    timeZone: "Europe/Madrid",
    weekStart: 1,
    keepDays: 30,
    view: {},
    createdBy: "ana",
    role: "admin" as const,
    createdAt: "2026-05-01T00:00:00.000Z",
    missedAt: null,
    ended: null,
    nextAt: null
  }

  it("a schedule has the view of the page, and keeps the time zone and the days of the former one", () => {
    assert.deepStrictEqual(scheduleRequestOf(chosen, null, view), { ...chosen, view })
    const { keepDays, timeZone } = former
    assert.deepStrictEqual(scheduleRequestOf(chosen, former, view), { ...chosen, keepDays, timeZone, view })
  })
})

describe("the address of a comparison", () => {
  it.each([["", false], ["&show=changes", true]])(
    "an address with “%s” hides unchanged cards: %s",
    (more, isChangedOnly) => {
      const route = routeOf(`#/snapshots/01970c2e-7d5c-7b3a-9c1e-2f4a6b8c0d1e?with=live${more}`)
      assert.deepInclude(route, { comparison: { other: "live", isChangedOnly } })
    }
  )
})
