import { Schema } from "effect"
import { Role } from "./Caller.ts"

const Choice = Schema.Struct({ value: Schema.String, label: Schema.String }).annotate({ identifier: "Choice" })

export const Options = Schema.Struct({
  caller: Schema.Struct({ id: Schema.String, name: Schema.String, role: Role }).annotateKey({
    description: "The signed-in person. For a key: the person who made it."
  }),
  organization: Schema.Struct({
    id: Schema.String,
    name: Schema.String,
    timeZone: Schema.String,
    weekStart: Schema.Int,
    currency: Schema.String
  }).annotateKey({ description: "Defaults for timeframes and amounts of money." }),
  people: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String, hasLeft: Schema.Boolean })).annotateKey({
    description: "The people whom the caller may select."
  }),
  tags: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String, color: Schema.String })).annotateKey({
    description:
      "Tags of the leads that these people see, without archived ones. `color` is a word that the CRM stores, such as `teal`."
  }),
  sources: Schema.Array(Choice).annotateKey({ description: "Sources of the leads that these people see." }),
  statuses: Schema.Array(Choice).annotateKey({ description: "Statuses of the leads that these people see." })
}).annotate({ identifier: "Options" })
export type Options = typeof Options.Type

const Reader = Schema.Struct({ id: Schema.String, name: Schema.String }).annotate({ identifier: "Reader" })

export const Readers = Schema.Struct({ results: Schema.Array(Reader) }).annotate({
  identifier: "Readers",
  description: "The members of the organization who have not left, by name."
})
export type Readers = typeof Readers.Type
