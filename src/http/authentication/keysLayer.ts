import { Effect, Layer, Option } from "effect"
import { ApiKeys } from "../../services/keys/ApiKeys.ts"
import { Roles } from "../../services/keys/Roles.ts"
import { DevelopmentPeople } from "./DevelopmentPeople.ts"
import { type SignInSettings, signInSettings } from "./SignInSettings.ts"

const developmentRoles = Layer.effect(
  Roles,
  Effect.map(DevelopmentPeople, (organizations) => ({
    of: (organizationId, userId) =>
      Effect.succeed(
        organizations
          .find((organization) => organization.organizationId === organizationId)
          ?.people.find((person) => person.userId === userId)?.role
      )
  }))
)

const own = ApiKeys.layerSql.pipe(Layer.provide(developmentRoles))

const withClerk = ({ keys }: SignInSettings) =>
  keys === undefined ? ApiKeys.layerNotConfigured : ApiKeys.layerClerk(keys)

/** Clerk stores the keys; with the development sign-in, the service stores them. */
export const keysLayer = Layer.unwrap(
  Effect.map(
    signInSettings,
    Option.match({
      onNone: () => own,
      onSome: (settings): typeof own => withClerk(settings)
    })
  )
)
