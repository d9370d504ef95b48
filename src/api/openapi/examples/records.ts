export const listRecords = {
  requests: {
    point: {
      summary: "Deals won in May by one person",
      value: {
        widget: {
          instanceId: "won",
          metricId: "deals.won_value_over_time",
          chart: "bar",
          groupBy: "assignee",
          timeframe: { preset: "this_year", bucket: "month" }
        },
        everyone: true,
        at: { bucket: "2026-05-01", series: "user_ana" },
        limit: 1
      }
    }
  },
  responses: {
    200: {
      description: "A page of records, and the sums of all of them.",
      examples: {
        page: {
          summary: "The first of two deals",
          value: {
            results: [
              {
                type: "deal",
                id: "deal_1042",
                at: "2026-05-21T09:12:44.000Z",
                link: "https://crm.example/deal/deal_1042",
                weight: { n: "310000.00", d: null },
                value: 310_000,
                fields: {
                  stage: { values: ["under_contract"], text: "Under contract" },
                  status: { values: ["won"], text: "Won" },
                  price: { values: ["310000.00"], text: "310000.00" },
                  currency: { values: ["EUR"], text: "EUR" },
                  lostReason: { values: [], text: null },
                  createdAt: { values: ["2026-02-02T10:00:00.000Z"], text: "2026-02-02T10:00:00.000Z" },
                  closedAt: { values: ["2026-05-21T09:12:44.000Z"], text: "2026-05-21T09:12:44.000Z" },
                  expectedCloseAt: { values: [], text: null },
                  ownerId: { values: ["user_ana"], text: "Ana" },
                  assigneeIds: { values: [], text: null }
                }
              }
            ],
            total: 2,
            sums: { n: "520000.00", d: null },
            amountUnit: "money",
            columns: [
              { key: "stage", label: "Stage", kind: "text" },
              { key: "status", label: "Status", kind: "text" },
              { key: "price", label: "Price", kind: "money" },
              { key: "currency", label: "Currency", kind: "text" },
              { key: "lostReason", label: "Lost reason", kind: "text" },
              { key: "createdAt", label: "Created", kind: "time" },
              { key: "closedAt", label: "Closed", kind: "time" },
              { key: "expectedCloseAt", label: "Expected close", kind: "time" },
              { key: "ownerId", label: "Owner", kind: "person" },
              { key: "assigneeIds", label: "Assignees", kind: "people" }
            ],
            next:
              "WzE3ODAwMDAwMDAwMDAsMTc3OTM1NDc2NDAwMCwiZGVhbF8xMDQyIixbMiwiNTIwMDAwMDAiLCIwIl0sIkVVUiIsW10sIjlmMmM0MWQwN2JlMzVhODg2MWM0ZDllMiJd.nJChduZOWyxi7bH4JoXqHx9Rcj7iThusKzS2pLeSpCQ",
            meta: {
              unit: "money",
              currency: "EUR",
              window: {
                from: "2025-12-31T23:00:00.000Z",
                to: "2026-12-31T23:00:00.000Z",
                timeZone: "Europe/Madrid",
                weekStart: 1,
                bucket: "month"
              },
              scope: { kind: "members", members: 6 },
              filters: { applied: {}, ignored: [] },
              additive: false,
              asOf: "2026-05-28T20:26:40.000Z"
            }
          }
        }
      }
    }
  }
}
