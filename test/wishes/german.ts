import type { Wish } from "./Wish.ts"

/** These wishes and their drafts were written without reading the words that the search knows. */
export const german: ReadonlyArray<Wish> = [
  {
    wish: "Neue Leads pro Woche nach Quelle",
    must: [["leads.created_over_time"]],
    only: true,
    groupBy: "source",
    bucket: "week"
  },
  {
    wish: "Abschlussquote nach Quelle in diesem Jahr",
    must: [["deals.win_rate_by_source"]],
    only: true,
    preset: "this_year"
  },
  {
    wish: "Wie läuft's?",
    must: [["deals.won_over_time", "deals.won_value_over_time"], ["leads.created_over_time", "leads.total"]]
  },
  { wish: "Was soll ich heute tun?", must: [["tasks.overdue"], ["leads.never_called"]] },
  {
    wish: "Keine Anrufe, keine Aufgaben – nur gewonnene Deals pro Monat",
    must: [["deals.won_over_time"]],
    only: true,
    bucket: "month"
  },
  {
    wish: "Durchschnittliche Gesprächsdauer im Oktober",
    must: [["calls.avg_duration"]],
    only: true,
    from: "10-01"
  },
  { wish: "Wie schnell rufen wir neue Interessenten an?", must: [["leads.avg_time_to_first_call"]], only: true },
  {
    wish: "Provision je Makler im letzten Quartal",
    must: [["deals.commission_by_agent"]],
    only: true,
    preset: "last_quarter"
  },
  { wish: "Überfällige Aufgaben", must: [["tasks.overdue"]], only: true },
  { wish: "Lösche alle Snapshots", must: [], mustNot: [""], notUnderstood: ["lösche"] },
  { wish: "Absprungrate der Website", must: [], mustNot: [""], notUnderstood: ["absprungrate"] },
  { wish: "Antwortquote unserer E-Mails", must: [["emails.reply_rate"]], only: true },
  { wish: "Welche Leads wurden nie angerufen?", must: [["leads.never_called"]], only: true },
  { wish: "Offene Deals nach Phase als Kreisdiagramm", must: [["deals.by_stage"]], only: true, chart: "pie" },
  { wish: "Wie lange bleibt ein Lead in jedem Status?", must: [["leads.avg_time_in_status"]], only: true },
  {
    wish: "Umsatz der Empfehlungen in den letzten zwölf Monaten",
    must: [["deals.won_value_over_time", "deals.won_value_by_source"]],
    only: true,
    preset: "last_12m",
    notUnderstood: ["empfehlungen"]
  },
  {
    wish: "Rangliste der Makler nach verkauften Objekten dieses Jahr",
    must: [["team.deals_won_by_agent"]],
    only: true,
    preset: "this_year"
  },
  { wish: "Erreichbarkeitsquote ausgehender Anrufe", must: [["calls.connect_rate"]], only: true },
  {
    wish: "Wie viele Käufer und wie viele Verkäufer haben sich letzten Monat gemeldet?",
    must: [["leads.by_type", "leads.created_over_time"]],
    only: true,
    preset: "last_month"
  },
  {
    wish: "Pipeline-Wert Stand 31. Dezember",
    must: [["deals.pipeline_value"]],
    only: true,
    notUnderstood: ["dezember"]
  }
]
