import { Effect, Layer } from "effect"
import { Roles } from "../services/keys/Roles.ts"
import { roleInDemo } from "./knownPeople.ts"

/** The CRM tables contain no roles, so the keys of everybody outside the demo data act as members. */
export const developmentRoles = Layer.succeed(Roles, {
  of: (organizationId, userId) => Effect.succeed(roleInDemo(organizationId, userId) ?? "member")
})
