export const getCatalog = {
  responses: {
    200: {
      description: "The metrics that the caller may use, in menu order.",
      examples: {
        catalog: {
          summary: "The first two",
          value: {
            metrics: [
              {
                id: "leads.created_over_time",
                category: "leads",
                categoryLabel: "Leads",
                label: "New leads",
                description: "Leads by the time they entered the CRM.",
                shape: "timeseries",
                unit: "count",
                format: { decimals: 0, compactFrom: 1_000_000 },
                moreIsBetter: true,
                mean: false,
                defaultChart: "area",
                charts: ["area", "line", "bar"],
                groupBys: ["status", "source", "type", "assignee"],
                dimensions: [
                  {
                    key: "status",
                    label: "Status",
                    values: [
                      { value: "lead", label: "New", color: "blue" },
                      { value: "potential", label: "Potential", color: "amber" },
                      { value: "bad_timing", label: "Bad timing", color: "slate" },
                      { value: "client", label: "Client", color: "green" },
                      { value: "unqualified", label: "Unqualified", color: "red" }
                    ]
                  },
                  { key: "source", label: "Source", values: [] },
                  {
                    key: "type",
                    label: "Type",
                    values: [
                      { value: "buyer", label: "Buyer", color: "blue" },
                      { value: "seller", label: "Seller", color: "orange" }
                    ]
                  },
                  { key: "assignee", label: "Assignee", values: [] }
                ],
                filters: ["tag", "source", "status"],
                adminOnly: false,
                takesTimeframe: true,
                countsAhead: false,
                within: null,
                records: true
              },
              {
                id: "leads.total",
                category: "leads",
                categoryLabel: "Leads",
                label: "Total new leads",
                description: "Leads that entered the CRM.",
                shape: "stat",
                unit: "count",
                format: { decimals: 0, compactFrom: 1_000_000 },
                moreIsBetter: true,
                mean: false,
                defaultChart: "stat",
                charts: ["stat"],
                groupBys: [],
                dimensions: [],
                filters: ["tag", "source", "status"],
                adminOnly: false,
                takesTimeframe: true,
                countsAhead: false,
                within: null,
                records: true
              }
            ]
          }
        }
      }
    },
    304: { description: "Not modified." }
  }
}

export const getOptions = {
  responses: {
    200: {
      description: "The caller, the organization, people to choose, and values to filter leads by.",
      examples: {
        options: {
          value: {
            caller: { id: "user_ana", name: "Ana Ferrer", role: "admin" },
            organization: {
              id: "org_demo",
              name: "Demo Realty",
              timeZone: "Europe/Madrid",
              weekStart: 1,
              currency: "EUR"
            },
            people: [
              { id: "user_ana", name: "Ana Ferrer", hasLeft: false },
              { id: "user_jon", name: "Jon Etxeberria", hasLeft: true }
            ],
            tags: [{ id: "c031c593-e084-4900-a939-3b658a9daabc", name: "Hot", color: "red" }],
            sources: [{ value: "portal", label: "Portal" }, { value: "~none", label: "Unknown" }],
            statuses: [{ value: "lead", label: "New" }, { value: "client", label: "Client" }]
          }
        }
      }
    }
  }
}

const up = { description: "OK", examples: { ok: { value: { status: "ok" } } } }

export const getHealth = { responses: { 200: up } }
export const getReadiness = { responses: { 200: up } }

export const listReaders = {
  responses: {
    200: {
      description: "The members of the organization who have not left, by name.",
      examples: {
        readers: { value: { results: [{ id: "user_ana", name: "Ana" }, { id: "user_bea", name: "Bea" }] } }
      }
    }
  }
}
