import { only, type Wish } from "./Wish.ts"

const newLeads = ["leads.created_over_time", "leads.total"]
const calls = ["calls.logged_over_time", "calls.by_outcome", "team.calls_by_agent"]
const won = "deals.won_over_time"
const wonValue = "deals.won_value_over_time"

const nothing = (wish: string, untold: string): Wish => ({ wish, must: [], mustNot: [""], notUnderstood: [untold] })

const english: ReadonlyArray<Wish> = [
  only("Highest commission this year", ["deals.commission_breakdown", "deals.commission_by_agent"], {
    preset: "this_year",
    notUnderstood: ["highest"]
  }),
  only("Forecast versus actual revenue", "deals.expected_value_over_time", { notUnderstood: ["actual"] }),
  only("Median deal value", ["deals.avg_value", "deals.pipeline_value"], { notUnderstood: ["median"] }),
  only("Share of leads by source in percent", "leads.by_source", { notUnderstood: ["percent"] }),
  only("Deals won in summer", [won, wonValue], { notUnderstood: ["summer"] }),
  only("Who called nobody this week?", calls, { preset: "this_week", notUnderstood: ["called nobody"] }),
  only("Follow-up rate", ["tasks.completion_rate"], { notUnderstood: ["rate"] }),
  only("Deals closing this month", "deals.expected_value_over_time", {}),
  only("Deals created but not won", "deals.created_over_time", { notUnderstood: ["not won"] }),
  only("Inbound calls but not outbound", ["calls.by_direction", ...calls], { notUnderstood: ["not outbound"] }),
  only("My calls this week", calls, { preset: "this_week", notUnderstood: ["my"] }),
  only("My open deals", ["deals.by_stage", "deals.pipeline_value"], { notUnderstood: ["my"] }),
  only("Average leads per month", newLeads, { bucket: "month", notUnderstood: ["average"] }),
  only("Calls on average per week", calls, { bucket: "week", notUnderstood: ["average"] }),
  only("Leads before March", newLeads, { preset: "last_30d", notUnderstood: ["before March"] }),
  only("Leads after 1 June", newLeads, { from: "-06-02" }),
  only("Revenue until the end of the year", wonValue, { notUnderstood: ["until the end of the year"] }),
  {
    wish: "Leads from the portal and calls from the website",
    must: [newLeads, calls],
    mustNot: ["deals", "emails"],
    filters: { source: ["portal"] },
    notUnderstood: ["website"]
  },
  {
    wish: "Calls last week and emails last month",
    must: [calls, ["emails.sent_over_time"]],
    mustNot: ["deals", "leads"],
    preset: "last_month"
  },
  only("Revenue target versus actual this quarter", wonValue, { preset: "this_quarter", notUnderstood: ["actual"] })
]

const german: ReadonlyArray<Wish> = [
  only("Abschlüsse diesen Monat", won, { preset: "this_month" }),
  only("Vertragsabschlüsse letzte Woche", won, { preset: "last_week" }),
  only("Verkaufszahlen November", [won, wonValue], { from: "-11-01" }),
  only("Anrufquote", ["calls.connect_rate"], { notUnderstood: ["Anrufquote"] }),
  only("Kontaktquote", ["leads.conversion_rate"], { notUnderstood: ["Kontaktquote"] }),
  nothing("Kundenbesuche letzte Woche", "Kundenbesuche"),
  nothing("Kundenabwanderung", "Kundenabwanderung"),
  nothing("Kundenwachstum", "Kundenwachstum"),
  nothing("Kundenzufriedenheit", "Kundenzufriedenheit"),
  nothing("Kundenkontakte", "Kundenkontakte"),
  nothing("Kontaktaufnahmen pro Mitarbeiter", "Kontaktaufnahmen"),
  nothing("Telefontermine", "Telefontermine"),
  nothing("Gewinn pro Monat", "Gewinn"),
  nothing("Gewinnmarge", "Gewinnmarge"),
  nothing("Prognosegenauigkeit", "Prognosegenauigkeit"),
  only("Prognose gegen Ist", "deals.expected_value_over_time", { notUnderstood: ["Ist"] }),
  only("Wochenumsatz seit Januar", wonValue, { bucket: "week", from: "-01-01" }),
  only("Neukundenanrufe pro Woche", calls, { bucket: "week", notUnderstood: ["Neukundenanrufe"] }),
  only("Umsatz im Geschäftsjahr", wonValue, { notUnderstood: ["Geschäftsjahr"] }),
  only("Umsatz bis Jahresende", wonValue, { notUnderstood: ["Jahresende"] }),
  only("Leads vor März", newLeads, { preset: "last_30d", notUnderstood: ["März"] }),
  only("Leads nach dem 1. Juni", newLeads, { from: "-06-02" }),
  only("Eingehende Anrufe, aber nicht ausgehende", ["calls.by_direction"], { notUnderstood: ["ausgehende"] }),
  only("Meine Anrufe heute", calls, { preset: "today", notUnderstood: ["Meine"] }),
  only("Durchschnittliche Anzahl Anrufe pro Tag", calls, { bucket: "day", notUnderstood: ["Durchschnittliche"] }),
  only("Umsatzziel je Mitarbeiter", "team.won_value_by_agent", { preset: "this_month" }),
  { wish: "Jahresziel erreicht?", must: [[wonValue]], mustNot: ["calls"], preset: "this_year" },
  only("Neue Leads diesen Monat, gewonnene Deals letztes Quartal", [...newLeads, won], { preset: "last_quarter" })
]

const spanish: ReadonlyArray<Wish> = [
  only("Ventas por producto", won, { notUnderstood: ["producto"] }),
  only("Cierres de este mes", won, { preset: "this_month" }),
  only("Cierres por agente", "team.deals_won_by_agent"),
  nothing("Cuenta de resultados", "Cuenta de resultados"),
  nothing("Captaciones por agente", "Captaciones"),
  only("Precisión de la previsión", "deals.expected_value_over_time", { notUnderstood: ["Precisión"] }),
  only("¿Quién no ha llamado esta semana?", calls, { preset: "this_week", notUnderstood: ["no ha llamado"] }),
  only("Llamadas comerciales", calls, { notUnderstood: ["comerciales"] }),
  only("Llamadas entrantes pero no salientes", ["calls.by_direction"], { notUnderstood: ["salientes"] }),
  only("Mis llamadas de hoy", calls, { preset: "today", notUnderstood: ["Mis"] }),
  only("Media de llamadas por día", calls, { bucket: "day", notUnderstood: ["Media"] }),
  only("Contactos antes de marzo", newLeads, { preset: "last_30d", notUnderstood: ["antes de marzo"] })
]

/** These wishes got a wrong draft, most of them with an empty `notUnderstood`, before the search told doubtful words. */
export const doubtfulWishes = [...english, ...german, ...spanish]
