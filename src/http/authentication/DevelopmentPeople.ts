import { Context } from "effect"
import type { Role } from "../../domain/Caller.ts"

export interface DevelopmentOrganization {
  readonly organizationId: string
  readonly name: string
  readonly people: ReadonlyArray<{ readonly userId: string; readonly name: string; readonly role: Role }>
}

export class DevelopmentPeople extends Context.Service<DevelopmentPeople, ReadonlyArray<DevelopmentOrganization>>()(
  "crm-reports/http/authentication/DevelopmentPeople"
) {}
