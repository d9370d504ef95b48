import { only, tagIds, type Wish } from "../Wish.ts"

const leadNumbers = ["leads.total", "leads.created_over_time"]

const anyLeads = [
  ...leadNumbers,
  "leads.by_status",
  "leads.by_source",
  "leads.by_tag",
  "leads.by_type",
  "leads.funnel",
  "leads.conversion_rate",
  "team.leads_by_agent"
]

const anyWon = [
  "deals.won_over_time",
  "deals.won_value_over_time",
  "deals.win_rate",
  "deals.won_by_source",
  "deals.won_value_by_source",
  "team.deals_won_by_agent",
  "team.won_value_by_agent"
]

const anyCalls = [
  "calls.logged_over_time",
  "calls.by_outcome",
  "calls.by_direction",
  "calls.connect_rate",
  "team.calls_by_agent"
]

export const fieldSpanish: ReadonlyArray<Wish> = [
  only("cuantos leads entraron ayer", leadNumbers, { preset: "yesterday" }),
  only("llamadas por resultado esta semana", ["calls.by_outcome", "calls.logged_over_time"], { preset: "this_week" }),
  only(
    "ventas ganadas por comercial este trimestre",
    ["team.deals_won_by_agent", "team.won_value_by_agent", "deals.won_over_time", "deals.won_value_over_time"],
    { preset: "this_quarter" }
  ),
  only("evolucion de leads por semana y por fuente, ultimos 90 dias", "leads.created_over_time", {
    preset: "last_90d",
    bucket: "week",
    groupBy: "source"
  }),
  only("el embudo del mes pasado", "leads.funnel", { preset: "last_month" }),
  {
    wish: "por que perdemos operaciones",
    must: [["deals.lost_reasons"]],
    mustNot: ["calls", "emails", "tasks", "leads"]
  },
  {
    wish: "facturacion de mayo comparada con el mes anterior",
    must: [["deals.won_value_over_time"]],
    mustNot: ["leads", "calls", "emails", "tasks"],
    from: "-05-01",
    to: "-05-31",
    compare: true
  },
  { wish: "nuestro nps de este año", must: [], mustNot: [""], notUnderstood: ["nps"] },
  only("coste por lead y de donde vienen los leads este mes", ["leads.by_source", ...leadNumbers], {
    preset: "this_month",
    notUnderstood: ["coste"]
  }),
  only("tareas atrasadas", ["tasks.overdue", "tasks.by_status"]),
  only("quien llama mas, del 1 de marzo al 15 de abril", ["team.calls_by_agent", "calls.logged_over_time"], {
    from: "-03-01",
    to: "-04-15"
  }),
  {
    wish: "correos enviados y recibidos por mes este año, sin llamadas",
    must: [["emails.sent_over_time"], ["emails.received_over_time"]],
    mustNot: ["calls", "team.calls", "leads", "deals"],
    preset: "this_year",
    bucket: "month"
  },
  only("pipeline ponderado", "deals.weighted_pipeline"),
  only("que se va a cerrar el mes que viene", "deals.expected_value_over_time", { preset: "next_month" }),
  {
    wish: "algo para la reunion del lunes: leads, llamadas y cierres",
    must: [anyLeads, anyCalls, anyWon],
    mustNot: ["emails"]
  },
  only("leads de altbau por estado", ["leads.by_status", "leads.created_over_time"], {
    filters: { tag: [tagIds.altbau] }
  }),
  only("cuanto tardamos en cerrar una venta, ultimos 12 meses", "deals.avg_time_to_close", { preset: "last_12m" }),
  only("comisiones por agente en septiembre", "deals.commission_by_agent", { from: "-09-01", to: "-09-30" }),
  {
    wish: "cuantos nos responden los emails, no quiero nada de tareas",
    must: [["emails.reply_rate"]],
    mustNot: ["tasks", "team.tasks", "deals"]
  },
  {
    wish: "vamos bien con el objetivo de operaciones ganadas este año?",
    must: [["deals.won_over_time"]],
    mustNot: ["leads", "calls", "emails", "tasks"],
    preset: "this_year"
  }
]
