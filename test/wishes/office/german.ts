import { tagIds, type Wish } from "../Wish.ts"
import {
  anything,
  callsByPerson,
  commission,
  conversion,
  emails,
  newLeads,
  overdueTasks,
  won,
  wonByPerson
} from "./metrics.ts"

export const officeGerman: ReadonlyArray<Wish> = [
  {
    wish: "Wie viele neue Leads hatten wir diesen Monat?",
    must: [newLeads],
    mustNot: ["tasks", "emails", "team.calls", "team.tasks"],
    preset: "this_month"
  },
  {
    wish: "Umsatz pro Quartal in den letzten 12 Monaten",
    must: [["deals.won_value_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    preset: "last_12m",
    bucket: "quarter"
  },
  {
    wish: "Abschlüsse je Mitarbeiter im letzten Quartal",
    must: [wonByPerson],
    mustNot: ["tasks", "emails", "calls"],
    preset: "last_quarter"
  },
  {
    wish: "Anrufe von gestern, eingehend und ausgehend",
    must: [["calls.by_direction", "calls.logged_over_time"]],
    mustNot: ["emails", "tasks", "deals"],
    preset: "yesterday"
  },
  {
    wish: "Wie viele Aufgaben sind überfällig?",
    must: [overdueTasks],
    mustNot: ["deals", "calls", "emails"]
  },
  {
    wish: "Leads nach Quelle im August",
    must: [["leads.by_source", "leads.created_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    from: "2026-08-01",
    to: "2026-08-31"
  },
  {
    wish: "Gewonnene Deals in diesem Jahr, nur aus Empfehlungen",
    must: [won],
    mustNot: ["tasks", "emails", "calls"],
    preset: "this_year",
    filters: { leadSource: ["referral"] }
  },
  {
    wish: "Bitte nur E-Mails, keine Anrufe und keine Aufgaben.",
    must: [emails],
    mustNot: ["calls", "tasks", "team.calls", "team.tasks"]
  },
  {
    wish: "Wie hoch ist unsere Abschlussquote dieses Jahr im Vergleich zum Vorjahr?",
    must: [conversion],
    mustNot: ["tasks", "emails", "calls"],
    preset: "this_year",
    compare: true
  },
  {
    wish: "Umsatzprognose für den nächsten Monat",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    preset: "next_month"
  },
  {
    wish: "Probefahrten und neue Leads pro Woche",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    bucket: "week",
    notUnderstood: ["Probefahrten"]
  },
  {
    wish: "Krankentage und erledigte Aufgaben pro Mitarbeiter",
    must: [["team.tasks_completed_by_agent", "tasks.completed_over_time"]],
    mustNot: ["deals", "emails", "calls"],
    notUnderstood: ["Krankentage"]
  },
  {
    wish: "Gesprächszeit pro Tag in dieser Woche",
    must: [["calls.talk_time_over_time"]],
    mustNot: ["tasks", "emails", "deals"],
    preset: "this_week",
    bucket: "day"
  },
  {
    wish: "Ein paar Zahlen für das Gespräch mit dem Chef",
    must: [anything]
  },
  {
    wish: "Provisionen im letzten Jahr",
    must: [commission],
    mustNot: ["tasks", "emails", "calls"],
    preset: "last_year"
  },
  {
    wish: "Leads mit dem Tag Altbau, die noch nie angerufen wurden",
    must: [["leads.never_called"]],
    mustNot: ["tasks", "emails", "deals"],
    filters: { tag: [tagIds.altbau] }
  },
  {
    wish: "Unser Ziel sind 50 Anrufe pro Woche.",
    must: [callsByPerson],
    mustNot: ["tasks", "emails", "deals"]
  },
  {
    wish: "Wie oft erreichen wir am Telefon niemanden?",
    must: [["calls.connect_rate", "calls.by_outcome", "calls.logged_over_time"]],
    mustNot: ["tasks", "emails", "deals"]
  },
  {
    wish: "Gewonnene Deals vom 15. Mai bis 15. Juli pro Woche",
    must: [["deals.won_over_time", "deals.won_value_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    from: "2026-05-15",
    to: "2026-07-15",
    bucket: "week"
  },
  {
    wish: "Offene Deals nach Phase, ohne die gewonnenen",
    must: [["deals.by_stage", "deals.pipeline_by_stage"]],
    mustNot: ["deals.won", "team.deals_won", "team.won_value", "tasks", "emails", "calls"]
  }
]
