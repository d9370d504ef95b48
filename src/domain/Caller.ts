import { Context } from "effect"
import type { OrgId, UserId } from "./Ids.ts"

/** Who is asking, as the verified token says. */
export interface Caller {
  readonly organizationId: OrgId
  readonly userId: UserId
  readonly role: "admin" | "member"
}

export class CurrentCaller extends Context.Service<CurrentCaller, Caller>()("crm-reports/domain/CurrentCaller") {}
