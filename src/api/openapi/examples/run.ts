const window = (from: string, to: string, bucket: string) => ({
  window: { from, to, timeZone: "Europe/Madrid", weekStart: 1, bucket }
})

const common = {
  scope: { kind: "members", members: 2 },
  filters: { applied: {}, ignored: [] },
  asOf: "2026-05-07T09:30:00.000Z"
}

const may = window("2026-04-30T22:00:00.000Z", "2026-05-07T22:00:00.000Z", "day")

export const newLeads = {
  instanceId: "new-leads",
  shape: "timeseries",
  series: [{ key: "value", label: "New leads" }],
  points: [
    { bucket: "2026-05-01", value: 12 },
    { bucket: "2026-05-02", value: 7 },
    { bucket: "2026-05-03", value: 0 },
    { bucket: "2026-05-04", value: 15 },
    { bucket: "2026-05-05", value: 9 },
    { bucket: "2026-05-06", value: 11 },
    { bucket: "2026-05-07", partial: true, value: 4 }
  ],
  stat: null,
  meta: { unit: "count", ...may, ...common, additive: true }
}

const newLeadsByType = {
  ...newLeads,
  instanceId: "new-leads-by-type",
  series: [{ key: "buyer", label: "Buyer" }, { key: "seller", label: "Seller" }, { key: "~none", label: "Unknown" }],
  points: [
    { bucket: "2026-05-01", buyer: 8, seller: 3, "~none": 1 },
    { bucket: "2026-05-02", buyer: 5, seller: 2, "~none": 0 }
  ]
}

const leadsByTag = {
  instanceId: "tags",
  shape: "category",
  series: [{ key: "value", label: "Leads by tag" }],
  points: [
    { category: "c031c593-e084-4900-a939-3b658a9daabc", label: "Hot", value: 21 },
    { category: "1761ef46-dbc2-486d-aead-611ccd8a220d", label: "VIP", value: 9 }
  ],
  stat: null,
  meta: {
    unit: "count",
    ...may,
    ...common,
    filters: { applied: { source: ["portal", "referral"] }, ignored: [] },
    additive: false
  }
}

export const winRate = {
  instanceId: "win-rate",
  shape: "stat",
  series: [{ key: "value", label: "Win rate" }],
  points: [],
  stat: { value: 46.2, previous: 55.6, deltaPct: -16.9 },
  meta: {
    unit: "percent",
    ...window("2025-12-31T23:00:00.000Z", "2026-12-31T23:00:00.000Z", "month"),
    previousWindow: { from: "2024-12-31T23:00:00.000Z", to: "2025-05-07T09:30:00.001Z" },
    ...common,
    additive: false
  }
}

const agents = {
  instanceId: "agents",
  shape: "leaderboard",
  series: [{ key: "value", label: "Leads by agent" }],
  points: [
    { category: "user_ana", label: "Ana Ferrer", rank: 1, value: 38 },
    { category: "user_bea", label: "Bea Navarro", rank: 2, value: 23 }
  ],
  stat: null,
  meta: { unit: "count", ...may, ...common, additive: false }
}

const wrongChart = {
  instanceId: "total",
  shape: "stat",
  series: [],
  points: [],
  stat: null,
  meta: { unit: "count", ...common, additive: false },
  error: { code: "unsupported_chart", message: "`chart`: leads.total supports only: stat." }
}

const gated = {
  ...agents,
  series: [],
  points: [],
  meta: { unit: "count", ...common, scope: { kind: "own", members: 1 }, additive: false, gated: "admin_only" }
}

const week = { preset: "custom", from: "2026-05-01", to: "2026-05-07", bucket: "day" }

const newLeadsWidget = { instanceId: "new-leads", metricId: "leads.created_over_time", chart: "area" }

export const runMetrics = {
  requests: {
    one: { summary: "One widget", value: { widgets: [newLeadsWidget], timeframe: week } },
    everyone: {
      summary: "One widget, over all members of the organization",
      value: { everyone: true, widgets: [newLeadsWidget] }
    },
    dashboard: {
      summary: "A dashboard for two people",
      value: {
        assigneeIds: ["user_ana", "user_bea"],
        timeframe: week,
        widgets: [
          { ...newLeadsWidget, instanceId: "new-leads-by-type", groupBy: "type" },
          {
            instanceId: "tags",
            metricId: "leads.by_tag",
            chart: "bar",
            filters: { source: ["portal", "referral"] }
          },
          {
            instanceId: "win-rate",
            metricId: "deals.win_rate",
            chart: "radial",
            timeframe: { preset: "this_year", bucket: "month" }
          },
          { instanceId: "agents", metricId: "team.leads_by_agent", chart: "leaderboard" }
        ]
      }
    }
  },
  responses: {
    200: {
      description: "One result for each widget, in the order of the request.",
      examples: {
        one: { summary: "One widget", value: { results: [newLeads] } },
        dashboard: {
          summary: "A dashboard for two people",
          value: { results: [newLeadsByType, leadsByTag, winRate, agents] }
        },
        fault: { summary: "A chart that the metric does not support", value: { results: [wrongChart] } },
        gated: { summary: "An admin-only metric, requested by a member", value: { results: [gated] } }
      }
    }
  }
}

export const runReport = {
  requests: {
    plain: { summary: "With the report's defaults", value: {} },
    everyone: { summary: "For everyone, last week", value: { everyone: true, timeframe: { preset: "last_week" } } },
    portal: {
      summary: "Only leads from the portal, beside the window before",
      value: { filters: { source: ["portal"], leadSource: ["portal"] }, comparePrevious: true }
    }
  },
  responses: {
    200: {
      description: "One result for each widget, in the order of the layout.",
      examples: { report: { value: { results: [newLeads, winRate] } } }
    }
  }
}
