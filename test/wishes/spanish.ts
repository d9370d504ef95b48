import type { Wish } from "./Wish.ts"

/** These wishes and their drafts were written without reading the words that the search knows. */
export const spanish: ReadonlyArray<Wish> = [
  {
    wish: "Nuevos leads por origen este trimestre",
    must: [["leads.by_source", "leads.created_over_time"]],
    mustNot: ["deals.", "emails.", "calls.", "tasks."],
    preset: "this_quarter"
  },
  { wish: "¿De dónde vienen nuestros clientes potenciales?", must: [["leads.by_source"]], only: true },
  { wish: "Tasa de conversión del año pasado", must: [["leads.conversion_rate"]], only: true, preset: "last_year" },
  {
    wish: "Ventas ganadas por agente el mes pasado",
    must: [["team.deals_won_by_agent", "team.won_value_by_agent"]],
    mustNot: ["leads.", "emails.", "calls.", "tasks."],
    preset: "last_month"
  },
  {
    wish: "¿Cuánto hemos facturado este año?",
    must: [["deals.won_value_over_time"]],
    only: true,
    preset: "this_year"
  },
  {
    wish: "Llamadas por resultado en los últimos 30 días",
    must: [["calls.by_outcome", "calls.logged_over_time"]],
    mustNot: ["leads.", "emails.", "deals.", "tasks."],
    preset: "last_30d"
  },
  { wish: "Sin llamadas, solo correos enviados", must: [["emails.sent_over_time"]], only: true },
  { wish: "Motivos de pérdida", must: [["deals.lost_reasons"]], only: true },
  { wish: "Tareas vencidas", must: [["tasks.overdue"]], only: true },
  {
    wish: "¿Cómo vamos este mes?",
    must: [["deals.won_over_time", "deals.won_value_over_time"], ["leads.created_over_time", "leads.total"]],
    preset: "this_month"
  },
  { wish: "Valor de la cartera por etapa", must: [["deals.pipeline_by_stage"]], only: true },
  {
    wish: "¿Cuánto tardamos en llamar a un lead nuevo?",
    must: [["leads.avg_time_to_first_call"]],
    only: true
  },
  { wish: "Comisiones por agente", must: [["deals.commission_by_agent"]], only: true },
  { wish: "Oportunidades abiertas por fase", must: [["deals.by_stage"]], only: true },
  { wish: "Borra todos los leads antiguos", must: [], mustNot: [""], notUnderstood: ["borra"] },
  {
    wish: "Correos recibidos por semana desde enero",
    must: [["emails.received_over_time"]],
    only: true,
    preset: ["this_year", "custom"],
    bucket: "week"
  },
  {
    wish: "Reunión del lunes",
    must: [["deals.won_over_time", "deals.won_value_over_time", "team.deals_won_by_agent"]]
  },
  { wish: "Tasa de rebote de la web", must: [], mustNot: [""], notUnderstood: ["rebote"] },
  {
    wish: "Compradores y vendedores por mes",
    must: [["leads.by_type", "leads.created_over_time"]],
    only: true,
    bucket: "month"
  },
  {
    wish: "¿Qué porcentaje de operaciones ganamos por canal de captación?",
    must: [["deals.win_rate_by_source"]],
    only: true
  }
]
