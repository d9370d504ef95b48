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
export const writtenSpanish: ReadonlyArray<Wish> = [
  // An estate agency
  {
    wish: "cuantos leads nuevos entraron del 10 al 24 de noviembre",
    must: [newLeads],
    mustNot: ["tasks.", "emails.", "calls."],
    from: "2026-11-10",
    to: "2026-11-24"
  },
  {
    wish: "ventas por agente en lo q va de año, ranking",
    must: [wonByAgent],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_year"
  },
  {
    wish: "de donde vienen los contactos? ultimos 30 dias",
    must: [["leads.by_source"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "last_30d"
  },
  {
    wish: "cuanto vale todo lo q tenemos abierto ahora mismo",
    must: [pipeline],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "comisiones de septiembre y cuanto le queda a la agencia",
    must: [["deals.commission_breakdown"]],
    mustNot: ["tasks.", "emails.", "calls."],
    from: "2026-09-01",
    to: "2026-09-30"
  },
  {
    wish: "leads con la etiqueta altbau q llegaron en mayo",
    must: [newLeads],
    mustNot: ["tasks.", "emails.", "calls."],
    from: "2026-05-01",
    to: "2026-05-31",
    filters: { tag: [tagIds.altbau] }
  },
  {
    wish: "algo para la reunion del lunes, sin tareas",
    must: [overview],
    mustNot: ["tasks.", "team.tasks"]
  },
  // A software vendor
  {
    wish: "prevision de ingresos proximos 3 meses dividida por etapa",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: ["next_90d", "next_quarter", "custom"],
    groupBy: "stage"
  },
  {
    wish: "tasa de cierre este trimestre comparada con el anterior",
    must: [["deals.win_rate", "leads.conversion_rate"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: "this_quarter",
    compare: true
  },
  {
    wish: "por que perdimos ventas en 2025",
    must: [["deals.lost_reasons"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: ["last_year", "custom"]
  },
  {
    wish: "llamadas x semana, entrantes y salientes en colores distintos",
    must: [["calls.logged_over_time"]],
    mustNot: ["tasks.", "emails.", "deals."],
    bucket: "week",
    groupBy: "direction"
  },
  {
    wish: "cuanto tardamos en cerrar una venta y el ticket medio",
    must: [["deals.avg_time_to_close"], ["deals.avg_value"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  {
    wish: "NPS y correos enviados la semana pasada",
    must: [["emails.sent_over_time", "emails.by_direction"]],
    mustNot: ["tasks.", "calls.", "deals."],
    preset: "last_week",
    notUnderstood: ["nps"]
  },
  {
    wish: "objetivo 30 ventas al mes, como vamos?",
    must: [["deals.won_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."]
  },
  // A school
  {
    wish: "interesados nuevos mes a mes desde enero",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks.", "emails.", "calls."],
    preset: ["this_year", "custom"],
    bucket: "month"
  },
  {
    wish: "q tareas tenemos atrasadas, nada de llamadas",
    must: [overdueTasks],
    mustNot: ["calls.", "team.calls", "emails."]
  },
  {
    wish: "duracion media de las llamadas de ayer",
    must: [["calls.avg_duration"]],
    mustNot: ["tasks.", "emails.", "deals."],
    preset: "yesterday"
  },
  {
    wish: "cuantas familias nos contestan los correos",
    must: [["emails.reply_rate", "emails.received_over_time"]],
    mustNot: ["tasks.", "calls.", "deals."]
  },
  {
    wish: "sueldos de los profes y leads por estado",
    must: [["leads.by_status"]],
    mustNot: ["tasks.", "emails.", "calls."],
    notUnderstood: ["sueldos"]
  },
  {
    wish: "q porcentaje de los contactos acaba siendo cliente, según el mes en q entraron",
    must: [["leads.conversion_by_cohort"]],
    mustNot: ["tasks.", "emails.", "calls."],
    bucket: "month"
  }
]
