import type { Wish } from "../Wish.ts"
import { newLeads, perPerson, wonDeals } from "./metrics.ts"

export const plainGerman: ReadonlyArray<Wish> = [
  {
    wish: "Wie viele neue Leads hatten wir letzte Woche?",
    must: [newLeads],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    preset: "last_week"
  },
  {
    wish: "Gewonnene Deals pro Monat in den letzten 12 Monaten",
    must: [["deals.won_over_time"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "last_12m",
    bucket: "month"
  },
  {
    wish: "Umsatz nach Quelle in diesem Jahr",
    must: [["deals.won_value_by_source", "deals.won_value_over_time"]],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_year"
  },
  {
    wish: "Wie oft erreichen wir jemanden am Telefon?",
    must: [["calls.connect_rate", "calls.by_outcome"]],
    mustNot: ["deals.", "tasks.", "emails."]
  },
  {
    wish: "Anrufe diesen Monat im Vergleich zum Vormonat",
    must: [["calls.logged_over_time", "team.calls_by_agent", "calls.by_outcome", "calls.by_direction"]],
    mustNot: ["deals.", "leads.", "tasks.", "emails."],
    preset: "this_month",
    compare: true
  },
  {
    wish: "Welcher Mitarbeiter hat im August die meisten Leads bekommen?",
    must: [["team.leads_by_agent", "leads.created_over_time"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    from: "2026-08-01",
    to: "2026-08-31"
  },
  {
    wish: "Welche Deals hätten schon abgeschlossen sein sollen?",
    must: [["deals.overdue_close"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."]
  },
  {
    wish: "Überfällige Aufgaben und die Erledigungsquote diesen Monat",
    must: [["tasks.overdue", "tasks.by_status"], ["tasks.completion_rate"]],
    mustNot: ["deals.", "leads.", "calls.", "emails."],
    preset: "this_month"
  },
  {
    wish: "Wie lange dauert es im Schnitt bis zum Abschluss?",
    must: [["deals.avg_time_to_close"]],
    mustNot: ["tasks.", "calls.", "emails."]
  },
  {
    wish: "Neue Leads pro Woche seit dem 1. Juli, aufgeteilt nach Status",
    must: [["leads.created_over_time"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    from: "2026-07-01",
    bucket: "week",
    groupBy: "status"
  },
  {
    wish: "Nur die Leads aus Empfehlungen in diesem Quartal",
    must: [[...newLeads, "leads.by_status", "leads.by_source", "leads.by_type", "leads.by_tag"]],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_quarter",
    filters: { source: ["referral"] }
  },
  {
    wish: "Wie hoch ist unsere gewichtete Pipeline?",
    must: [["deals.weighted_pipeline"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."]
  },
  {
    wish: "Welchen Umsatz erwarten wir nächsten Monat?",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "next_month"
  },
  {
    wish: "Provision pro Makler im letzten Quartal",
    must: [["deals.commission_by_agent"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "last_quarter"
  },
  {
    wish: "Antwortquote unserer E-Mails in den letzten 90 Tagen",
    must: [["emails.reply_rate"]],
    mustNot: ["deals.", "leads.", "tasks.", "calls."],
    preset: "last_90d"
  },
  {
    wish: "Leads vom letzten Monat, die noch nie angerufen wurden",
    must: [["leads.never_called"]],
    mustNot: ["deals.", "tasks.", "emails."],
    preset: "last_month"
  },
  {
    wish: "Wir wollen 50 Anrufe am Tag machen. Wie stehen wir diese Woche da?",
    must: [["calls.logged_over_time", "team.calls_by_agent"]],
    mustNot: ["deals.", "tasks.", "emails."],
    preset: "this_week"
  },
  {
    wish: "Ich brauche Zahlen für die Mitarbeitergespräche",
    must: [[...perPerson, "deals.commission_by_agent"]]
  },
  {
    wish: "Gewonnene Deals und Kundenzufriedenheit letztes Jahr",
    must: [wonDeals],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "last_year",
    notUnderstood: ["Kundenzufriedenheit"]
  },
  {
    wish: "Wie lange bleiben Leads in den einzelnen Status?",
    must: [["leads.avg_time_in_status"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."]
  }
]
