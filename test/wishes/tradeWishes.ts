import { only, tagIds, type Wish } from "./Wish.ts"

const newLeads = ["leads.created_over_time", "leads.total"]
const emails = ["emails.sent_over_time", "emails.received_over_time", "emails.by_direction", "emails.reply_rate"]

/** Wishes for several metrics, and for no others. */
const each = (
  wish: string,
  must: ReadonlyArray<ReadonlyArray<string>>,
  more: Omit<Wish, "wish" | "must" | "only"> = {}
): Wish => ({ wish, must, only: true, ...more })

export const tradeWishes: ReadonlyArray<Wish> = [
  // English
  only("won deals by person this year", "team.deals_won_by_agent", { preset: "this_year" }),
  only("How many new leads did we get last quarter?", newLeads, { preset: "last_quarter" }),
  only("Please show me the commission per agent since March", "deals.commission_by_agent", {
    preset: "custom",
    from: "-03-01"
  }),
  each("calls made and emails sent in the last 30 days", [
    ["calls.logged_over_time", "calls.by_direction"],
    ["emails.sent_over_time"]
  ], { preset: "last_30d" }),
  only("no calls, only emails please", emails, { mustNot: ["calls.", "team.calls"] }),
  only("Pie chart of leads by source this month", "leads.by_source", { preset: "this_month", chart: "pie" }),
  only("What is our pipeline worth at each stage right now?", "deals.pipeline_by_stage"),
  only("Why did we lose deals last year?", "deals.lost_reasons", { preset: "last_year" }),
  only("win rate this quarter compared to the previous quarter", "deals.win_rate", {
    preset: "this_quarter",
    compare: true
  }),
  only("Leads from referrals with status Client this year", newLeads, {
    preset: "this_year",
    filters: { source: ["referral"], status: ["client"] }
  }),
  only("How fast do we call new leads?", "leads.avg_time_to_first_call"),
  only("How many overdue tasks do we have?", ["tasks.overdue", "tasks.by_status"]),
  only("Could you show me the revenue we expect next quarter?", "deals.expected_value_over_time", {
    preset: "next_quarter"
  }),
  only("new leads per month over the last 12 months as a bar chart", "leads.created_over_time", {
    preset: "last_12m",
    bucket: "month",
    chart: "bar"
  }),
  only("How much time do we spend on the phone each week?", "calls.talk_time_over_time", { bucket: "week" }),
  only("VIP leads by agent this week", ["team.leads_by_agent", ...newLeads], {
    preset: "this_week",
    filters: { tag: [tagIds.vip] }
  }),
  { wish: "unpaid invoices", must: [], mustNot: [""], notUnderstood: ["invoices"] },
  only("won value and number of website visitors last month", "deals.won_value_over_time", {
    preset: "last_month",
    notUnderstood: ["visitors"]
  }),
  only("reply rate of our emails since the beginning of the year", "emails.reply_rate", {
    preset: ["this_year", "custom"]
  }),
  only("Everything about tasks except the overdue ones", [
    "tasks.created_over_time",
    "tasks.completed_over_time",
    "tasks.completion_rate",
    "tasks.by_status",
    "team.tasks_completed_by_agent"
  ], { mustNot: ["tasks.overdue"] }),

  // Spanish
  only("negocios ganados por agente este año", "team.deals_won_by_agent", { preset: "this_year" }),
  only("¿Cuántos leads nuevos entraron el mes pasado?", newLeads, { preset: "last_month" }),
  only("Me gustaría ver las llamadas por resultado de los últimos 30 días", "calls.by_outcome", {
    preset: "last_30d"
  }),
  only("solo correos enviados esta semana, sin llamadas", "emails.sent_over_time", {
    preset: "this_week",
    mustNot: ["calls.", "team.calls"]
  }),
  only("¿Quién ha hecho más llamadas esta semana?", "team.calls_by_agent", { preset: "this_week" }),
  only("tasa de conversión de los leads del portal este trimestre", [
    "leads.conversion_rate",
    "leads.conversion_by_cohort"
  ], { preset: "this_quarter", filters: { source: ["portal"] } }),
  only("valor ganado este año comparado con el año anterior", "deals.won_value_over_time", {
    preset: "this_year",
    compare: true
  }),
  only("¿Por qué perdemos operaciones?", "deals.lost_reasons"),
  only("gráfico de líneas con los leads nuevos por semana desde enero", "leads.created_over_time", {
    preset: ["custom", "this_year"],
    bucket: "week",
    chart: "line"
  }),
  only("leads por etiqueta en los últimos 90 días", "leads.by_tag", { preset: "last_90d" }),
  each("Por favor, muéstrame las tareas atrasadas y las tareas completadas por persona", [
    ["tasks.overdue"],
    ["team.tasks_completed_by_agent"]
  ]),
  only("tiempo medio hasta cerrar una venta", "deals.avg_time_to_close"),
  only("¿Cuántos compradores y cuántos vendedores entraron el trimestre pasado?", "leads.by_type", {
    preset: "last_quarter"
  }),
  only("ingresos previstos para el próximo mes", "deals.expected_value_over_time", { preset: "next_month" }),
  only("leads de ayer a los que nunca hemos llamado", "leads.never_called", { preset: "yesterday" }),
  only("comisión de la agencia el año pasado", "deals.commission_breakdown", { preset: "last_year" }),
  only("leads no cualificados por fuente este mes", "leads.by_source", {
    preset: "this_month",
    filters: { status: ["unqualified"] }
  }),
  { wish: "pólizas renovadas este mes", must: [], mustNot: [""], notUnderstood: ["pólizas"] },
  only("leads nuevos y encuestas de satisfacción este año", newLeads, {
    preset: "this_year",
    notUnderstood: ["satisfacción"]
  }),
  each("duración media de las llamadas y tasa de respuesta de los correos", [
    ["calls.avg_duration"],
    ["emails.reply_rate"]
  ]),

  // German
  only("gewonnene Deals nach Mitarbeiter dieses Jahr", "team.deals_won_by_agent", { preset: "this_year" }),
  only("Wie viele neue Leads hatten wir im letzten Quartal?", newLeads, { preset: "last_quarter" }),
  only("Zeig mir bitte die Provisionen pro Makler seit März", "deals.commission_by_agent", {
    preset: "custom",
    from: "-03-01"
  }),
  only("keine Anrufe, nur E-Mails der letzten 30 Tage", emails, {
    preset: "last_30d",
    mustNot: ["calls.", "team.calls"]
  }),
  only("Umsatz nach Quelle letztes Jahr", "deals.won_value_by_source", { preset: "last_year" }),
  only("Abschlussquote pro Mitarbeiter", "team.win_rate_by_agent"),
  only("Kreisdiagramm der Leads nach Status diesen Monat", "leads.by_status", {
    preset: "this_month",
    chart: "pie"
  }),
  only("Welche Aufgaben sind überfällig?", ["tasks.overdue", "tasks.by_status"]),
  only("Anrufe diese Woche im Vergleich zur Vorwoche", "calls.logged_over_time", {
    preset: "this_week",
    compare: true
  }),
  only("Leads mit dem Tag Altbau nach Quelle", "leads.by_source", { filters: { tag: [tagIds.altbau] } }),
  only("Wie lange bleiben Leads im Schnitt in jedem Status?", "leads.avg_time_in_status"),
  each("gewichtete Pipeline und überfällige Abschlüsse", [
    ["deals.weighted_pipeline"],
    ["deals.overdue_close"]
  ]),
  only("Wie hoch war der durchschnittliche Wert eines gewonnenen Deals in den letzten 12 Monaten?", "deals.avg_value", {
    preset: "last_12m"
  }),
  only("Wie oft erreichen wir jemanden, wenn wir anrufen?", ["calls.connect_rate", "calls.by_outcome"]),
  only("eingehende und ausgehende Anrufe von April bis Juni", "calls.by_direction", {
    preset: "custom",
    from: "-04-01",
    to: "-06-30"
  }),
  only("offene Deals nach Phase als Tabelle", "deals.by_stage", { chart: "table" }),
  only("erledigte Aufgaben pro Tag in den letzten 7 Tagen", "tasks.completed_over_time", {
    preset: "last_7d",
    bucket: "day"
  }),
  only("neue Deals dieses Quartal und unser Lagerbestand", "deals.created_over_time", {
    preset: "this_quarter",
    notUnderstood: ["Lagerbestand"]
  }),
  { wish: "Krankheitstage im letzten Monat", must: [], mustNot: [""], notUnderstood: ["Krankheitstage"] },
  only("Trichter der Leads von der Website dieses Jahr", "leads.funnel", {
    preset: "this_year",
    filters: { source: ["website"] }
  })
]
