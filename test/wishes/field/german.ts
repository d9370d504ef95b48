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

const anyCalls = [
  "calls.logged_over_time",
  "calls.by_outcome",
  "calls.by_direction",
  "calls.connect_rate",
  "team.calls_by_agent"
]

const anyTasks = ["tasks.overdue", "tasks.completed_over_time", "tasks.completion_rate", "tasks.by_status"]

export const fieldGerman: ReadonlyArray<Wish> = [
  only("neue leads diesen monat", leadNumbers, { preset: "this_month" }),
  only("leads nach tags letztes jahr", "leads.by_tag", { preset: "last_year" }),
  only("käufer oder verkäufer? leads letztes quartal", ["leads.by_type", ...leadNumbers], {
    preset: "last_quarter"
  }),
  only("abschlussquote pro makler letzte 12 monate", "team.win_rate_by_agent", { preset: "last_12m" }),
  {
    wish: "wie lang telefonieren wir im schnitt",
    must: [["calls.avg_duration"]],
    mustNot: ["leads", "deals", "emails", "tasks"]
  },
  only("anrufe pro tag diese woche", "calls.logged_over_time", { preset: "this_week", bucket: "day" }),
  {
    wish: "was für die montagsrunde, aber ohne mails",
    must: [[...anyLeads, ...anyDeals, ...anyCalls, ...anyTasks]],
    mustNot: ["emails"]
  },
  {
    wish: "umsatz q2 im vergleich zum quartal davor",
    must: [["deals.won_value_over_time"]],
    mustNot: ["leads", "calls", "emails", "tasks"],
    from: "-04-01",
    to: "-06-30",
    compare: true
  },
  {
    wish: "überfällige deals und aufgaben",
    must: [["deals.overdue_close"], ["tasks.overdue", "tasks.by_status"]],
    only: true
  },
  only("gewonnene deals über website, monatlich seit mai", "deals.won_over_time", {
    bucket: "month",
    from: "-05-01",
    filters: { leadSource: ["website"] }
  }),
  { wish: "wetter am wochenende", must: [], mustNot: [""], notUnderstood: ["wetter"] },
  only(
    "krankheitstage vom team und erledigte aufgaben pro person letzten monat",
    ["team.tasks_completed_by_agent", "tasks.completed_over_time"],
    { preset: "last_month", notUnderstood: ["krankheitstage"] }
  ),
  only(
    "wie teilt sich die provision auf im august",
    ["deals.commission_breakdown", "deals.commission_by_agent"],
    { from: "-08-01", to: "-08-31" }
  ),
  only("berlin leads mit status potential, dieses jahr", [...leadNumbers, "leads.by_status"], {
    preset: "this_year",
    filters: { tag: [tagIds.berlin], status: ["potential"] }
  }),
  {
    wish: "erwartete abschlüsse nächste 90 tage nach phase",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["leads", "calls", "emails", "tasks"],
    preset: "next_90d",
    groupBy: "stage"
  },
  only("wie oft erreichen wir jemand am telefon, letzte 30 tage", ["calls.connect_rate", "calls.by_outcome"], {
    preset: "last_30d"
  }),
  {
    wish: "wie lang hängen leads in welchem status",
    must: [["leads.avg_time_in_status"]],
    mustNot: ["deals", "calls", "emails", "tasks"]
  },
  only("verschickte mails pro kollege seit 15. september", "emails.sent_over_time", {
    groupBy: "assignee",
    from: "-09-15"
  }),
  {
    wish: "jahresziel: wo stehen wir beim gewonnenen umsatz",
    must: [["deals.won_value_over_time"]],
    mustNot: ["leads", "calls", "emails", "tasks"],
    preset: "this_year"
  },
  only("portal und walk-in leads pro woche, keine deals", "leads.created_over_time", {
    bucket: "week",
    filters: { source: ["portal", "walk_in"] },
    mustNot: ["deals", "team.deals"]
  })
]
