import { Effect, Layer, Option } from "effect"
import { costa } from "../data/demoOrganizations.ts"
import { peopleInDatabase } from "../data/people.ts"
import { DevelopmentPeople } from "../http/authentication/DevelopmentSignIn.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"
import { Roles } from "../services/keys/Roles.ts"
import { roleInDemo } from "./knownPeople.ts"

/** CRM tables contain no roles, so people outside the demo organizations sign in as admins. */
export const developmentPeople = Layer.effect(
  DevelopmentPeople,
  Effect.gen(function*() {
    if (Option.isSome(yield* signInSettings)) return []
    const organizations = (yield* peopleInDatabase).map(({ name, organizationId, people }) => ({
      organizationId,
      name,
      people: people.map((person) => ({ ...person, role: roleInDemo(organizationId, person.userId) ?? "admin" }))
    }))
    const isDemo = ({ organizationId }: { readonly organizationId: string }) => organizationId === costa.organizationId
    return [...organizations.filter(isDemo), ...organizations.filter((organization) => !isDemo(organization))]
  })
)

/** Keys of people outside the demo organizations act as members. */
export const developmentRoles = Layer.succeed(Roles, {
  of: (organizationId, userId) => Effect.succeed(roleInDemo(organizationId, userId) ?? "member")
})
