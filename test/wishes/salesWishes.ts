import { only, tagIds, type Wish } from "./Wish.ts"

const newLeads = ["leads.created_over_time", "leads.total"]

const english: ReadonlyArray<Wish> = [
  only("New leads over the last 18 months, month by month", newLeads, { preset: "custom", bucket: "month" }),
  only("How many calls did we log in the last 6 weeks?", "calls.logged_over_time", { preset: "custom" }),
  only("Deals won from January to March", "deals.won_over_time", { preset: "custom", from: "-01-01", to: "-03-31" }),
  only("What are we expecting to close next quarter?", "deals.expected_value_over_time", { preset: "next_quarter" }),
  only("Which deals are past their close date?", "deals.overdue_close"),
  only("Weighted pipeline please", "deals.weighted_pipeline"),
  only("New leads this month, only from Portal", newLeads, { preset: "this_month", filters: { source: ["portal"] } }),
  only("Conversion by cohort for this year", "leads.conversion_by_cohort", { preset: "this_year" }),
  {
    wish: "leads nobody owns",
    must: [[...newLeads, "team.leads_by_agent"]],
    mustNot: ["deals.", "calls.", "leads.never"],
    notUnderstood: ["nobody"]
  },
  only("WON REVENUE THIS QUARTER COMPARED TO THE PREVIOUS QUARTER", "deals.won_value_over_time", {
    preset: "this_quarter",
    compare: true
  }),
  only("top 5 reps by revenue last month", "team.won_value_by_agent", { preset: "last_month" }),
  only("calls per person yesterday", "team.calls_by_agent", { preset: "yesterday" }),
  only("How many VIP leads did we get in October and November?", newLeads, {
    preset: "custom",
    from: "-10-01",
    to: "-11-30",
    filters: { tag: [tagIds.vip] }
  }),
  only("Show me the funnel from lead to client for Referral leads", "leads.funnel", {
    filters: { source: ["referral"] }
  }),
  only("how long until we first pick up the phone to a new lead", "leads.avg_time_to_first_call"),
  only("lost deals by reason, last year", "deals.lost_reasons", { preset: "last_year" }),
  {
    wish: "Average ticket size and days to close in Q2",
    must: [["deals.avg_value"], ["deals.avg_time_to_close"]],
    only: true,
    preset: "custom",
    from: "-04-01",
    to: "-06-30"
  },
  {
    wish: "emails in vs out this week",
    must: [["emails.by_direction", "emails.sent_over_time"]],
    mustNot: ["calls."],
    preset: "this_week"
  },
  only("Who has the most overdue tasks?", "tasks.overdue", { notUnderstood: [""] }),
  only("share of calls that got through in the last 2 quarters", "calls.connect_rate", { preset: "custom" })
]

const spanish: ReadonlyArray<Wish> = [
  only("Leads nuevos en los últimos 3 trimestres", newLeads, { preset: "custom" }),
  only("llamadas de las últimas 2 semanas por día", "calls.logged_over_time", { preset: "custom", bucket: "day" }),
  only("Operaciones ganadas de enero a marzo", "deals.won_over_time", {
    preset: "custom",
    from: "-01-01",
    to: "-03-31"
  }),
  only("¿Cuánto esperamos cerrar el próximo trimestre?", "deals.expected_value_over_time", { preset: "next_quarter" }),
  only("operaciones con la fecha de cierre vencida", "deals.overdue_close"),
  only("PIPELINE PONDERADO", "deals.weighted_pipeline"),
  only("Contactos nuevos sólo de la web este mes", newLeads, {
    preset: "this_month",
    filters: { source: ["website"] }
  }),
  only("embudo de conversion de este año", "leads.funnel", { preset: "this_year" }),
  only("¿Qué comercial ha facturado más este trimestre?", "team.won_value_by_agent", { preset: "this_quarter" }),
  only("ingresos ganados este mes frente al mes anterior", "deals.won_value_over_time", {
    preset: "this_month",
    compare: true
  }),
  only("los 3 mejores agentes por operaciones ganadas", "team.deals_won_by_agent"),
  only("Tareas hechas por persona la semana pasada", "team.tasks_completed_by_agent", { preset: "last_week" }),
  only("leads con la etiqueta Berlin en octubre y noviembre", newLeads, {
    preset: "custom",
    from: "-10-01",
    to: "-11-30",
    filters: { tag: [tagIds.berlin] }
  }),
  only("motivos de pérdida del año pasado", "deals.lost_reasons", { preset: "last_year" }),
  only("Tiempo medio hasta la primera llamada, últimos 30 días", "leads.avg_time_to_first_call", {
    preset: "last_30d"
  }),
  only("tasa de respuesta de los correos", "emails.reply_rate"),
  only("¿De dónde vienen nuestros clientes?", ["leads.by_source", "deals.won_by_source"]),
  only("valor del pipeline por etapa sin tareas ni correos", "deals.pipeline_by_stage"),
  only("llamadas entrantes y salientes de ayer", ["calls.by_direction", "calls.logged_over_time"], {
    preset: "yesterday"
  }),
  only("contactos a los que nadie ha llamado", "leads.never_called")
]

const german: ReadonlyArray<Wish> = [
  only("Neue Leads der letzten 6 Wochen", newLeads, { preset: "custom" }),
  only("Umsatz der letzten 18 Monate je Monat", "deals.won_value_over_time", { preset: "custom", bucket: "month" }),
  only("Gewonnene Deals im März und April", "deals.won_over_time", { preset: "custom", from: "-03-01", to: "-04-30" }),
  only("Was erwarten wir im nächsten Quartal an Abschlüssen?", "deals.expected_value_over_time", {
    preset: "next_quarter"
  }),
  only("überfällige Deals", "deals.overdue_close"),
  { wish: "gewichtete Pipeline nach Phase", must: [["deals.weighted_pipeline"]], mustNot: ["tasks.", "leads."] },
  only("Leads nur aus dem Web, dieses Jahr", newLeads, { preset: "this_year", filters: { source: ["website"] } }),
  only("Kohorten: wie viele Leads werden innerhalb von 90 Tagen Kunde?", "leads.conversion_by_cohort"),
  only("Wer macht die meisten Abschlüsse?", "team.deals_won_by_agent"),
  only("Neue Leads diese Woche im Vergleich zur Vorwoche", newLeads, { preset: "this_week", compare: true }),
  only("Top 10 Mitarbeiter nach Provision", "deals.commission_by_agent"),
  only("Anrufe pro Mitarbeiter im November", "team.calls_by_agent", { preset: "custom", from: "-11-01", to: "-11-30" }),
  only("Leads mit Schlagwort Altbau von Juli bis September", newLeads, {
    preset: "custom",
    from: "-07-01",
    to: "-09-30",
    filters: { tag: [tagIds.altbau] }
  }),
  only("Warum verlieren wir Aufträge?", "deals.lost_reasons"),
  only("Gesprächszeit pro Tag letzte Woche", "calls.talk_time_over_time", { preset: "last_week", bucket: "day" }),
  only("verteilung der leads nach status ohne portal", "leads.by_status", { notUnderstood: ["portal"] }),
  only("Käufer und Verkäufer im letzten Quartal", "leads.by_type", { preset: "last_quarter" }),
  only("abschlussquote nach quelle", "deals.win_rate_by_source"),
  only("Wieviele Aufgaben sind noch offen?", "tasks.by_status"),
  only("Wie lange bleiben Leads in jedem Status hängen?", "leads.avg_time_in_status")
]

/** Written before the words of spans, lists of dates, and parts of names. The search of that time got 43 of 60 right. */
export const salesWishes = [...english, ...spanish, ...german]
