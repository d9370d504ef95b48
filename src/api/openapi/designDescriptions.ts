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

const ofReport: { readonly [property: string]: JsonObject } = {
  ownerId: { description: "User id of the creator." },
  snapshotCount: { description: "Number of its snapshots that the caller may read." },
  createdAt: { format: "date-time", description: "Time of creation." },
  updatedAt: { format: "date-time", description: "Time of the last change." }
}

export const reportDescriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  Report: ofReport,
  ReportSummary: {
    "": { description: "A report without its layout." },
    ...ofReport,
    widgetCount: { description: "Number of the widgets in its layout." }
  }
}
