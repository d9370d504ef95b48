import { defaultKeyDays } from "../../domain/ApiKey.ts"
import type { JsonObject } from "./jsonTree.ts"

const dateTime = (description: string): JsonObject => ({ format: "date-time", description })
const text = (description: string): JsonObject => ({ description })

const keyProperties = {
  createdBy: text("User id. The key acts as this person."),
  createdAt: dateTime("Time of creation."),
  expiresAt: dateTime(
    "Null: the key does not expire. Only keys that were made at Clerk or by an older version have null."
  )
}

export const keyDescriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  ApiKey: keyProperties,
  CreatedKey: {
    ...keyProperties,
    secret: text("Send it as `Authorization: Bearer <secret>`. It is not shown again.")
  },
  CreateKey: {
    name: text("Text for display."),
    scopes: text("What the key may do. `reports:write` and `snapshots:write` do not include `reports:read`."),
    expiresInDays: text(`Default: ${defaultKeyDays}.`)
  }
}
