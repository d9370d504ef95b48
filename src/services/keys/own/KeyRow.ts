import type { Effect } from "effect"
import type { ApiKey, KeyId } from "../../../domain/ApiKey.ts"
import type { OrgId, UserId } from "../../../domain/Ids.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"

export interface KeyRow extends ApiKey {
  readonly organizationId: OrgId
  readonly hash: string
}

export interface NewKey extends Pick<KeyRow, "organizationId" | "id" | "name" | "scopes" | "createdBy" | "hash"> {
  readonly expiresInDays: number
}

export interface KeyRows {
  /** `insert` also deletes the expired keys of the organization. */
  insert(key: NewKey): Effect.Effect<ApiKey, Unreachable>
  list(organizationId: OrgId, createdBy: UserId | undefined): Effect.Effect<ReadonlyArray<ApiKey>, Unreachable>
  find(organizationId: OrgId, id: KeyId): Effect.Effect<KeyRow | undefined, Unreachable>
  remove(organizationId: OrgId, id: KeyId, createdBy: UserId | undefined): Effect.Effect<boolean, Unreachable>
}
