import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { metricsById } from "../../src/metrics/all.ts"
import { lead, member, noTables } from "../../src/testing/rows.ts"
import { counted } from "../support/counted.ts"
import { groupingsOf } from "../support/groupingsOf.ts"
import { asOf, office } from "../support/office.ts"
import { caller } from "../support/TestApp.ts"

/** The points of these metrics do not add up to a total. */
const notAdditive = new Set([
  "leads.by_tag",
  "leads.avg_time_in_status",
  "leads.funnel",
  "leads.conversion_by_cohort",
  "leads.conversion_rate",
  "leads.avg_time_to_first_call",
  "deals.win_rate",
  "deals.win_rate_by_source",
  "deals.avg_value",
  "deals.avg_time_to_close",
  "deals.commission_breakdown",
  "deals.commission_by_agent",
  "tasks.completion_rate",
  "calls.connect_rate",
  "calls.avg_duration",
  "emails.reply_rate",
  "team.leads_by_agent",
  "team.deals_won_by_agent",
  "team.won_value_by_agent",
  "team.win_rate_by_agent",
  "team.tasks_completed_by_agent"
])

const stateNow = new Set([
  "deals.by_stage",
  "deals.pipeline_value",
  "deals.pipeline_by_stage",
  "deals.overdue_close",
  "deals.weighted_pipeline",
  "tasks.overdue"
])

/** A row of leads, deals or tasks can have several viewers. */
const isShared = (id: string) => /^(leads|deals|tasks)\./.test(id)

const asked = [...metricsById].flatMap(([metricId, metric]) =>
  groupingsOf(metric).map((groupBy) => ({
    what: groupBy === undefined ? metricId : `${metricId} by ${groupBy}`,
    metricId,
    ...(groupBy !== undefined && { groupBy }),
    isAdditive: !notAdditive.has(metricId) && !(groupBy === "assignee" && isShared(metricId))
  }))
)

const label = (metricId: string) => metricsById.get(metricId)?.label ?? ""
const thisMonth = { preset: "this_month", weekStart: 3 }

describe("meta of a series", () => {
  it.effect.each(asked)(
    "meta.additive of $what is $isAdditive",
    ({ isAdditive, what: _what, ...widget }) =>
      Effect.gen(function*() {
        assert.strictEqual((yield* counted(office, { ...widget, timeframe: thisMonth })).meta.additive, isAdditive)
      })
  )

  const hasPreviousOf = (metricId: string) => metricsById.get(metricId)?.shape === "stat" && !stateNow.has(metricId)
  const previous = [...metricsById.keys()].map((id) => [id, hasPreviousOf(id) ? "a" : "no"] as const)
  it.effect.each(previous)(
    "over this_month, the series of %s has %s meta.previousWindow",
    ([metricId]) =>
      Effect.gen(function*() {
        const { meta, series } = yield* counted(office, { metricId, timeframe: thisMonth })
        assert.strictEqual(meta.window?.weekStart, stateNow.has(metricId) ? undefined : 3)
        assert.strictEqual(meta.previousWindow !== undefined, hasPreviousOf(metricId))
        assert.deepStrictEqual(series, [{ key: "value", label: label(metricId) }])
      })
  )

  it.effect.each([["leads.total"], ["leads.by_status"], ["team.leads_by_agent"]])(
    "the window of %s over all_time has no start and ends now",
    ([metricId = ""]) =>
      Effect.gen(function*() {
        const { meta } = yield* counted(office, { metricId, timeframe: { preset: "all_time" } })
        assert.deepInclude(meta.window, { from: null, to: new Date(asOf).toISOString() })
      })
  )

  it.effect("meta.scope counts the people in scope", () =>
    Effect.gen(function*() {
      const asking = (assigneeIds: ReadonlyArray<string>, role: "admin" | "member") =>
        Effect.map(
          counted(office, { metricId: "leads.total" }, { assigneeIds, caller: caller(role, "ana") }),
          ({ meta }) => meta.scope
        )
      assert.deepStrictEqual(yield* asking(["ana", "bo"], "admin"), { kind: "members", members: 2 })
      assert.deepStrictEqual(yield* asking(["nobody"], "admin"), { kind: "members", members: 0 })
      assert.deepStrictEqual(yield* asking(["ana", "bo"], "member"), { kind: "own", members: 1 })
    }))

  it.effect("meta of a failed or admin-only series has the unit and the scope", () =>
    Effect.gen(function*() {
      const both = { assigneeIds: ["ana", "bo"] }
      const faulty = yield* counted(office, { metricId: "deals.win_rate", chart: "pie" }, both)
      const gated = yield* counted(office, { metricId: "team.won_value_by_agent" }, { caller: caller("member", "ana") })
      assert.deepStrictEqual([faulty.error?.code, faulty.meta.unit], ["unsupported_chart", "percent"])
      assert.deepStrictEqual([gated.meta.gated, gated.meta.unit], ["admin_only", "money"])
      assert.deepStrictEqual(faulty.meta.scope, { kind: "members", members: 2 })
      assert.deepStrictEqual(gated.meta.scope, { kind: "own", members: 1 })
    }))

  it.effect("the error of a widget names its first fault in the order chart, groupBy, comparePrevious, timeframe", () =>
    Effect.gen(function*() {
      const wrong = { metricId: "leads.created_over_time", groupBy: "nothing", timeframe: { preset: "never" } }
      const codeOf = (chart: string, groupBy = wrong.groupBy) =>
        Effect.map(counted(office, { ...wrong, chart, groupBy }), ({ error }) => error?.code)
      assert.deepStrictEqual(
        [yield* codeOf("pie"), yield* codeOf("line"), yield* codeOf("line", "source")],
        ["unsupported_chart", "unsupported_group_by", "invalid_timeframe"]
      )
      const total = { metricId: "leads.total", comparePrevious: true, timeframe: { preset: "never" } }
      assert.strictEqual((yield* counted(office, total)).error?.code, "unsupported_comparison")
    }))

  it.effect.each([
    { what: "a number above 2^53", filters: { source: 2 ** 60 }, applied: { source: [] } },
    { what: "an unknown name and a large number", filters: { budget: 1e21 }, applied: {} },
    { what: "half of a surrogate pair", filters: { source: ["web", "\ud800"] }, applied: { source: ["web"] } },
    { what: "a NUL", filters: { source: "a\u0000" }, applied: { source: [] } }
  ])(
    "meta.filters.applied omits the value of a filter with $what",
    ({ applied, filters }) =>
      Effect.gen(function*() {
        const { error, meta } = yield* counted(office, { metricId: "leads.total", filters: { ...filters } })
        assert.isUndefined(error)
        assert.deepStrictEqual(meta.filters.applied, applied)
      })
  )

  it.effect("the error message says that the organization's time zone is invalid", () =>
    Effect.gen(function*() {
      const [organization] = noTables.organizations
      const tables = {
        ...noTables,
        organizations: organization === undefined ? [] : [{ ...organization, timeZone: "Europe/madrid" }],
        members: [member("ana", "Ana")],
        leads: [lead("L1", "2024-05-02")]
      }
      const { error } = yield* counted(tables, { metricId: "leads.total" })
      assert.match(error?.message ?? "", /^The organization's time zone is not/)
    }))
})
