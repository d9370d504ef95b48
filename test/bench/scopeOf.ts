import { OrgId, UserId } from "../../src/domain/Ids.ts"
import type { Scope } from "../../src/domain/Scope.ts"
import { organizationId } from "./widgets.ts"

export const scopeOf = (people: ReadonlyArray<string>): Scope => ({
  organization: {
    organizationId: OrgId.make(organizationId),
    timeZone: "Europe/Madrid",
    weekStart: 1,
    currency: "EUR"
  },
  kind: "members",
  people: people.map((id) => ({ userId: UserId.make(id), name: id, hasLeft: false }))
})
