import { assert, describe, it } from "@effect/vitest"
import { metricsById } from "../../../src/metrics/all.ts"
import { isAhead } from "../../../src/metrics/Metric.ts"
import { deal, member, noTables, share } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp } from "../../support/WebApp.ts"

const inMay = Date.parse("2024-05-03T12:00:00Z")
const may = { closedAt: inMay, expectedCloseAt: inMay, price: 100_00n, commissionAmount: 10_00n } as const
const april = { ...may, closedAt: Date.parse("2024-04-03T12:00:00Z") } as const

/** Most deals that are open or were won in May are in dollars. All deals that were won in April are in euros. */
const deals = ["won", "open"].flatMap((status) => [
  ...["A", "B", "C"].map((id) => deal(`${id} ${status}`, "2024-05-01", { ...may, status, currency: "USD" })),
  ...["D", "E"].map((id) => deal(`${id} ${status}`, "2024-05-01", { ...may, status, currency: "EUR" })),
  ...["F", "G", "H", "I"].map((id) =>
    deal(`${id} ${status}`, "2024-04-01", { ...april, status: "won", currency: "EUR" })
  )
])

const tables = {
  ...noTables,
  members: [member("ana", "Ana")],
  deals,
  dealShares: deals.map(({ dealId }) => share(dealId, "S", { userId: "ana", percent: 50n }))
}

const admin = caller("admin", "ana")

const money = [...metricsById].filter(([, { dominant }]) => dominant !== undefined)

describe("records of money", () => {
  it.each(money)(
    "the records of %s have the currency of the number, on every page and in the totals",
    async (metricId, metric) => {
      // The open deals are expected in May, and later they are overdue.
      const app = openWebApp(tables, { now: new Date(isAhead(metric) ? "2024-05-02" : "2024-06-01") })
      await app.call(admin, "PUT /crm-reports/settings/stage-weights", { qualified: 10 })
      const { charts: [chart] } = metric
      const timeframe = { preset: "custom", from: "2024-05-01", to: "2024-05-31", bucket: "month" }
      const widget = { instanceId: "w", metricId, chart, timeframe }
      const ask = async (more: object) => {
        const { json } = await app.call(admin, "POST /crm-reports/metrics/records", {
          widget,
          ...more
        })
        const { meta, next, results, total } = JSON.parse(JSON.stringify(json))
        assert.strictEqual(meta.currency, "USD")
        return { ids: results.map(({ id }: { readonly id: string }) => id.slice(0, 1)), next, total }
      }
      const whole = await ask({})
      assert.deepStrictEqual(whole.ids, ["C", "B", "A"])
      const first = await ask({ part: "records", limit: 2 })
      assert.deepStrictEqual(first.ids, ["C", "B"])
      assert.deepStrictEqual((await ask({ cursor: first.next, limit: 2 })).ids, ["A"])
      assert.strictEqual((await ask({ part: "totals" })).total, 3)
      await app.close()
    }
  )
})
