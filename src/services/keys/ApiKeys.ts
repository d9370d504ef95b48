import { Context, Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import { FetchHttpClient } from "effect/http"
import { CircuitBreaker } from "effect/persistence"
import {
  type ApiKey,
  type CreatedKey,
  type CreateKey,
  type KeyId,
  type KeyNotFound,
  KeysNotConfigured
} from "../../domain/ApiKey.ts"
import type { Caller, Role } from "../../domain/Caller.ts"
import type { OrgId, UserId } from "../../domain/Ids.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { type ClerkAccess, clerkApi } from "./clerk/clerkApi.ts"
import { clerkKeys } from "./clerk/clerkKeys.ts"
import { memoryKeyRows } from "./own/memory.ts"
import { ownKeys } from "./own/ownKeys.ts"
import { sqlKeyRows } from "./own/sql.ts"

type Refused = KeysNotConfigured | Unreachable

/** A key has the current role of the person who made it. */
export class ApiKeys extends Context.Service<ApiKeys, {
  /** If it is true, a change sends HTTP requests, and no transaction should wait for them. */
  readonly areAtClerk?: true
  create(caller: Caller, request: CreateKey): Effect.Effect<CreatedKey, Refused>
  /** Returns the valid keys of the caller, and for an admin all valid keys of the organization. */
  list(caller: Caller): Effect.Effect<ReadonlyArray<ApiKey>, Refused>
  revoke(caller: Caller, id: KeyId): Effect.Effect<void, KeyNotFound | Refused>
  /** Returns undefined if the key is unknown, revoked or expired, or if its maker is not a member. */
  callerOf(secret: string): Effect.Effect<Caller | undefined, Unreachable>
  /** Returns the current role of a person, or undefined if the person is not a member. */
  roleOf(organizationId: OrgId, userId: UserId): Effect.Effect<Role | undefined, Refused>
  /** Returns the verified e-mail address of a person, or undefined if there is none. */
  addressOf(organizationId: OrgId, userId: UserId): Effect.Effect<string | undefined, Refused>
}>()("crm-reports/services/keys/ApiKeys") {
  static readonly layerClerk = (access: ClerkAccess) =>
    Layer.effect(ApiKeys, Effect.flatMap(clerkApi(access), clerkKeys)).pipe(
      Layer.provide([FetchHttpClient.layer, CircuitBreaker.layerStoreMemory()])
    )

  static readonly layerSql = Layer.effect(ApiKeys, Effect.flatMap(sqlKeyRows, ownKeys)).pipe(
    Layer.provide(SecureRandom.layerWebCrypto)
  )

  static readonly layerMemory = Layer.effect(ApiKeys, Effect.flatMap(memoryKeyRows, ownKeys)).pipe(
    Layer.provide(SecureRandom.layerWebCrypto)
  )

  static readonly layerNotConfigured = Layer.succeed(ApiKeys, {
    create: () => Effect.fail(new KeysNotConfigured()),
    list: () => Effect.fail(new KeysNotConfigured()),
    revoke: () => Effect.fail(new KeysNotConfigured()),
    callerOf: () => Effect.succeed(undefined),
    roleOf: () => Effect.fail(new KeysNotConfigured()),
    addressOf: () => Effect.fail(new KeysNotConfigured())
  })
}
