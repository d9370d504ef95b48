import { Schema } from "effect"
import { Failure } from "./Failure.ts"
import { UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { oneOf, Text } from "./Text.ts"

export const KeyScope = oneOf("KeyScope", ["reports:read", "reports:write", "snapshots:write", "design"])
export type KeyScope = typeof KeyScope.Type

/** These characters need no escaping in a path. */
export const KeyId = Schema.String.check(
  Schema.isPattern(/^[A-Za-z0-9_-]{1,64}$/u, { message: "must have 1 to 64 letters, digits, `-` or `_`" })
).pipe(Schema.brand("KeyId"))
export type KeyId = typeof KeyId.Type

const maxKeyDays = 365
export const defaultKeyDays = 90
export const maxListedKeys = 1_000

export const CreateKey = Schema.Struct({
  name: Text({ minimum: 1, maximum: 120 }).annotateKey({ description: "Text for display." }),
  scopes: Schema.Array(KeyScope).check(Schema.isMinLength(1), Schema.isMaxLength(KeyScope.literals.length))
    .annotateKey({
      description: "What the key may do. `reports:write` and `snapshots:write` do not include `reports:read`."
    }),
  expiresInDays: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxKeyDays })))
    .annotateKey({ description: `Default: ${defaultKeyDays}.` })
}).annotate({ identifier: "CreateKey" })
export type CreateKey = typeof CreateKey.Type

const fields = {
  id: KeyId,
  name: Schema.String,
  scopes: Schema.Array(KeyScope),
  createdBy: UserId.annotateKey({ description: "User id. The key acts as this person." }),
  createdAt: instant("Time of creation."),
  expiresAt: Schema.NullOr(Schema.DateTimeUtcFromString).annotateKey({
    format: "date-time",
    description: "Null: the key does not expire. Only keys that were made at Clerk or by an older version have null."
  })
}

export const ApiKey = Schema.Struct(fields).annotate({ identifier: "ApiKey" })
export type ApiKey = typeof ApiKey.Type

export const CreatedKey = Schema.Struct({
  ...fields,
  secret: Schema.String.annotateKey({
    description: "Send it as `Authorization: Bearer <secret>`. It is not shown again."
  })
}).annotate({ identifier: "CreatedKey" })
export type CreatedKey = typeof CreatedKey.Type

export const KeyList = Schema.Struct({ results: Schema.Array(ApiKey) }).annotate({ identifier: "KeyList" })

export class KeyNotFound extends Failure<KeyNotFound>()("KeyNotFound", {
  status: 404,
  code: "key_not_found",
  message: "There is no such key."
}) {}

export class KeysNotConfigured extends Failure<KeysNotConfigured>()("KeysNotConfigured", {
  status: 501,
  code: "keys_not_configured",
  message: "This service makes no keys: its setting CLERK_SECRET_KEY is missing."
}) {}

export const keyPrefix = "ak_"
