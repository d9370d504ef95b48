import { only, tagIds, type Wish } from "./Wish.ts"

const newLeads = ["leads.created_over_time", "leads.total"]

const english: ReadonlyArray<Wish> = [
  only("past 9 months revenue trend", "deals.won_value_over_time", { preset: "custom" }),
  only("Leads created in the last 10 days", newLeads, { preset: "custom" }),
  only("tasks completed in May, June and July", "tasks.completed_over_time", {
    preset: "custom",
    from: "-05-01",
    to: "-07-31"
  }),
  {
    wish: "Forecast for the next 90 days",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["leads.", "tasks."],
    preset: "next_90d"
  },
  {
    wish: "How much of our open pipeline should have closed already?",
    must: [["deals.overdue_close"]],
    mustNot: ["tasks.", "leads."]
  },
  only("probability-weighted value of open deals", "deals.weighted_pipeline"),
  only("Walk in leads by week", newLeads, { filters: { source: ["walk_in"] }, bucket: "week" }),
  only("Only clients: how many by source?", "leads.by_source", { filters: { status: ["client"] } }),
  {
    wish: "unassigned leads this week",
    must: [[...newLeads, "team.leads_by_agent"]],
    mustNot: ["deals.", "calls."],
    preset: "this_week",
    notUnderstood: ["unassigned"]
  },
  only("win rate this year vs last year", "deals.win_rate", { preset: "this_year", compare: true }),
  {
    wish: "best closers last quarter",
    must: [["team.win_rate_by_agent", "team.deals_won_by_agent", "team.won_value_by_agent"]],
    mustNot: ["leads.", "tasks."],
    preset: "last_quarter"
  },
  only("Win rate per rep", "team.win_rate_by_agent"),
  only("Bad timing leads from Referral", newLeads, { filters: { source: ["referral"], status: ["bad_timing"] } }),
  only("Conversion of leads to clients within 60 days by month", "leads.conversion_by_cohort", { bucket: "month" }),
  only("Revenue by lead source since September", "deals.won_value_by_source", { preset: "custom", from: "-09-01" }),
  only("talk time per day, last 7 days", "calls.talk_time_over_time", { preset: "last_7d", bucket: "day" }),
  only("Which calls went to voicemail?", "calls.by_outcome"),
  only("commission paid out in 2025", "deals.commission_breakdown", {
    preset: "custom",
    from: "2025-01-01",
    to: "2025-12-31"
  }),
  { wish: "Churn rate by month", must: [], mustNot: [""], notUnderstood: ["churn"] },
  {
    wish: "open deals by stage and number of new deals this month",
    must: [["deals.by_stage"], ["deals.created_over_time"]],
    only: true,
    preset: "this_month"
  }
]

const spanish: ReadonlyArray<Wish> = [
  only("facturación de los últimos 18 meses", "deals.won_value_over_time", { preset: "custom" }),
  only("correos enviados en los últimos 10 días", "emails.sent_over_time", { preset: "custom" }),
  {
    wish: "ventas de abril, mayo y junio",
    must: [["deals.won_over_time", "deals.won_value_over_time"]],
    mustNot: ["leads."],
    preset: "custom",
    from: "-04-01",
    to: "-06-30"
  },
  only("previsión de cierre para el mes que viene", "deals.expected_value_over_time", { preset: "next_month" }),
  only("¿cuántas operaciones van con retraso?", "deals.overdue_close"),
  only("valor ponderado de la cartera", "deals.weighted_pipeline"),
  only("leads del Portal en lo que va de año", newLeads, { preset: "this_year", filters: { source: ["portal"] } }),
  only("solo clientes por origen", "leads.by_source", { filters: { status: ["client"] } }),
  {
    wish: "leads sin asignar",
    must: [[...newLeads, "team.leads_by_agent"]],
    mustNot: ["deals.", "calls."],
    notUnderstood: ["sin asignar"]
  },
  only("tasa de éxito de este trimestre comparada con el trimestre anterior", "deals.win_rate", {
    preset: "this_quarter",
    compare: true
  }),
  only("ranking de vendedores por número de llamadas", "team.calls_by_agent"),
  only("¿cuántos leads tiene cada agente?", "team.leads_by_agent"),
  only("Leads VIP de Referral este año", newLeads, {
    preset: "this_year",
    filters: { source: ["referral"], tag: [tagIds.vip] }
  }),
  only("conversión por cohortes a 180 días", "leads.conversion_by_cohort"),
  only("comisiones por agente el año pasado", "deals.commission_by_agent", { preset: "last_year" }),
  only("duración media de las llamadas", "calls.avg_duration"),
  {
    wish: "tareas creadas y terminadas por semana",
    must: [["tasks.created_over_time"], ["tasks.completed_over_time"]],
    only: true,
    bucket: "week"
  },
  only("tareas atrasadas", "tasks.overdue"),
  { wish: "borra los leads de ayer", must: [], mustNot: [""], notUnderstood: ["borra"] },
  only("embudo de los leads de julio a septiembre", "leads.funnel", { preset: "custom", from: "-07-01", to: "-09-30" })
]

const german: ReadonlyArray<Wish> = [
  only("Anrufe in den letzten 3 Monaten pro Woche", "calls.logged_over_time", {
    preset: ["custom", "last_90d"],
    bucket: "week"
  }),
  only("gewonnener Umsatz, letzte 2 Jahre, quartalsweise", "deals.won_value_over_time", {
    preset: "custom",
    bucket: "quarter"
  }),
  only("Erledigte Aufgaben Januar bis Juni", "tasks.completed_over_time", {
    preset: "custom",
    from: "-01-01",
    to: "-06-30"
  }),
  only("Umsatzprognose für nächsten Monat", "deals.expected_value_over_time", { preset: "next_month" }),
  only("Wie viel Geld steckt in Deals, deren Abschlussdatum vorbei ist?", "deals.overdue_close"),
  only("nach Wahrscheinlichkeit gewichteter Wert der offenen Deals", "deals.weighted_pipeline"),
  only("nur Empfehlungen: neue Leads pro Monat", newLeads, { bucket: "month", filters: { source: ["referral"] } }),
  only("Anzahl Kunden nach Quelle", "leads.by_source", { filters: { status: ["client"] } }),
  {
    wish: "Leads ohne Zuständigen",
    must: [[...newLeads, "team.leads_by_agent"]],
    mustNot: ["deals.", "calls."],
    notUnderstood: ["ohne"]
  },
  only("Provision dieses Quartal verglichen mit dem letzten Quartal", "deals.commission_breakdown", {
    preset: "this_quarter"
  }),
  only("die 5 besten Verkäufer nach Umsatz im Oktober", "team.won_value_by_agent", {
    preset: "custom",
    from: "-10-01",
    to: "-10-31"
  }),
  only("Abschlussquote je Mitarbeiter", "team.win_rate_by_agent"),
  only("Ungeeignete Leads aus dem Portal", newLeads, { filters: { source: ["portal"], status: ["unqualified"] } }),
  only("Trichter der Leads dieses Jahr", "leads.funnel", { preset: "this_year" }),
  only("Durchschnittliche Dauer bis zum Abschluss", "deals.avg_time_to_close"),
  {
    wish: "E-Mails gesendet und empfangen diesen Monat",
    must: [["emails.sent_over_time", "emails.by_direction"], ["emails.received_over_time", "emails.by_direction"]],
    only: true,
    preset: "this_month"
  },
  only("Wie viele Leads hat noch keiner angerufen?", "leads.never_called"),
  only("Anrufe nach Ergebnis gestern", "calls.by_outcome", { preset: "yesterday" }),
  {
    wish: "Wetter morgen und Deals nach Phase",
    must: [["deals.by_stage", "deals.pipeline_by_stage"]],
    mustNot: ["tasks.", "leads."],
    notUnderstood: ["Wetter"]
  },
  only("Gewonnene Deals nach Herkunft in den letzten 12 Monaten", "deals.won_by_source", { preset: "last_12m" })
]

/** Written together with `salesWishes`, and first run after the search was changed for those: 55 of 60 were right. */
export const unseenWishes = [...english, ...spanish, ...german]
