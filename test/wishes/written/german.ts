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
export const writtenGerman: ReadonlyArray<Wish> = [
  // An estate agency
  {
    wish: "wieviele anfragen kamen letzte woche rein",
    must: [newLeads],
    mustNot: ["tasks.", "deals."],
    preset: "last_week"
  },
  {
    wish: "umsatz pro makler dieses jahr",
    must: [["team.won_value_by_agent", "deals.commission_by_agent"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_year"
  },
  {
    wish: "provision aufgeschlüsselt letztes quartal",
    must: [["deals.commission_breakdown"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "last_quarter"
  },
  {
    wish: "wieviel verkäufer und wieviel käufer kamen im august neu dazu",
    must: [["leads.by_type", "leads.created_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    from: "2026-08-01",
    to: "2026-08-31"
  },
  {
    wish: "nur berlin: neue leads pro woche seit 1. oktober",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    from: "2026-10-01",
    bucket: "week",
    filters: { tag: [tagIds.berlin] }
  },
  {
    wish: "was ist überfällig? aufgaben UND deals",
    must: [overdueTasks, ["deals.overdue_close"]],
    mustNot: ["emails.", "calls."]
  },
  { wish: "brauch was fürs montagsmeeting", must: [overview] },
  // A software vendor
  {
    wish: "forecast nächster monat, pipeline gewichtet wär auch gut",
    must: [["deals.expected_value_over_time"], ["deals.weighted_pipeline"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "next_month"
  },
  {
    wish: "gewonnene deals, aber nur die über portal oder website",
    must: [["deals.won_over_time", "deals.won_by_source"]],
    mustNot: ["tasks.", "emails.", "calls."],
    filters: { leadSource: ["portal", "website"] }
  },
  {
    wish: "telefonate pro tag diesen monat, gestapelt nach ergebnis",
    must: [["calls.logged_over_time"]],
    mustNot: ["tasks.", "emails.", "deals."],
    preset: "this_month",
    bucket: "day",
    groupBy: "outcome"
  },
  {
    wish: "abschlussquote je vertriebler letzte 12 monate, keine mails keine anrufe",
    must: [["team.win_rate_by_agent"]],
    mustNot: ["emails.", "calls.", "team.calls"],
    preset: "last_12m"
  },
  {
    wish: "durchschnittlicher dealwert dieses quartal ggü vorquartal",
    must: [["deals.avg_value"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_quarter",
    compare: true
  },
  {
    wish: "krankheitstage im team und wie lang jeder telefoniert hat, letzter monat",
    must: [["calls.talk_time_over_time"]],
    mustNot: ["tasks.", "emails.", "deals."],
    preset: "last_month",
    groupBy: "assignee",
    notUnderstood: ["krank"]
  },
  {
    wish: "vertriebsziel 500k bis jahresende, schaffen wir das?",
    must: [["deals.won_value_over_time", "deals.expected_value_over_time", ...pipeline]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  // A school
  {
    wish: "besucher am tag der offenen tür und woher die leads kommen",
    must: [["leads.by_source"]],
    mustNot: ["leads.by_tag", "deals.by_stage", "deals.pipeline", "tasks."],
    notUnderstood: ["tür"]
  },
  {
    wish: "meine anrufe heute",
    role: "member",
    must: [["calls.logged_over_time", "calls.by_outcome", "calls.by_direction"]],
    mustNot: ["tasks.", "emails.", "deals."],
    preset: "today"
  },
  {
    wish: "leads nach tags, letzte 14 tage",
    must: [["leads.by_tag"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "custom"
  },
  {
    wish: "mails raus und mails rein pro monat 2025",
    must: [["emails.sent_over_time"], ["emails.received_over_time"]],
    mustNot: ["tasks.", "calls.", "deals."],
    preset: ["last_year", "custom"],
    bucket: "month"
  },
  {
    wish: "wie lange hängen interessenten in den einzelnen phasen",
    must: [["leads.avg_time_in_status"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "aufgaben erledigt und neu angelegt, wochenweise",
    must: [["tasks.completed_over_time"], ["tasks.created_over_time"]],
    mustNot: ["deals.", "emails.", "calls."],
    bucket: "week"
  }
]
