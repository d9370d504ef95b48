import { Effect, Layer } from "effect"
import { Roles } from "../services/keys/Roles.ts"
import { roleInDemo } from "./knownPeople.ts"

/** Keys of people outside the demo organizations act as members. */
export const developmentRoles = Layer.succeed(Roles, {
  of: (organizationId, userId) => Effect.succeed(roleInDemo(organizationId, userId) ?? "member")
})
