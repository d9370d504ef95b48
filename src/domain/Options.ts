import { Schema } from "effect"
import { Role } from "./Caller.ts"

const Choice = Schema.Struct({ value: Schema.String, label: Schema.String }).annotate({ identifier: "Choice" })

export const Options = Schema.Struct({
  caller: Schema.Struct({ id: Schema.String, name: Schema.String, role: Role }),
  organization: Schema.Struct({
    id: Schema.String,
    name: Schema.String,
    timeZone: Schema.String,
    weekStart: Schema.Int,
    currency: Schema.String
  }),
  people: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String, hasLeft: Schema.Boolean })),
  tags: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String, color: Schema.String })),
  sources: Schema.Array(Choice),
  statuses: Schema.Array(Choice)
}).annotate({ identifier: "Options" })
export type Options = typeof Options.Type
