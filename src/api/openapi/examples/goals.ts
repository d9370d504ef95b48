const weights = { qualified: 10, viewing: 25, offer: 60, reserved: 85, under_contract: 95 }

export const getStageWeights = {
  responses: { 200: { description: "The weights, in percent.", examples: { weights: { value: weights } } } }
}

export const setStageWeights = {
  requests: { weights: { value: weights } },
  responses: { 200: { description: "The new weights.", examples: { weights: { value: weights } } } }
}
