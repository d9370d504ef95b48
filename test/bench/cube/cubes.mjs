import { defineCube } from "drizzle-cube/server"
import { and, arrayOverlaps, eq, inArray, isNotNull, or, sql } from "drizzle-orm"
import { calls, deals, leads, tasks } from "./tables.mjs"

const ofOrganization = (table, { organizationId }) => eq(table.organizationId, organizationId)

const seenBy = (table, context) =>
  and(
    ofOrganization(table, context),
    or(inArray(table.ownerId, context.people), arrayOverlaps(table.assigneeIds, context.people))
  )

const seen = (table) => ({ securityContext }) => ({ from: table, where: seenBy(table, securityContext) })

/** Makes a query that returns a row of the table once for each person in scope who sees it. */
const perPerson = (table) => ({ securityContext }) => ({
  from: table,
  joins: [{
    table: sql`lateral (select distinct unnest(${table.ownerId} || ${table.assigneeIds}) as person) seen_by`,
    on: inArray(sql`seen_by.person`, securityContext.people),
    type: "inner"
  }],
  where: seenBy(table, securityContext)
})

const perTag = ({ securityContext }) => ({
  from: leads,
  joins: [{ table: sql`lateral unnest(${leads.tagIds}) as tag(tag_id)`, on: sql`true`, type: "inner" }],
  where: seenBy(leads, securityContext)
})

const dimension = (name, type, column) => ({ [name]: { name, type, sql: column } })

const count = { count: { name: "count", type: "count", sql: sql`*` } }

const countIf = (name, column, filter) => ({ [name]: { name, type: "count", sql: column, filters: [() => filter] } })

const calculated = (name, calculatedSql) => ({ [name]: { name, type: "calculated", calculatedSql } })

const waited = sql`greatest(${leads.firstCallAt} - ${leads.createdAt}, interval '0')`

const person = dimension("person", "string", sql`seen_by.person`)

export const cubes = [
  defineCube("Leads", {
    sql: seen(leads),
    dimensions: {
      ...dimension("status", "string", leads.status),
      ...dimension("createdAt", "time", leads.createdAt),
      ...dimension("firstCallAt", "time", leads.firstCallAt)
    },
    measures: {
      ...count,
      minutesToCall: { name: "minutesToCall", type: "avg", sql: sql`extract(epoch FROM ${waited}) / 60` }
    }
  }),
  defineCube("LeadTags", {
    sql: perTag,
    dimensions: {
      ...dimension("tag", "string", sql`tag.tag_id`),
      ...dimension("createdAt", "time", leads.createdAt)
    },
    measures: count
  }),
  defineCube("AgentLeads", {
    sql: perPerson(leads),
    dimensions: { ...person, ...dimension("createdAt", "time", leads.createdAt) },
    measures: count
  }),
  defineCube("Deals", {
    sql: seen(deals),
    dimensions: {
      ...dimension("stage", "string", deals.stage),
      ...dimension("status", "string", deals.status),
      ...dimension("currency", "string", deals.currency),
      ...dimension("closedAt", "time", deals.closedAt)
    },
    measures: {
      ...count,
      ...countIf("won", deals.status, eq(deals.status, "won")),
      value: { name: "value", type: "sum", sql: deals.price },
      ...calculated("winRate", "100.0 * {won} / NULLIF({count}, 0)")
    }
  }),
  defineCube("AgentDeals", {
    sql: perPerson(deals),
    dimensions: {
      ...person,
      ...dimension("status", "string", deals.status),
      ...dimension("closedAt", "time", deals.closedAt)
    },
    measures: count
  }),
  defineCube("Tasks", {
    sql: seen(tasks),
    dimensions: dimension("dueAt", "time", tasks.dueAt),
    measures: {
      ...count,
      ...countIf("completed", tasks.completedAt, isNotNull(tasks.completedAt)),
      ...calculated("completionRate", "100.0 * {completed} / NULLIF({count}, 0)")
    }
  }),
  defineCube("Calls", {
    sql: ({ securityContext }) => ({
      from: calls,
      where: and(ofOrganization(calls, securityContext), inArray(calls.ownerId, securityContext.people))
    }),
    dimensions: {
      ...dimension("outcome", "string", calls.outcome),
      ...dimension("startedAt", "time", calls.startedAt)
    },
    measures: count
  })
]
