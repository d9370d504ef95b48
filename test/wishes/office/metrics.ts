// Metrics that a wish may mean by one word.

export const newLeads = [
  "leads.created_over_time",
  "leads.total",
  "leads.by_source",
  "leads.by_status",
  "leads.by_tag",
  "leads.by_type",
  "leads.funnel",
  "team.leads_by_agent"
]

export const won = [
  "deals.won_over_time",
  "deals.won_value_over_time",
  "deals.won_by_source",
  "deals.won_value_by_source",
  "team.deals_won_by_agent",
  "team.won_value_by_agent"
]

export const wonByPerson = [
  "team.deals_won_by_agent",
  "team.won_value_by_agent",
  "deals.won_over_time",
  "deals.won_value_over_time"
]

export const calls = [
  "calls.logged_over_time",
  "calls.by_outcome",
  "calls.by_direction",
  "calls.connect_rate",
  "calls.talk_time_over_time",
  "team.calls_by_agent"
]

export const callsByPerson = ["team.calls_by_agent", "calls.logged_over_time", "calls.talk_time_over_time"]

export const emails = ["emails.sent_over_time", "emails.received_over_time", "emails.by_direction", "emails.reply_rate"]

export const pipeline = [
  "deals.pipeline_value",
  "deals.pipeline_by_stage",
  "deals.by_stage",
  "deals.weighted_pipeline",
  "deals.expected_value_over_time"
]

export const overdueTasks = ["tasks.overdue", "tasks.by_status"]

export const commission = ["deals.commission_breakdown", "deals.commission_by_agent"]

export const conversion = [
  "leads.conversion_rate",
  "leads.conversion_by_cohort",
  "leads.funnel",
  "deals.win_rate",
  "deals.win_rate_by_source",
  "team.win_rate_by_agent"
]

export const tasksDone = [
  "tasks.completed_over_time",
  "tasks.completion_rate",
  "tasks.by_status",
  "team.tasks_completed_by_agent"
]

export const anything = [
  ...newLeads,
  ...won,
  ...calls,
  ...emails,
  ...pipeline,
  ...conversion,
  ...overdueTasks,
  ...tasksDone
]
