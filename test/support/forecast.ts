import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, euros, member, noTables, time } from "../../src/testing/rows.ts"

/** In Madrid, it is half past midnight on 18 May. */
export const now = time("2024-05-17T22:30")

export const openDeal = (
  id: string,
  price: number | null,
  expected: string | null,
  row: Partial<Tables["deals"][number]> = {}
) =>
  deal(id, "2024-04-01", {
    price: price === null ? null : euros(price),
    expectedCloseAt: expected === null ? null : time(expected),
    ...row
  })

export const tables: Tables = {
  ...noTables,
  organizations: [{ organizationId: "org", name: "Org", timeZone: "Europe/Madrid", weekStart: 1, currency: "EUR" }],
  members: [member("ana", "Ana"), member("bo", "Bo")],
  deals: [
    openDeal("the last millisecond of yesterday", 1_000, "2024-05-17T21:59:59.999"),
    openDeal("the first instant of today", 200.05, "2024-05-17T22:00", { stage: "viewing" }),
    openDeal("in June", 30.5, "2024-06-15", { stage: "offer", ownerId: "bo" }),
    openDeal("the last day of 90", 4, "2024-08-15T21:59", { stage: "signed" }),
    openDeal("after 90 days", 5_000, "2024-08-15T22:00", { stage: "under_contract" }),
    openDeal("undated", 60_000, null),
    openDeal("undated, without a price", null, null),
    openDeal("overdue, without a price", null, "2023-01-01"),
    openDeal("in dollars", 9, "2024-06-20", { currency: "USD" }),
    openDeal("won", 1, "2024-06-20", { status: "won", closedAt: time("2024-05-02") }),
    openDeal("of another organization", 1, "2024-06-20", { organizationId: "rival" })
  ]
}

export const widgetOf = (widget: Omit<WidgetRequest, "instanceId" | "chart"> & { readonly chart?: string }) => ({
  instanceId: "w",
  chart: widget.metricId === "deals.expected_value_over_time" ? "bar" : "stat",
  ...widget
})
