import { Schema } from "effect"
import { Layout } from "./Layout.ts"
import { Text } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"

export const DesignRequest = Schema.Struct({
  prompt: Text({ minimum: 1, maximum: 2_000 }).annotateKey({
    description: "The wish in plain words. English, Spanish, and German are searched best."
  })
}).annotate({
  identifier: "DesignRequest"
})

export const Draft = Schema.Struct({
  title: Schema.String,
  description: Schema.NullOr(Schema.String),
  layout: Layout,
  defaultTimeframe: TimeframeRequest
}).annotate({
  identifier: "Draft",
  description: "A report that is not stored. `POST /crm-reports` accepts it."
})
export type Draft = typeof Draft.Type

export const Design = Schema.Struct({
  draft: Draft,
  by: Schema.Literals(["model", "search"]).annotateKey({
    description: "`model`: a language model made the draft. `search`: the words were searched in the catalog."
  }),
  understood: Schema.Array(Schema.String).annotateKey({
    description: "The cards of the draft and its timeframe, in words."
  }),
  notUnderstood: Schema.Array(Schema.String).annotateKey({
    description: "At most 20 words or parts of the wish that are not in the draft."
  }),
  notes: Schema.Array(Schema.String).annotateKey({
    description: "Sentences for display, such as why no model made the draft."
  })
}).annotate({ identifier: "Design" })
export type Design = typeof Design.Type
