const weights = { qualified: 10, viewing: 25, offer: 60, reserved: 85, under_contract: 95 }

export const getStageWeights = {
  responses: { 200: { description: "The weights, in percent.", examples: { weights: { value: weights } } } }
}

export const setStageWeights = {
  requests: { weights: { value: weights } },
  responses: { 200: { description: "The new weights.", examples: { weights: { value: weights } } } }
}

const target = {
  id: "5b1d6a0e-8f3f-4a53-9a63-2f1f0f6f7c21",
  metricId: "deals.won_value_over_time",
  filters: { leadSource: ["portal"] },
  for: "user_bea",
  period: "month",
  values: { "2026-10": 50_000, "2026-11": 55_000 },
  currency: "EUR",
  createdAt: "2026-09-28T07:12:44.318Z",
  updatedAt: "2026-09-28T07:12:44.318Z"
}

const { currency: _currency, filters, metricId, period, values } = target

export const listTargets = {
  responses: {
    200: { description: "A page of targets.", examples: { page: { value: { results: [target], total: 1 } } } }
  }
}

export const createTarget = {
  requests: {
    person: {
      summary: "Won value of a person from one source, by month",
      value: { metricId, filters, for: target.for, period, values }
    }
  },
  responses: { 201: { description: "The created target.", examples: { target: { value: target } } } }
}

export const updateTarget = {
  requests: {
    month: { summary: "One month is set, and one removed", value: { values: { "2026-10": 60_000, "2026-11": null } } }
  },
  responses: {
    200: {
      description: "The changed target.",
      examples: {
        target: { value: { ...target, values: { "2026-10": 60_000 }, updatedAt: "2026-10-01T09:30:00.000Z" } }
      }
    }
  }
}

export const deleteTarget = { responses: { 204: { description: "Target deleted." } } }
