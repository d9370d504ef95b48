import { only, tagIds, type Wish } from "./Wish.ts"

const newLeads = ["leads.created_over_time", "leads.total"]

export const everydayWishes: ReadonlyArray<Wish> = [
  // English
  only("How many new leads did we get this week?", newLeads, { preset: "this_week" }),
  only("Show me the deals we won last quarter", ["deals.won_over_time", "deals.won_value_over_time"], {
    preset: "last_quarter"
  }),
  only("who closed the most deals this year", ["team.deals_won_by_agent", "deals.won_over_time"], {
    preset: "this_year"
  }),
  only("calls per person yesterday", ["team.calls_by_agent", "calls.logged_over_time"], { preset: "yesterday" }),
  only("How long does it take us to call a new lead for the first time?", "leads.avg_time_to_first_call"),
  only("leads nobody has called yet", "leads.never_called"),
  only("pipeline value by stage", "deals.pipeline_by_stage"),
  only("overdue tasks", "tasks.overdue"),
  only("Why are we losing deals? Last 12 months please", "deals.lost_reasons", { preset: "last_12m" }),
  only("New leads from referrals this month", newLeads, {
    preset: "this_month",
    filters: { source: ["referral"] }
  }),
  only("VIP leads by status", "leads.by_status", { filters: { tag: [tagIds.vip] } }),
  only("Leads of the last 30 days that did not come from the website", newLeads, {
    preset: "last_30d",
    filters: { source: ["portal", "referral", "walk_in", "~none"] }
  }),
  only("Revenue this month compared with last month", ["deals.won_value_over_time", "deals.commission_breakdown"], {
    preset: "this_month",
    compare: true
  }),
  only("pie chart of leads by source", "leads.by_source", { chart: "pie" }),
  {
    wish: "Emails sent and calls made last week",
    must: [["emails.sent_over_time"], ["calls.logged_over_time", "calls.by_direction"]],
    only: true,
    preset: "last_week"
  },
  {
    wish: "average deal size and win rate for 2023",
    must: [["deals.avg_value"], ["deals.win_rate"]],
    only: true,
    preset: "custom",
    from: "2023-01-01",
    to: "2023-12-31"
  },
  only("What do we expect to close next quarter?", "deals.expected_value_over_time", { preset: "next_quarter" }),
  only("How much commission did each agent earn last year?", "deals.commission_by_agent", { preset: "last_year" }),
  { wish: "Website visitors this month", must: [], mustNot: [""], notUnderstood: ["visitors"] },
  only("new leads and ad spend this month", newLeads, { preset: "this_month", notUnderstood: ["spend"] }),

  // Spanish
  only("¿Cuántos leads nuevos entraron hoy?", newLeads, { preset: "today" }),
  only(
    "Ventas cerradas el mes pasado por agente",
    ["team.deals_won_by_agent", "team.won_value_by_agent", "deals.won_over_time", "deals.won_value_over_time"],
    { preset: "last_month" }
  ),
  only("quiero ver las llamadas de esta semana por vendedor", ["team.calls_by_agent", "calls.logged_over_time"], {
    preset: "this_week"
  }),
  only(
    "tasa de conversión de leads este trimestre",
    ["leads.conversion_rate", "leads.conversion_by_cohort", "leads.funnel"],
    { preset: "this_quarter" }
  ),
  only("Tareas vencidas", "tasks.overdue"),
  only("Motivos por los que perdemos operaciones", "deals.lost_reasons"),
  only("Leads que llegaron por el portal este año", newLeads, {
    preset: "this_year",
    filters: { source: ["portal"] }
  }),
  only("Leads con la etiqueta Berlin por fuente", "leads.by_source", { filters: { tag: [tagIds.berlin] } }),
  only("Leads nuevos de los últimos 90 días, sin los no calificados", newLeads, {
    preset: "last_90d",
    filters: { status: ["lead", "potential", "bad_timing", "client"] }
  }),
  only("Valor ganado este año comparado con el año anterior", "deals.won_value_over_time", {
    preset: "this_year",
    compare: true
  }),
  only("gráfico de barras con los leads por estado", "leads.by_status", { chart: "bar" }),
  {
    wish: "cuántos correos recibimos y cuántos enviamos ayer",
    must: [["emails.received_over_time", "emails.by_direction"], ["emails.sent_over_time", "emails.by_direction"]],
    only: true,
    preset: "yesterday"
  },
  only("Embudo de leads de los últimos 12 meses", "leads.funnel", { preset: "last_12m" }),
  only("¿Cuánto tardamos en cerrar una operación?", "deals.avg_time_to_close"),
  only("Tiempo total hablado por teléfono por semana", "calls.talk_time_over_time", { bucket: "week" }),
  only("Negocios abiertos por etapa", ["deals.by_stage", "deals.pipeline_by_stage"]),
  only("Cuánto esperamos vender el próximo mes", "deals.expected_value_over_time", { preset: "next_month" }),
  only("Compradores y vendedores del último trimestre", "leads.by_type", { preset: ["last_quarter", "last_90d"] }),
  { wish: "Satisfacción de los clientes este mes", must: [], mustNot: [""], notUnderstood: ["satisfacción"] },
  only("leads nuevos y gastos de publicidad del mes pasado", newLeads, {
    preset: "last_month",
    notUnderstood: ["publicidad"]
  }),

  // German
  only("Neue Leads in diesem Monat", newLeads, { preset: "this_month" }),
  only(
    "Wie viele Abschlüsse hatten wir letztes Jahr pro Mitarbeiter?",
    ["team.deals_won_by_agent", "deals.won_over_time"],
    { preset: "last_year" }
  ),
  only(
    "Umsatz dieses Quartal im Vergleich zum Vorquartal",
    ["deals.won_value_over_time", "deals.commission_breakdown"],
    { preset: "this_quarter", compare: true }
  ),
  only(
    "Wer hat gestern am meisten telefoniert?",
    ["team.calls_by_agent", "calls.logged_over_time", "calls.talk_time_over_time"],
    { preset: "yesterday" }
  ),
  only("Offene Deals nach Phase", ["deals.by_stage", "deals.pipeline_by_stage"]),
  only(
    "Erledigte Aufgaben pro Mitarbeiter letzte Woche",
    ["team.tasks_completed_by_agent", "tasks.completed_over_time"],
    { preset: "last_week" }
  ),
  only("Wie viele Anrufe gingen raus und wie viele kamen rein?", ["calls.by_direction", "calls.logged_over_time"]),
  only("Leads aus Empfehlungen seit Jahresbeginn", newLeads, {
    preset: "this_year",
    filters: { source: ["referral"] }
  }),
  only("Altbau-Leads der letzten 30 Tage", newLeads, {
    preset: "last_30d",
    filters: { tag: [tagIds.altbau] }
  }),
  only("Neue Leads, aber nicht vom Portal", newLeads, {
    filters: { source: ["referral", "website", "walk_in", "~none"] }
  }),
  only("Liniendiagramm mit den gewonnenen Deals pro Monat in den letzten 12 Monaten", "deals.won_over_time", {
    preset: "last_12m",
    bucket: "month",
    chart: "line"
  }),
  only("Antwortquote bei E-Mails", "emails.reply_rate"),
  only("Abschlussquote nach Quelle", "deals.win_rate_by_source"),
  {
    wish: "Gewichtete Pipeline und überfällige Abschlüsse",
    must: [["deals.weighted_pipeline"], ["deals.overdue_close"]],
    only: true
  },
  only("Wie lange bleiben Leads in jedem Status?", "leads.avg_time_in_status"),
  only(
    "Provisionen vom 1. Januar bis 31. März 2024",
    ["deals.commission_breakdown", "deals.commission_by_agent"],
    { preset: "custom", from: "2024-01-01", to: "2024-03-31" }
  ),
  only("Anrufe nach Ergebnis in der letzten Woche, aber keine E-Mails", "calls.by_outcome", {
    preset: "last_week",
    mustNot: ["emails."]
  }),
  {
    wish: "Neue Deals und erstellte Aufgaben pro Woche in diesem Jahr",
    must: [["deals.created_over_time"], ["tasks.created_over_time"]],
    only: true,
    preset: "this_year",
    bucket: "week"
  },
  { wish: "Krankheitstage pro Mitarbeiter", must: [], mustNot: [""], notUnderstood: ["Krankheitstage"] },
  only("Neue Leads und Lagerbestand diese Woche", newLeads, {
    preset: "this_week",
    notUnderstood: ["Lagerbestand"]
  })
]
