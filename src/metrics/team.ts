import { calls, deals, leads, tasks } from "./crm.ts"
import { closed, dominant, won, wonDeals } from "./dealParts.ts"
import { count, ratio, sum } from "./Measure.ts"
import { leaderboard } from "./Metric.ts"

const charts = ["leaderboard", "bar"] as const

export const teamMetrics = {
  "team.leads_by_agent": leaderboard({
    label: "Leads by agent",
    description:
      "Leads that entered in the window, per person who owns them or is assigned to them. A shared lead counts for each of them.",
    from: leads.population,
    at: leads.createdAt,
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts
  }),
  "team.deals_won_by_agent": leaderboard({
    ...wonDeals,
    label: "Deals won by agent",
    description:
      "Deals won in the window, per person who owns them or is assigned to them. A shared deal counts for each of them.",
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts
  }),
  "team.won_value_by_agent": leaderboard({
    ...wonDeals,
    label: "Won value by agent",
    description:
      "Total price of the deals won in the window, per person who owns them or is assigned to them, in the currency of most of them. A shared deal counts for each of them.",
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts,
    dominant
  }),
  "team.win_rate_by_agent": leaderboard({
    label: "Win rate by agent",
    description:
      "Won deals as a share of the deals closed in the window, per person who owns them or is assigned to them. People who closed no deals have no value and come last.",
    from: deals.population,
    where: closed,
    at: deals.closedAt,
    measure: ratio(count({ where: won }), count()),
    unit: "percent",
    moreIsBetter: true,
    charts
  }),
  "team.calls_by_agent": leaderboard({
    label: "Calls by agent",
    description: "Calls of the window, per person who is recorded on them.",
    from: calls.population,
    at: calls.startedAt,
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts
  }),
  "team.tasks_completed_by_agent": leaderboard({
    label: "Tasks completed by agent",
    description:
      "Tasks completed in the window, per person who owns them or is assigned to them. A shared task counts for each of them.",
    from: tasks.population,
    at: tasks.completedAt,
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts
  })
}
