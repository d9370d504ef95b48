import { tagIds, type Wish } from "../Wish.ts"
import { sales, wonDeals, wonValue } from "./metrics.ts"

export const plainSpanish: ReadonlyArray<Wish> = [
  {
    wish: "¿Cuántas operaciones ganamos el mes pasado?",
    must: [wonDeals],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "last_month"
  },
  {
    wish: "Leads nuevos por semana en los últimos 30 días",
    must: [["leads.created_over_time"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    preset: "last_30d",
    bucket: "week"
  },
  {
    wish: "Ventas de este año comparadas con el año anterior",
    must: [[...wonDeals, ...wonValue]],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_year",
    compare: true
  },
  {
    wish: "Llamadas por comercial esta semana",
    must: [["team.calls_by_agent", "calls.logged_over_time"]],
    mustNot: ["deals.", "tasks.", "emails."],
    preset: "this_week"
  },
  {
    wish: "¿De dónde vienen nuestros leads?",
    must: [["leads.by_source", "leads.created_over_time"]],
    mustNot: ["tasks.", "calls.", "emails."]
  },
  {
    wish: "Motivos por los que perdimos operaciones en septiembre",
    must: [["deals.lost_reasons"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    from: "2026-09-01",
    to: "2026-09-30"
  },
  {
    wish: "¿Cuántas tareas vencidas tenemos?",
    must: [["tasks.overdue", "tasks.by_status"]],
    mustNot: ["deals.", "leads.", "calls.", "emails."]
  },
  {
    wish: "Porcentaje de leads que se convierten en clientes",
    must: [["leads.conversion_rate", "leads.conversion_by_cohort", "leads.funnel"]],
    mustNot: ["tasks.", "calls.", "emails."]
  },
  {
    wish: "Previsión de ingresos para los próximos 90 días",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "next_90d"
  },
  {
    wish: "Leads del portal por mes este año",
    must: [["leads.created_over_time"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    preset: "this_year",
    bucket: "month",
    filters: { source: ["portal"] }
  },
  {
    wish: "Correos enviados ayer, sin los recibidos",
    must: [["emails.sent_over_time"]],
    mustNot: ["emails.received_over_time", "deals.", "leads.", "tasks.", "calls."],
    preset: "yesterday"
  },
  {
    wish: "¿Cuánto tardamos en llamar a un lead nuevo?",
    must: [["leads.avg_time_to_first_call"]],
    mustNot: ["deals.", "tasks.", "emails."]
  },
  {
    wish: "Nuestro objetivo es vender por 500.000 euros este trimestre, ¿cómo vamos?",
    must: [wonValue],
    mustNot: ["tasks.", "calls.", "emails."],
    preset: "this_quarter"
  },
  {
    wish: "Leads con la etiqueta Berlin por estado",
    must: [["leads.by_status", "leads.created_over_time", "leads.funnel"]],
    mustNot: ["deals.", "tasks.", "calls.", "emails."],
    filters: { tag: [tagIds.berlin] }
  },
  {
    wish: "Duración media de las llamadas en el trimestre pasado",
    must: [["calls.avg_duration"]],
    mustNot: ["deals.", "leads.", "tasks.", "emails."],
    preset: "last_quarter"
  },
  {
    wish: "Valor de las operaciones abiertas por etapa",
    must: [["deals.pipeline_by_stage"]],
    mustNot: ["leads.", "tasks.", "calls.", "emails."]
  },
  {
    wish: "Tengo que preparar la reunión de ventas del lunes",
    must: [sales]
  },
  {
    wish: "¿Quién completó más tareas el mes pasado?",
    must: [["team.tasks_completed_by_agent", "tasks.completed_over_time"]],
    mustNot: ["deals.", "leads.", "calls.", "emails."],
    preset: "last_month"
  },
  {
    wish: "Operaciones ganadas y facturas este mes",
    must: [wonDeals],
    mustNot: ["leads.", "tasks.", "calls.", "emails."],
    preset: "this_month",
    notUnderstood: ["facturas"]
  },
  {
    wish: "Compradores y vendedores nuevos del 1 de julio al 15 de septiembre",
    must: [["leads.by_type", "leads.created_over_time"]],
    mustNot: ["tasks.", "calls.", "emails."],
    from: "2026-07-01",
    to: "2026-09-15"
  }
]
