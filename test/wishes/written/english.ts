import { tagIds, type Wish } from "../Wish.ts"

const newLeads = ["leads.total", "leads.created_over_time"]

const wonByAgent = ["team.deals_won_by_agent", "team.won_value_by_agent"]

const overdueTasks = ["tasks.overdue", "tasks.by_status"]

const pipeline = ["deals.pipeline_value", "deals.pipeline_by_stage", "deals.weighted_pipeline"]

const overview = [
  ...newLeads,
  "leads.by_status",
  "leads.by_source",
  "leads.funnel",
  "deals.created_over_time",
  "deals.won_over_time",
  "deals.won_value_over_time",
  "deals.win_rate",
  "deals.by_stage",
  ...pipeline,
  "team.leads_by_agent",
  "team.calls_by_agent",
  ...wonByAgent
]

/** Today is 2026-12-01. */
export const writtenEnglish: ReadonlyArray<Wish> = [
  // An estate agency
  {
    wish: "how many new buyers n sellers did we get in october",
    must: [["leads.by_type", "leads.created_over_time"]],
    mustNot: ["tasks.", "emails."],
    from: "2026-10-01",
    to: "2026-10-31"
  },
  {
    wish: "whats sitting in the pipeline rn, by stage pls",
    must: [["deals.by_stage", "deals.pipeline_by_stage"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "commission per agent this quarter",
    must: [["deals.commission_by_agent"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_quarter"
  },
  {
    wish: "leads from referrals only, per week, last 90 days",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "last_90d",
    bucket: "week",
    filters: { source: ["referral"] }
  },
  { wish: "monday meeting w the team", must: [overview] },
  {
    wish: "which deals shouldve closed already? how much money is stuck there",
    must: [["deals.overdue_close"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "VIP leads this year vs last year",
    must: [newLeads],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_year",
    compare: true,
    filters: { tag: [tagIds.vip] }
  },
  // A software vendor
  {
    wish: "forecast for next quarter",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "next_quarter"
  },
  {
    wish: "why do we lose deals lately",
    must: [["deals.lost_reasons"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "how fast do the reps ring a new lead and how many never got a call",
    must: [["leads.avg_time_to_first_call"], ["leads.never_called"]],
    mustNot: ["tasks.", "emails."]
  },
  {
    wish: "mrr, churn and win rate by lead source",
    must: [["deals.win_rate_by_source"]],
    mustNot: ["tasks.", "emails.", "calls."],
    notUnderstood: ["mrr", "churn"]
  },
  {
    wish: "are we on track for our 250k goal this quarter? closed revenue only",
    must: [["deals.won_value_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_quarter"
  },
  {
    wish: "call activity last week per rep, connect rate too, no emails",
    must: [["team.calls_by_agent"], ["calls.connect_rate"]],
    mustNot: ["emails.", "tasks."],
    preset: "last_week"
  },
  {
    wish: "do ppl reply to our emails? since september",
    must: [["emails.reply_rate", "emails.received_over_time"]],
    mustNot: ["tasks.", "calls.", "deals."],
    from: "2026-09-01"
  },
  // A school
  {
    wish: "enquiries by month this year, bars coloured by source",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_year",
    bucket: "month",
    groupBy: "source"
  },
  {
    wish: "my overdue to dos",
    role: "member",
    must: [overdueTasks],
    mustNot: ["deals.", "emails.", "calls."]
  },
  {
    wish: "how long do families stay in each status before they sign up",
    must: [["leads.avg_time_in_status"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "page views of the open day site and number of new leads yesterday",
    must: [newLeads],
    mustNot: ["deals.", "tasks.", "calls."],
    preset: "yesterday",
    notUnderstood: ["views"]
  },
  {
    wish: "tasks done per person last month pls",
    must: [["team.tasks_completed_by_agent"]],
    mustNot: ["deals.", "emails.", "calls."],
    preset: "last_month"
  },
  {
    wish: "funnel april to june",
    must: [["leads.funnel"]],
    mustNot: ["tasks.", "emails.", "calls."],
    from: "2026-04-01",
    to: "2026-06-30"
  }
]
