import type { JsonObject } from "./jsonTree.ts"

export const goalDescriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  StageWeights: {
    "": {
      description:
        "The weight of each stage, in percent from 0 to 100 with at most two decimals. A stage that is absent has no weight."
    }
  }
}
