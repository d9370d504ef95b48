import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { metricsById } from "../../src/metrics/all.ts"
import { counted, essence } from "../support/counted.ts"
import { groupingsOf } from "../support/groupingsOf.ts"
import { hot, office, vip } from "../support/office.ts"

const weeks = (...values: ReadonlyArray<object>) =>
  values.map((value, index) => ({
    bucket: ["2024-04-29", "2024-05-06", "2024-05-13"][index],
    ...value,
    ...(index !== 1 && { partial: true })
  }))

const may = (values: object) => [{ bucket: "2024-05-01", ...values, partial: true }]

/** These numbers were counted by hand for Ana, Bo, Cy and Ed. Grouped timeseries are by month, others by week. */
const expected: ReadonlyArray<readonly [metric: string, groupBy: string | undefined, answer: unknown]> = [
  ["leads.created_over_time", undefined, weeks({ value: 2 }, { value: 1 }, { value: 1 })],
  ["leads.created_over_time", "status", may({ lead: 1, client: 2, on_hold: 1 })],
  ["leads.created_over_time", "source", may({ web: 2, "~none": 1, portal: 1 })],
  ["leads.created_over_time", "type", may({ buyer: 2, seller: 1, "~none": 1 })],
  ["leads.created_over_time", "assignee", may({ bo: 3, ana: 2 })],
  ["leads.total", undefined, [4, 1, 300]],
  ["leads.by_status", undefined, [
    ["lead", "New", 1],
    ["potential", "Potential", 0],
    ["bad_timing", "Bad timing", 0],
    ["client", "Client", 2],
    ["unqualified", "Unqualified", 0],
    ["on_hold", "On hold", 1]
  ]],
  ["leads.by_source", undefined, [["web", "Web", 2], ["portal", "Portal", 1], ["~none", "Unknown", 1]]],
  ["leads.by_tag", undefined, [[hot, "Hot", 3], [vip, vip, 1]]],
  ["leads.by_type", undefined, [["buyer", "Buyer", 2], ["seller", "Seller", 1], ["~none", "Unknown", 1]]],
  ["leads.avg_time_in_status", undefined, [["lead", "New", 0.5], ["client", "Client", 15.4]]],
  ["leads.funnel", undefined, [
    ["lead", "Entered", 4],
    ["potential", "Potential", 3],
    ["client", "Client", 2],
    ["unqualified", "Unqualified", 0],
    ["bad_timing", "Bad timing", 0],
    ["on_hold", "On hold", 1]
  ]],
  ["leads.conversion_by_cohort", undefined, weeks({ value: 50 }, { value: 0, partial: true }, { value: null })],
  ["leads.conversion_rate", undefined, [50, 0, null]],
  ["leads.never_called", undefined, [2, 0, null]],
  ["leads.avg_time_to_first_call", undefined, [45, 30, 50]],

  ["deals.created_over_time", undefined, weeks({ value: 2 }, { value: 3 }, { value: 0 })],
  ["deals.created_over_time", "stage", may({ viewing: 2, reserved: 2, signed: 1 })],
  ["deals.created_over_time", "status", may({ open: 2, won: 3 })],
  ["deals.created_over_time", "assignee", may({ ana: 3, bo: 2, cy: 1 })],
  ["deals.created_over_time", "leadSource", may({ "~none": 4, portal: 1 })],
  ["deals.created_over_time", "leadType", may({ buyer: 1, seller: 1, "~none": 3 })],
  ["deals.won_over_time", undefined, weeks({ value: 4 }, { value: 0 }, { value: 0 })],
  ["deals.won_over_time", "assignee", may({ ana: 2, bo: 2, cy: 1 })],
  ["deals.won_over_time", "leadSource", may({ "~none": 3, web: 1 })],
  ["deals.won_over_time", "leadType", may({ buyer: 1, seller: 1, "~none": 2 })],
  ["deals.won_value_over_time", undefined, weeks({ value: 110_000 }, { value: 0 }, { value: 0 })],
  ["deals.won_value_over_time", "assignee", may({ ana: 100_000, bo: 100_000, cy: 10_000 })],
  ["deals.won_value_over_time", "leadSource", may({ web: 100_000, "~none": 10_000 })],
  ["deals.won_value_over_time", "leadType", may({ buyer: 100_000, seller: 0, "~none": 10_000 })],
  ["deals.win_rate", undefined, [57.1, 100, -42.9]],
  ["deals.won_by_source", undefined, [["~none", "Unknown", 3], ["web", "Web", 1]]],
  ["deals.won_value_by_source", undefined, [["web", "Web", 100_000], ["~none", "Unknown", 10_000]]],
  ["deals.win_rate_by_source", undefined, [["~none", "Unknown", 60], ["web", "Web", 50]]],
  ["deals.by_stage", undefined, [
    ["qualified", "Qualified", 0],
    ["viewing", "Viewing", 2],
    ["offer", "Offer", 1],
    ["reserved", "Reserved", 0],
    ["under_contract", "Under contract", 0]
  ]],
  ["deals.pipeline_value", undefined, [20_000, null, null]],
  ["deals.pipeline_by_stage", undefined, [
    ["qualified", "Qualified", 0],
    ["viewing", "Viewing", 20_000],
    ["offer", "Offer", 0],
    ["reserved", "Reserved", 0],
    ["under_contract", "Under contract", 0]
  ]],
  ["deals.expected_value_over_time", undefined, [
    { bucket: "2024-04-29", value: 0, partial: true },
    { bucket: "2024-05-06", value: 0 },
    { bucket: "2024-05-13", value: 0, partial: true },
    { bucket: "2024-05-20", value: 20_000 },
    { bucket: "2024-05-27", value: 0, partial: true }
  ]],
  ["deals.expected_value_over_time", "stage", may({ viewing: 20_000 })],
  ["deals.expected_value_over_time", "assignee", may({ ana: 20_000 })],
  ["deals.expected_value_over_time", "leadSource", may({ portal: 20_000 })],
  ["deals.expected_value_over_time", "leadType", may({ buyer: 20_000 })],
  ["deals.overdue_close", undefined, [0, null, null]],
  ["deals.weighted_pipeline", undefined, [6_666, null, null]],
  ["deals.avg_value", undefined, [55_000, 80_000, -31.3]],
  ["deals.avg_time_to_close", undefined, [9, 2, 350]],
  ["deals.lost_reasons", undefined, [["price", "Price", 2], ["~none", "No reason", 1]]],
  ["deals.commission_breakdown", undefined, [
    ["total_commission", "Total commission", 5_300],
    ["collaborator_payout", "Collaborator payout", 1_000],
    ["agency_commission", "Agency commission", 4_300],
    ["internal_agent_payout", "Internal agent payout", 2_630],
    ["agency_net", "Agency net", 1_670]
  ]],
  ["deals.commission_by_agent", undefined, [[1, "ana", 2_000], [2, "bo", 530]]],

  ["tasks.created_over_time", undefined, weeks({ value: 4 }, { value: 0 }, { value: 0 })],
  ["tasks.created_over_time", "assignee", may({ ana: 3, bo: 2 })],
  ["tasks.completed_over_time", undefined, weeks({ value: 0 }, { value: 1 }, { value: 0 })],
  ["tasks.completed_over_time", "assignee", may({ ana: 1, bo: 1 })],
  ["tasks.completion_rate", undefined, [66.7, 100, -33.3]],
  ["tasks.by_status", undefined, [["pending", "Pending", 2], ["overdue", "Overdue", 1], ["completed", "Completed", 1]]],
  ["tasks.overdue", undefined, [1, null, null]],

  ["calls.logged_over_time", undefined, weeks({ value: 2 }, { value: 1 }, { value: 1 })],
  ["calls.logged_over_time", "direction", may({ inbound: 1, outbound: 3 })],
  ["calls.logged_over_time", "outcome", may({ success: 2, no_answer: 1, voicemail: 1 })],
  ["calls.logged_over_time", "assignee", may({ ana: 2, bo: 2 })],
  ["calls.by_outcome", undefined, [
    ["success", "Success", 2],
    ["no_answer", "No answer", 1],
    ["busy", "Busy", 0],
    ["failed", "Failed", 0],
    ["invalid_number", "Invalid number", 0],
    ["canceled", "Canceled", 0],
    ["voicemail", "Voicemail", 1]
  ]],
  ["calls.by_direction", undefined, [["inbound", "Inbound", 1], ["outbound", "Outbound", 3]]],
  ["calls.connect_rate", undefined, [33.3, 100, -66.7]],
  ["calls.avg_duration", undefined, [60, 60, 0]],
  ["calls.talk_time_over_time", undefined, weeks({ value: 1.5 }, { value: 0.5 }, { value: 0 })],
  ["calls.talk_time_over_time", "assignee", may({ ana: 1.5, bo: 0.5 })],

  ["emails.sent_over_time", undefined, weeks({ value: 4 }, { value: 1 }, { value: 0 })],
  ["emails.sent_over_time", "assignee", may({ ana: 3, bo: 2 })],
  ["emails.received_over_time", undefined, weeks({ value: 1 }, { value: 0 }, { value: 2 })],
  ["emails.received_over_time", "assignee", may({ bo: 2, ana: 1 })],
  ["emails.by_direction", undefined, [["inbound", "Inbound", 3], ["outbound", "Outbound", 5]]],
  ["emails.reply_rate", undefined, [33.3, null, null]],

  ["team.leads_by_agent", undefined, [[1, "bo", 3], [2, "ana", 2]]],
  ["team.deals_won_by_agent", undefined, [[1, "ana", 2], [2, "bo", 2], [3, "cy", 1]]],
  ["team.won_value_by_agent", undefined, [[1, "ana", 100_000], [2, "bo", 100_000], [3, "cy", 10_000]]],
  ["team.win_rate_by_agent", undefined, [[1, "cy", 100], [2, "ana", 66.7], [3, "bo", 50]]],
  ["team.calls_by_agent", undefined, [[1, "ana", 2], [2, "bo", 2]]],
  ["team.tasks_completed_by_agent", undefined, [[1, "ana", 1], [2, "bo", 1]]]
]

const named: ReadonlyArray<readonly [groupBy: string, labels: ReadonlyArray<ReadonlyArray<string>>]> = [
  ["assignee", [["bo", "Bo"], ["ana", "Ana"]]],
  ["status", [["lead", "New"], ["client", "Client"], ["on_hold", "On hold"]]],
  ["source", [["web", "Web"], ["portal", "Portal"], ["~none", "Unknown"]]]
]

describe("metrics of the example office", () => {
  const cases = expected.map((one) => [one[1] === undefined ? one[0] : `${one[0]} by ${one[1]}`, one] as const)
  it.effect.each(cases)(
    "%s equals the numbers counted by hand",
    ([, [metricId, groupBy, answer]]) =>
      Effect.gen(function*() {
        const timeframe = { preset: "this_month", bucket: groupBy === undefined ? "week" : "month" }
        const asked = { metricId, timeframe, ...(groupBy !== undefined && { groupBy }) }
        const series = yield* counted(office, asked, { assigneeIds: ["ana", "bo", "cy", "ed"] })
        assert.deepStrictEqual(essence(series), answer)
      })
  )
  it.effect.each(named)(
    "the series of leads by %s have readable labels",
    ([groupBy, labels]) =>
      Effect.gen(function*() {
        const asked = { metricId: "leads.created_over_time", groupBy, timeframe: { preset: "this_month" } }
        const { series } = yield* counted(office, asked, { assigneeIds: ["ana", "bo", "cy", "ed"] })
        assert.deepStrictEqual(series.map(({ key, label }) => [key, label]), labels)
      })
  )
  it("this file covers every metric and every grouping", () => {
    const all = [...metricsById].flatMap(([id, metric]) => groupingsOf(metric).map((by) => `${id} ${by}`))
    assert.deepStrictEqual(expected.map(([id, by]) => `${id} ${by}`), all)
  })
})
