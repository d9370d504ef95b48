import { Context, type Effect } from "effect"
import type { Role } from "../../domain/Caller.ts"
import type { OrgId, UserId } from "../../domain/Ids.ts"

export class Roles extends Context.Service<Roles, {
  of(organizationId: OrgId, userId: UserId): Effect.Effect<Role | undefined>
}>()("crm-reports/services/keys/Roles") {}
