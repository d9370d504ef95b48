import { assert } from "@effect/vitest"
import type { Caller } from "../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, euros, lead, member, noTables } from "../../src/testing/rows.ts"
import { openWebApp, type WebApp } from "./WebApp.ts"

export const person = (userId: string, role: Caller["role"] = "member", organizationId = "org"): Caller => ({
  organizationId: OrgId.make(organizationId),
  userId: UserId.make(userId),
  role
})

export const ana = person("ana", "admin")
export const own = { assigneeIds: ["ana"] }
export const both = { assigneeIds: ["ana", "bo"] }
export const everyone = { everyone: true }

const wonIn = (dealId: string, closedAt: string, price: number, row = {}) =>
  deal(dealId, "2026-09-01", { status: "won", closedAt: Date.parse(closedAt), price: euros(price), ...row })

/** Ana won 3,000 in October and Bo 1,000. Each has another half of a shared deal of 500. Cy has left, and Ed has no rows. */
export const sales: Tables = {
  ...noTables,
  organizations: [
    { organizationId: "org", name: "Org", timeZone: "Europe/Madrid", weekStart: 1, currency: "EUR" },
    { organizationId: "other", name: "Other", timeZone: "UTC", weekStart: 1, currency: "EUR" }
  ],
  members: [
    member("ana", "Ana"),
    member("bo", "Bo"),
    member("cy", "Cy", Date.parse("2026-01-01T00:00:00Z")),
    member("ed", "Ed"),
    member("zoe", "Zoe", null, { organizationId: "other" })
  ],
  deals: [
    wonIn("d1", "2026-10-02T10:00:00Z", 1_000, { ownerId: "ana" }),
    wonIn("d2", "2026-10-08T10:00:00Z", 2_000, { ownerId: "ana" }),
    wonIn("d3", "2026-10-09T10:00:00Z", 1_000, { ownerId: "bo" }),
    wonIn("d4", "2026-10-09T11:00:00Z", 500, { ownerId: "ana", assigneeIds: ["bo"] })
  ],
  leads: [lead("l1", "2026-10-01", { ownerId: "ana", source: "web" }), lead("l2", "2026-10-02", { ownerId: "bo" })]
}

export const october = { preset: "this_month", bucket: "day" }

export const wonValue = {
  instanceId: "w",
  metricId: "deals.won_value_over_time",
  chart: "bar",
  timeframe: { preset: "this_month", bucket: "week" },
  target: true
}

/** The tenth local day of October has begun. */
export const tenthDay = new Date("2026-10-10T12:00:00Z")

export const openSales = (now = tenthDay, tables = sales): WebApp => openWebApp(tables, { now, roleOf: () => "admin" })

export const setTarget = async (app: WebApp, body: object, admin = ana) => {
  const { json, status, text } = await app.call(admin, "POST /crm-reports/targets", {
    metricId: wonValue.metricId,
    period: "month",
    ...body
  })
  assert.strictEqual(status, 201, text)
  return String(json["id"])
}

interface Answered {
  readonly points: ReadonlyArray<Record<string, unknown>>
  readonly meta: { readonly target?: Record<string, unknown> }
}

const isAnswered = (value: unknown): value is { readonly results: ReadonlyArray<Answered> } =>
  typeof value === "object" && value !== null && "results" in value

export const runWidget = async (app: WebApp, caller: Caller, widget: object, selection: object = {}) => {
  const { json, text } = await app.call(caller, "POST /crm-reports/metrics/run", {
    ...selection,
    widgets: [{ ...wonValue, ...widget }]
  })
  const series = isAnswered(json) ? json.results[0] : undefined
  return { text, series, target: series?.meta.target }
}

/** Returns the code of the fault, or the target without one. */
export const faultOf = (target: Record<string, unknown> | undefined) => {
  const error = target?.["error"]
  return typeof error === "object" && error !== null && "code" in error ? error.code : target
}
