import { deals } from "./crm.ts"
import { byLead, closedDeals, dominant, filters, leadBehind, lost, openDeals, won, wonFiltered } from "./dealParts.ts"
import { forecastMetrics } from "./forecast.ts"
import { average, count, elapsed, handwritten, ratio, sum } from "./Measure.ts"
import { breakdown, category, leaderboard, person, stat, timeseries } from "./Metric.ts"

export const dealMetrics = {
  "deals.created_over_time": timeseries({
    label: "New deals",
    description: "Deals by creation time, whatever their status is now.",
    from: deals.population,
    at: deals.createdAt,
    filters,
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["area", "line", "bar"],
    groupBy: { stage: deals.stage, status: deals.status, assignee: person, ...byLead }
  }),
  "deals.won_over_time": timeseries({
    ...wonFiltered,
    label: "Deals won",
    description: "Won deals by close time. A won deal without a close date is not counted.",
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["bar", "line", "area"],
    groupBy: { assignee: person, ...byLead }
  }),
  "deals.won_value_over_time": timeseries({
    ...wonFiltered,
    label: "Won value",
    description:
      "Total price of the won deals by close time, in the currency of most of them. A deal without a price adds 0. Deals in other currencies are listed separately and not converted.",
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts: ["area", "line", "bar"],
    groupBy: { assignee: person, ...byLead },
    dominant
  }),
  "deals.win_rate": stat({
    ...closedDeals,
    label: "Win rate",
    description:
      "Won deals as a share of the deals that closed in the window, won or lost. Open deals are not counted.",
    measure: ratio(count({ where: won }), count()),
    unit: "percent",
    moreIsBetter: true,
    charts: ["radial", "stat"]
  }),
  "deals.won_by_source": category({
    ...wonFiltered,
    label: "Deals won by source",
    description:
      "Deals won in the window, by the source of the lead behind them. A deal without a lead counts as Unknown, and so does a deal whose lead was deleted or is not among the leads of the selected people.",
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["bar", "pie", "donut", "radar"],
    by: leadBehind.source
  }),
  "deals.won_value_by_source": category({
    ...wonFiltered,
    label: "Won value by source",
    description:
      "Total price of the deals won in the window, by the source of the lead behind them, in the currency of most of these deals. A deal without a lead counts as Unknown, and so does a deal whose lead was deleted or is not among the leads of the selected people.",
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts: ["bar", "pie", "donut"],
    by: leadBehind.source,
    dominant
  }),
  "deals.win_rate_by_source": category({
    ...closedDeals,
    label: "Win rate by source",
    description:
      "Won deals as a share of the deals that closed in the window, by the source of the lead behind them. A deal without a lead counts as Unknown, and so does a deal whose lead was deleted or is not among the leads of the selected people.",
    measure: ratio(count({ where: won }), count()),
    unit: "percent",
    moreIsBetter: true,
    charts: ["bar", "radar"],
    by: leadBehind.source
  }),
  "deals.by_stage": category({
    ...openDeals,
    label: "Open deals by stage",
    description: "Deals that are open now, by stage. The timeframe is ignored.",
    measure: count(),
    unit: "count",
    charts: ["bar", "donut", "pie", "radar"],
    by: deals.stage
  }),
  "deals.pipeline_value": stat({
    ...openDeals,
    label: "Pipeline value",
    description:
      "Total price of the deals that are open now, in the currency of most of them. The timeframe is ignored, and there is no previous value.",
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts: ["stat"],
    dominant
  }),
  "deals.pipeline_by_stage": category({
    ...openDeals,
    label: "Pipeline value by stage",
    description: "Total price of the deals that are open now, by stage, in the currency of most of them.",
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts: ["bar", "donut", "pie"],
    by: deals.stage,
    dominant
  }),
  ...forecastMetrics,
  "deals.avg_value": stat({
    ...wonFiltered,
    label: "Average won deal",
    description: "Average price of the won deals that have a price, in the currency of most won deals of the window.",
    measure: average(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts: ["stat"],
    dominant
  }),
  "deals.avg_time_to_close": stat({
    ...wonFiltered,
    label: "Average time to close",
    description:
      "Average time from a won deal's creation to its close. A deal that closed before it was created counts as 0.",
    measure: elapsed(deals.createdAt, deals.closedAt),
    unit: "days",
    moreIsBetter: false,
    charts: ["stat"]
  }),
  "deals.lost_reasons": category({
    from: deals.population,
    where: lost,
    at: deals.closedAt,
    filters,
    label: "Lost reasons",
    description:
      "Lost deals of the window by reason. Spellings that differ only in case or outer spaces are one reason. The ten most frequent reasons are shown, and the rest is Other.",
    measure: count(),
    unit: "count",
    moreIsBetter: false,
    charts: ["bar", "pie", "donut"],
    by: deals.lostReason,
    top: 10
  }),
  "deals.commission_breakdown": breakdown({
    ...wonFiltered,
    label: "Commission breakdown",
    description:
      "Commission of the won deals, in the currency of most of them: the total, the part of collaborators, the part of the agency, what the agency's agents get of it, and what remains.",
    measure: handwritten("Sum"),
    unit: "money",
    charts: ["bar"],
    adminOnly: true,
    parts: [
      { key: "total_commission", label: "Total commission" },
      { key: "collaborator_payout", label: "Collaborator payout" },
      { key: "agency_commission", label: "Agency commission" },
      { key: "internal_agent_payout", label: "Internal agent payout" },
      { key: "agency_net", label: "Agency net" }
    ],
    dominant
  }),
  "deals.commission_by_agent": leaderboard({
    ...wonFiltered,
    label: "Commission by agent",
    description:
      "Agents' shares of the commission on won deals, for the selected people and the deals that they own or are assigned to. Other shares are left out, so the sum can differ from the commission breakdown.",
    measure: handwritten("Sum"),
    unit: "money",
    moreIsBetter: true,
    charts: ["leaderboard"],
    omitsZero: true,
    dominant
  })
}
