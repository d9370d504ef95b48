import { tagIds, type Wish } from "../Wish.ts"
import { anything, calls, callsByPerson, conversion, newLeads, overdueTasks, pipeline, won } from "./metrics.ts"

export const officeEnglish: ReadonlyArray<Wish> = [
  {
    wish: "How many new leads did we get last week?",
    must: [newLeads],
    mustNot: ["tasks", "emails", "team.calls", "team.tasks"],
    preset: "last_week"
  },
  {
    wish: "Show me the deals we won this year, month by month.",
    must: [["deals.won_over_time", "deals.won_value_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    preset: "this_year",
    bucket: "month"
  },
  {
    wish: "Which lead sources bring us the most money?",
    must: [["deals.won_value_by_source", "deals.won_value_over_time"]],
    mustNot: ["tasks", "emails", "calls"]
  },
  {
    wish: "Calls per salesperson in September",
    must: [callsByPerson],
    mustNot: ["deals", "emails", "tasks"],
    from: "2026-09-01",
    to: "2026-09-30"
  },
  {
    wish: "I need to know how many tasks are overdue.",
    must: [overdueTasks],
    mustNot: ["deals", "calls", "emails"]
  },
  {
    wish: "Compare this month's won deals with the month before.",
    must: [won],
    mustNot: ["emails", "tasks", "calls"],
    preset: "this_month",
    compare: true
  },
  {
    wish: "Leads from the portal that have never been called",
    must: [["leads.never_called"]],
    mustNot: ["emails", "tasks", "deals"],
    filters: { source: ["portal"] }
  },
  {
    wish: "How much revenue can we expect next quarter?",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["calls", "emails", "tasks"],
    preset: "next_quarter"
  },
  {
    wish: "Why do we lose deals?",
    must: [["deals.lost_reasons"]],
    mustNot: ["tasks", "emails", "calls"]
  },
  {
    wish: "Something for our sales meeting on Monday",
    must: [anything]
  },
  {
    wish: "VIP leads by status",
    must: [["leads.by_status", "leads.created_over_time", "leads.funnel"]],
    mustNot: ["tasks", "emails", "calls"],
    filters: { tag: [tagIds.vip] }
  },
  {
    wish: "New leads per week over the last 90 days, split by source",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    preset: "last_90d",
    bucket: "week",
    groupBy: "source"
  },
  {
    wish: "Emails sent and received between March 1 and April 15",
    must: [["emails.sent_over_time", "emails.by_direction"], ["emails.received_over_time", "emails.by_direction"]],
    mustNot: ["calls", "deals", "tasks"],
    from: "2026-03-01",
    to: "2026-04-15"
  },
  {
    wish: "Our pipeline, but no tasks and no emails please.",
    must: [pipeline],
    mustNot: ["tasks", "emails", "team.tasks"]
  },
  {
    wish: "How quickly do we call new leads?",
    must: [["leads.avg_time_to_first_call"]],
    mustNot: ["emails", "tasks", "deals"]
  },
  {
    wish: "Our target is 20 won deals a month. Are we on track?",
    must: [won],
    mustNot: ["emails", "calls", "tasks"]
  },
  {
    wish: "Customer satisfaction and number of calls this month",
    must: [calls],
    mustNot: ["emails", "tasks"],
    preset: "this_month",
    notUnderstood: ["satisfaction"]
  },
  {
    wish: "How much commission did each agent earn last month?",
    must: [["deals.commission_by_agent"]],
    mustNot: ["emails", "calls", "tasks"],
    preset: "last_month"
  },
  {
    wish: "Are we getting better at turning leads into clients?",
    must: [conversion],
    mustNot: ["emails", "tasks"]
  },
  {
    wish: "Value of the deals that should have closed already",
    must: [["deals.overdue_close"]],
    mustNot: ["tasks", "calls", "emails"]
  }
]
