import { only, tagIds, type Wish } from "../Wish.ts"

const leadNumbers = ["leads.total", "leads.created_over_time"]

const anyLeads = [
  ...leadNumbers,
  "leads.by_status",
  "leads.by_source",
  "leads.by_tag",
  "leads.by_type",
  "leads.funnel",
  "leads.conversion_rate",
  "team.leads_by_agent"
]

const anyWon = [
  "deals.won_over_time",
  "deals.won_value_over_time",
  "deals.win_rate",
  "deals.won_by_source",
  "deals.won_value_by_source",
  "team.deals_won_by_agent",
  "team.won_value_by_agent"
]

const anyDeals = [
  ...anyWon,
  "deals.created_over_time",
  "deals.by_stage",
  "deals.pipeline_value",
  "deals.pipeline_by_stage"
]

const anyTasks = ["tasks.overdue", "tasks.completed_over_time", "tasks.completion_rate", "tasks.by_status"]

export const fieldEnglish: ReadonlyArray<Wish> = [
  only("how many leads did we get last week", leadNumbers, { preset: "last_week" }),
  only("where are our leads coming from this quarter", ["leads.by_source", "leads.created_over_time"], {
    preset: "this_quarter"
  }),
  only("win rate per source, past 12 months", "deals.win_rate_by_source", { preset: "last_12m" }),
  only(
    "who closed the most this month",
    ["team.deals_won_by_agent", "team.won_value_by_agent", "deals.won_over_time", "deals.won_value_over_time"],
    { preset: "this_month" }
  ),
  only("calls per week since july, inbound vs outbound", ["calls.logged_over_time", "calls.by_direction"], {
    bucket: "week",
    from: "-07-01"
  }),
  {
    wish: "monday meeting numbers, nothing about calls pls",
    must: [[...anyLeads, ...anyDeals, ...anyTasks]],
    mustNot: ["calls", "team.calls"]
  },
  only("avg deal size last quarter vs the one before", "deals.avg_value", { preset: "last_quarter", compare: true }),
  {
    wish: "why do we keep losing deals",
    must: [["deals.lost_reasons"]],
    mustNot: ["calls", "emails", "tasks", "leads"]
  },
  {
    wish: "email bounce rate last month",
    must: [],
    mustNot: ["leads", "deals", "calls", "tasks", "team"],
    notUnderstood: ["bounce"]
  },
  only("of the leads that came in each month, what share became clients", "leads.conversion_by_cohort", {
    bucket: "month"
  }),
  only("pipline by stage in €", "deals.pipeline_by_stage"),
  only("leads we never rang, last 30 days", "leads.never_called", { preset: "last_30d" }),
  only("talk time per rep in march", "calls.talk_time_over_time", {
    groupBy: "assignee",
    from: "-03-01",
    to: "-03-31"
  }),
  {
    wish: "forecast next quarter, plus whats overdue",
    must: [["deals.expected_value_over_time"], ["deals.overdue_close", "tasks.overdue"]],
    mustNot: ["leads", "calls", "emails"],
    preset: "next_quarter"
  },
  only("vip leads this year month by month", "leads.created_over_time", {
    preset: "this_year",
    bucket: "month",
    filters: { tag: [tagIds.vip] }
  }),
  {
    wish: "are we on target with won revenue this month",
    must: [["deals.won_value_over_time"]],
    mustNot: ["leads", "calls", "emails", "tasks"],
    preset: "this_month"
  },
  {
    wish: "how fast do we call new leads back",
    must: [["leads.avg_time_to_first_call"]],
    mustNot: ["deals", "emails", "tasks"]
  },
  {
    wish: "task completion + overdue tasks, not by person",
    must: [
      ["tasks.completion_rate", "tasks.completed_over_time", "tasks.by_status"],
      ["tasks.overdue", "tasks.by_status"]
    ],
    only: true,
    mustNot: ["team"]
  },
  only(
    "referral deals won in 2024, the value not the count",
    ["deals.won_value_over_time", "deals.won_value_by_source"],
    { from: "2024-01-01", to: "2024-12-31", filters: { leadSource: ["referral"] } }
  ),
  only("new leads per day this week plus instagram followers", "leads.created_over_time", {
    preset: "this_week",
    bucket: "day",
    notUnderstood: ["instagram"]
  })
]
