export const designReport = {
  requests: { wish: { value: { prompt: "New leads by source this quarter, and our horoscope" } } },
  responses: {
    200: {
      description: "The draft. It is not stored.",
      examples: {
        draft: {
          value: {
            draft: {
              title: "New leads by source this quarter, and our horoscope",
              description: null,
              layout: {
                widgets: [
                  {
                    instanceId: "leads.by_source.0",
                    metricId: "leads.by_source",
                    chart: "bar",
                    x: 0,
                    y: 0,
                    w: 12,
                    h: 7
                  }
                ]
              },
              defaultTimeframe: { preset: "this_quarter", bucket: "week" }
            },
            by: "search",
            understood: ["Leads by source", "this quarter, by week"],
            notUnderstood: ["horoscope"],
            notes: ["This service has no model. Words of the catalog were searched."]
          }
        }
      }
    }
  }
}
