import { Context, Schema } from "effect"
import type { KeyScope } from "./ApiKey.ts"
import type { OrgId, UserId } from "./Ids.ts"

export const Role = Schema.Literals(["admin", "member"])
export type Role = typeof Role.Type

export interface Caller {
  readonly organizationId: OrgId
  readonly userId: UserId
  readonly role: Role
  readonly scopes?: ReadonlyArray<KeyScope>
}

/** A session has no key scopes and may do everything. With `session`, keys are refused. */
export const hasScope = ({ scopes }: Caller, needed: KeyScope | "session"): boolean =>
  scopes === undefined || (needed !== "session" && scopes.includes(needed))

export class CurrentCaller extends Context.Service<CurrentCaller, Caller>()("crm-reports/domain/CurrentCaller") {}
