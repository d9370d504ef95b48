import { Schema } from "effect"
import { Layout } from "./Layout.ts"
import { Text } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"

export const DesignRequest = Schema.Struct({ prompt: Text({ minimum: 1, maximum: 2_000 }) }).annotate({
  identifier: "DesignRequest"
})

/** `POST /crm-reports` accepts a draft as it is. */
export const Draft = Schema.Struct({
  title: Schema.String,
  description: Schema.NullOr(Schema.String),
  layout: Layout,
  defaultTimeframe: TimeframeRequest
}).annotate({ identifier: "Draft" })
export type Draft = typeof Draft.Type

export const Design = Schema.Struct({
  draft: Draft,
  by: Schema.Literals(["model", "search"]),
  understood: Schema.Array(Schema.String),
  notUnderstood: Schema.Array(Schema.String),
  notes: Schema.Array(Schema.String)
}).annotate({ identifier: "Design" })
export type Design = typeof Design.Type
