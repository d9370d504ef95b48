import { tagIds, type Wish } from "../Wish.ts"
import { newLeads, sales, wonDeals, wonValue } from "./metrics.ts"

export const plainEnglish: ReadonlyArray<Wish> = [
  {
    wish: "How many new leads did we get last month?",
    must: [newLeads],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    preset: "last_month"
  },
  {
    wish: "Leads by source this year",
    must: [["leads.by_source", "leads.created_over_time"]],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_year"
  },
  {
    wish: "New leads per week over the last 90 days, split by source",
    must: [["leads.created_over_time"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    preset: "last_90d",
    bucket: "week",
    groupBy: "source"
  },
  {
    wish: "Compare the value of our won deals this quarter with the quarter before",
    must: [wonValue],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "this_quarter",
    compare: true
  },
  {
    wish: "Who closed the most deals in October?",
    must: [["team.deals_won_by_agent", "deals.won_over_time"]],
    mustNot: ["tasks.", "calls.", "emails."],
    from: "2026-10-01",
    to: "2026-10-31"
  },
  {
    wish: "Value of the deals we won from referrals last quarter",
    must: [wonValue],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "last_quarter",
    filters: { leadSource: ["referral"] }
  },
  {
    wish: "How many leads have never been called?",
    must: [["leads.never_called"]],
    mustNot: ["deals.", "tasks.", "emails."]
  },
  {
    wish: "What can we expect to close next quarter?",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "next_quarter"
  },
  {
    wish: "How many tasks are overdue right now?",
    must: [["tasks.overdue", "tasks.by_status"]],
    mustNot: ["deals.", "leads.", "calls.", "emails."]
  },
  {
    wish: "We want to win 10 deals a month. How are we doing this month?",
    must: [wonDeals],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_month"
  },
  {
    wish: "Show me only the VIP leads of this year by status",
    must: [["leads.by_status", "leads.created_over_time", "leads.funnel"]],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_year",
    filters: { tag: [tagIds.vip] }
  },
  {
    wish: "Calls per day last week and their outcomes",
    must: [["calls.logged_over_time"], ["calls.by_outcome", "calls.logged_over_time"]],
    mustNot: ["deals.", "tasks.", "emails."],
    preset: "last_week",
    bucket: "day"
  },
  {
    wish: "I have a meeting with the owners on Thursday and need an overview of our sales",
    must: [sales]
  },
  {
    wish: "Commission for each agent last year",
    must: [["deals.commission_by_agent"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "last_year"
  },
  {
    wish: "How long does it take us to call a new lead?",
    must: [["leads.avg_time_to_first_call"]],
    mustNot: ["deals.", "tasks.", "emails."]
  },
  {
    wish: "Win rate by lead source, not by agent",
    must: [["deals.win_rate_by_source"]],
    mustNot: ["team.", "tasks.", "calls.", "emails."]
  },
  {
    wish: "Emails sent and received from March 1 to May 31",
    must: [
      ["emails.sent_over_time", "emails.by_direction"],
      ["emails.received_over_time", "emails.by_direction"]
    ],
    mustNot: ["deals.", "leads.", "tasks.", "calls."],
    from: "2026-03-01",
    to: "2026-05-31"
  },
  {
    wish: "Calls and WhatsApp messages this month",
    must: [["calls.logged_over_time", "calls.by_outcome", "calls.by_direction", "team.calls_by_agent"]],
    mustNot: ["deals.", "tasks."],
    preset: "this_month",
    notUnderstood: ["WhatsApp"]
  },
  {
    wish: "Deals won and advertising costs this year",
    must: [wonDeals],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_year",
    notUnderstood: ["advertising"]
  },
  {
    wish: "How much is in our pipeline at each stage?",
    must: [["deals.pipeline_by_stage"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."]
  }
]
