// Metrics that a wish may mean by one word.

export const newLeads = ["leads.created_over_time", "leads.total"]

export const wonDeals = ["deals.won_over_time", "team.deals_won_by_agent", "deals.won_by_source"]

export const wonValue = ["deals.won_value_over_time", "team.won_value_by_agent", "deals.won_value_by_source"]

export const sales = [
  ...wonDeals,
  ...wonValue,
  "deals.win_rate",
  "deals.pipeline_value",
  "deals.pipeline_by_stage",
  "deals.by_stage",
  "deals.weighted_pipeline",
  "deals.expected_value_over_time",
  "deals.created_over_time"
]

export const perPerson = [
  "team.leads_by_agent",
  "team.deals_won_by_agent",
  "team.won_value_by_agent",
  "team.win_rate_by_agent",
  "team.calls_by_agent",
  "team.tasks_completed_by_agent"
]
