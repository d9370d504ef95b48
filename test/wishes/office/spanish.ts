import { tagIds, type Wish } from "../Wish.ts"
import { anything, calls, newLeads, overdueTasks, won, wonByPerson } from "./metrics.ts"

export const officeSpanish: ReadonlyArray<Wish> = [
  {
    wish: "¿Cuántos leads nuevos entraron el mes pasado?",
    must: [newLeads],
    mustNot: ["tasks", "emails", "team.calls", "team.tasks"],
    preset: "last_month"
  },
  {
    wish: "Ventas cerradas de este año, mes a mes",
    must: [["deals.won_over_time", "deals.won_value_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    preset: "this_year",
    bucket: "month"
  },
  {
    wish: "Llamadas de la semana pasada por resultado",
    must: [["calls.by_outcome", "calls.logged_over_time"]],
    mustNot: ["emails", "tasks", "deals"],
    preset: "last_week"
  },
  {
    wish: "¿Quién vendió más en octubre?",
    must: [wonByPerson],
    mustNot: ["emails", "calls", "tasks"],
    from: "2026-10-01",
    to: "2026-10-31"
  },
  {
    wish: "¿Cuántas tareas vencidas tiene el equipo?",
    must: [overdueTasks],
    mustNot: ["deals", "calls", "emails"]
  },
  {
    wish: "Leads por etiqueta",
    must: [["leads.by_tag"]],
    mustNot: ["tasks", "emails", "calls"]
  },
  {
    wish: "Leads que vienen de la página web, por semana",
    must: [["leads.created_over_time"]],
    mustNot: ["tasks", "emails", "calls"],
    bucket: "week",
    filters: { source: ["website"] }
  },
  {
    wish: "Quiero ver la tasa de respuesta de los correos de este trimestre.",
    must: [["emails.reply_rate"]],
    mustNot: ["calls", "tasks", "deals"],
    preset: "this_quarter"
  },
  {
    wish: "¿Cuántos ingresos esperamos en los próximos 90 días?",
    must: [["deals.expected_value_over_time"]],
    mustNot: ["calls", "emails", "tasks"],
    preset: "next_90d"
  },
  {
    wish: "Motivos por los que perdemos ventas",
    must: [["deals.lost_reasons"]],
    mustNot: ["tasks", "emails", "calls"]
  },
  {
    wish: "Compara las llamadas de esta semana con las de la semana anterior.",
    must: [calls],
    mustNot: ["emails", "tasks", "deals"],
    preset: "this_week",
    compare: true
  },
  {
    wish: "Un informe para la reunión con los vendedores",
    must: [anything]
  },
  {
    wish: "Todo sobre las llamadas, pero sin la duración media",
    must: [calls],
    mustNot: ["calls.avg_duration", "emails", "tasks", "deals"]
  },
  {
    wish: "Facturas y ventas ganadas de este año",
    must: [won],
    mustNot: ["calls", "emails", "tasks"],
    preset: "this_year",
    notUnderstood: ["facturas"]
  },
  {
    wish: "Ventas ganadas por origen del lead, del 1 de enero al 30 de junio",
    must: [["deals.won_by_source", "deals.won_value_by_source", "deals.won_over_time", "deals.won_value_over_time"]],
    mustNot: ["calls", "emails", "tasks"],
    from: "2026-01-01",
    to: "2026-06-30"
  },
  {
    wish: "Nuestro objetivo es vender 100.000 euros al mes. ¿Cómo vamos?",
    must: [["deals.won_value_over_time", "deals.won_value_by_source", "team.won_value_by_agent"]],
    mustNot: ["calls", "emails", "tasks"]
  },
  {
    wish: "Embudo de los leads con la etiqueta Berlin",
    must: [["leads.funnel"]],
    mustNot: ["calls", "emails", "tasks"],
    filters: { tag: [tagIds.berlin] }
  },
  {
    wish: "Leads nuevos de los últimos 30 días según su estado",
    must: [["leads.by_status", "leads.created_over_time"]],
    mustNot: ["calls", "emails", "tasks"],
    preset: "last_30d"
  },
  {
    wish: "Correos enviados por persona cada mes",
    must: [["emails.sent_over_time"]],
    mustNot: ["calls", "deals", "tasks"],
    bucket: "month",
    groupBy: "assignee"
  },
  {
    wish: "¿Cuánto tardamos en cerrar una venta?",
    must: [["deals.avg_time_to_close"]],
    mustNot: ["calls", "emails", "tasks"]
  }
]
