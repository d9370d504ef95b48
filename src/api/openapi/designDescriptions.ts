import type { JsonObject } from "./jsonTree.ts"

export const designDescriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  DesignRequest: { prompt: { description: "The wish in plain words. English and German are searched best." } },
  Draft: { "": { description: "A report that is not stored. `POST /crm-reports` accepts it." } },
  Design: {
    by: { description: "`model`: a language model made the draft. `search`: the words were searched in the catalog." },
    understood: { description: "The cards of the draft and its timeframe, in words." },
    notUnderstood: {
      description:
        "At most 20 words or parts of the wish that are not in the draft. An unsupported grouping may be missing in it."
    },
    notes: { description: "Sentences for display, such as why no model made the draft." }
  }
}
