import { calls } from "./crm.ts"
import { average, count, is, ratio, sum } from "./Measure.ts"
import { category, person, stat, timeseries } from "./Metric.ts"

const outbound = is(calls.direction, "outbound")
const successful = is(calls.outcome, "success")

const logged = { from: calls.population, at: calls.startedAt }

export const callMetrics = {
  "calls.logged_over_time": timeseries({
    ...logged,
    label: "Calls",
    description: "Calls by start time, with any outcome. A call counts for the person who is recorded on it.",
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["area", "line", "bar"],
    groupBy: { direction: calls.direction, outcome: calls.outcome, assignee: person }
  }),
  "calls.by_outcome": category({
    ...logged,
    label: "Calls by outcome",
    description: "Calls of the window by outcome.",
    measure: count(),
    unit: "count",
    charts: ["donut", "pie", "bar", "radar"],
    by: calls.outcome
  }),
  "calls.by_direction": category({
    ...logged,
    label: "Calls by direction",
    description: "Calls of the window, by direction: inbound or outbound.",
    measure: count(),
    unit: "count",
    charts: ["pie", "donut", "bar"],
    by: calls.direction
  }),
  "calls.connect_rate": stat({
    ...logged,
    label: "Connect rate",
    description: "Outbound calls that succeeded as a share of all outbound calls. Inbound calls do not count.",
    where: outbound,
    measure: ratio(count({ where: successful }), count()),
    unit: "percent",
    moreIsBetter: true,
    charts: ["radial", "stat"]
  }),
  "calls.avg_duration": stat({
    ...logged,
    label: "Average call length",
    description: "Average length of the successful calls of the window.",
    where: successful,
    measure: average(calls.durationSeconds),
    unit: "seconds",
    charts: ["stat"]
  }),
  "calls.talk_time_over_time": timeseries({
    ...logged,
    label: "Talk time",
    description: "Total length of the successful calls, by start time.",
    where: successful,
    measure: sum(calls.durationSeconds),
    unit: "minutes",
    moreIsBetter: true,
    charts: ["bar", "line", "area"],
    groupBy: { assignee: person }
  })
}
