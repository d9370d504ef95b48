import { deals } from "./crm.ts"
import { byLead, dominant, open, openDeals } from "./dealParts.ts"
import { all, missing, not, past, sum, weighted } from "./Measure.ts"
import { person, stat, timeseries } from "./Metric.ts"

export const forecastMetrics = {
  "deals.expected_value_over_time": timeseries({
    ...openDeals,
    label: "Expected value",
    description:
      "Total price of the open deals by the time at which they are expected to close, from today on, in the currency of most open deals. Deals that were expected before today are overdue and are not counted. Deals without a date are listed separately.",
    where: all(open, not(past(deals.expectedCloseAt))),
    at: deals.expectedCloseAt,
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: true,
    charts: ["bar", "line", "area"],
    groupBy: { stage: deals.stage, assignee: person, ...byLead },
    dominant,
    byDay: true,
    ahead: true
  }),
  "deals.overdue_close": stat({
    ...openDeals,
    label: "Overdue close",
    description:
      "Total price of the open deals that were expected to close before today, in the currency of most open deals. A deal that is expected today is not overdue. The timeframe is ignored, and there is no previous value.",
    measure: sum(deals.price),
    unit: "money",
    moreIsBetter: false,
    charts: ["stat"],
    dominant,
    byDay: true,
    split: {
      shown: "overdue",
      parts: [
        { key: "undated", label: "Without a date", where: missing(deals.expectedCloseAt) },
        { key: "overdue", label: "Overdue", where: past(deals.expectedCloseAt) },
        { key: "ahead", label: "Expected", where: not(past(deals.expectedCloseAt)) }
      ]
    }
  }),
  "deals.weighted_pipeline": stat({
    ...openDeals,
    label: "Weighted pipeline",
    description:
      "Total price of the deals that are open now, each multiplied by the weight that an admin has set for its stage, in the currency of most open deals. Deals in a stage without a weight are listed separately. The timeframe is ignored, and there is no previous value.",
    measure: weighted(deals.price, deals.stage),
    unit: "money",
    moreIsBetter: true,
    charts: ["stat"],
    dominant
  })
}
