import type { Wish } from "./Wish.ts"

/** These wishes and their drafts were written without reading the words that the search knows. */
export const english: ReadonlyArray<Wish> = [
  { wish: "Speed to lead", must: [["leads.avg_time_to_first_call"]], only: true },
  { wish: "Win rate by source", must: [["deals.win_rate_by_source"]], only: true },
  {
    wish: "Which lead source closes the most deals this year?",
    must: [["deals.won_by_source"]],
    only: true,
    preset: "this_year"
  },
  {
    wish: "Calls per week by outcome for the last 90 days",
    must: [["calls.logged_over_time"]],
    only: true,
    groupBy: "outcome",
    preset: "last_90d",
    bucket: "week"
  },
  {
    wish: "Everything about emails, but nothing about calls",
    must: [["emails.sent_over_time"], ["emails.received_over_time"], ["emails.reply_rate"]],
    mustNot: ["calls.", "tasks.", "deals.", "leads."]
  },
  {
    wish: "how are we doing this month?",
    must: [["deals.won_over_time", "deals.won_value_over_time"], ["leads.created_over_time", "leads.total"]],
    preset: "this_month"
  },
  { wish: "bounce rate of our website", must: [], mustNot: [""], notUnderstood: ["bounce"] },
  { wish: "Delete all lost deals", must: [], mustNot: [""], notUnderstood: ["delete"] },
  { wish: "What should I work on today?", must: [["tasks.overdue"], ["leads.never_called"]] },
  {
    wish: "Average deal size and time to close for last quarter",
    must: [["deals.avg_value"], ["deals.avg_time_to_close"]],
    only: true,
    preset: "last_quarter"
  },
  {
    wish: "New leads by month in 2025",
    must: [["leads.created_over_time"]],
    only: true,
    from: "2025-01-01",
    bucket: "month"
  },
  {
    wish: "leads from the portal who nobody has phoned yet",
    must: [["leads.never_called"]],
    only: true,
    filters: { source: ["portal"] }
  },
  {
    wish: "Win rate by campaign",
    must: [["deals.win_rate", "deals.win_rate_by_source"]],
    only: true,
    notUnderstood: ["campaign"]
  },
  {
    wish: "how much commission did each agent earn last year",
    must: [["deals.commission_by_agent"]],
    only: true,
    preset: "last_year"
  },
  {
    wish: "Top performers in October",
    must: [["team.deals_won_by_agent", "team.won_value_by_agent"]],
    mustNot: ["leads.", "emails.", "calls.", "tasks."],
    from: "10-01"
  },
  { wish: "Why do we lose deals? Skip the open ones.", must: [["deals.lost_reasons"]], only: true },
  {
    wish: "Pipeline by stage as it stood on 31 December",
    must: [["deals.pipeline_by_stage"]],
    only: true,
    notUnderstood: ["31 December"]
  },
  {
    wish: "Are people completing their tasks on time?",
    must: [["tasks.completion_rate"]],
    mustNot: ["leads.", "deals.", "emails.", "calls."]
  },
  { wish: "Monday meeting", must: [["deals.won_over_time", "deals.won_value_over_time", "team.deals_won_by_agent"]] },
  {
    wish: "Talk time by agent this week",
    must: [["calls.talk_time_over_time"]],
    only: true,
    groupBy: "assignee",
    preset: "this_week"
  }
]
