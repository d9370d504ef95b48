import { Duration, Effect, Layer, Option } from "effect"
import { Config } from "../Config.ts"
import { costa, demoOrganizations } from "../data/demoOrganizations.ts"
import { keptPeople, mostKnown, type Organization, peopleInDatabase } from "../data/people.ts"
import { counted } from "../domain/counted.ts"
import { DevelopmentPeople } from "../http/authentication/DevelopmentSignIn.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"
import * as Database from "../services/database/Database.ts"
import { Roles } from "../services/keys/own/ownKeys.ts"

const ofServer = Effect.gen(function*() {
  const url = yield* Config.databaseUrl
  const dataFolder = yield* Config.dataFolder
  const database = Database.clientOf({ url, dataFolder, maxConnections: 1, connectFor: Duration.seconds(1) })
  return yield* Effect.provide(peopleInDatabase, database)
})

export const knownPeople = Effect.gen(function*() {
  const isServer = Option.isSome(yield* Config.databaseUrl)
  return yield* (isServer ? ofServer : keptPeople)
}).pipe(Effect.option, Effect.map(Option.getOrUndefined))

export const roleInDemo = (organizationId: string, userId: string) =>
  demoOrganizations
    .find((organization) => organization.organizationId === organizationId)
    ?.people.find((person) => person.userId === userId)?.role

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

const mostListed = 30

const listed = ({ name, organizationId, people }: Organization): ReadonlyArray<string> => [
  `${organizationId} (${name})`,
  ...people.slice(0, mostListed).map((person) =>
    ["", person.userId, roleInDemo(organizationId, person.userId), person.name].filter((part) => part !== undefined)
      .join("  ")
  ),
  ...(people.length > mostListed ? [`  and ${people.length - mostListed} more`] : []),
  ...(people.length === 0 ? ["  nobody: import a members file"] : [])
]

export const peopleList = (organizations: ReadonlyArray<Organization> | undefined): string => {
  const found = organizations ?? demoOrganizations
  const title = organizations === undefined
    ? "The people of the demo data, which the first start makes:"
    : "The people in the database:"
  const others = found.length - mostListed
  const more = others > 0 ? [`and ${counted(others, "more organization", "more organizations")}`] : []
  const lines = found.slice(0, mostListed).flatMap(listed)
  return [title, ...lines, ...more].join("\n")
}

export const unknownPerson = (
  organizations: ReadonlyArray<Organization> | undefined,
  organizationId: string,
  userId: string
): string | undefined => {
  if (organizations === undefined) return undefined
  const organization = organizations.find((one) => one.organizationId === organizationId)
  if (organization === undefined) {
    if (organizations.length >= mostKnown) return undefined
    return `${organizationId} is no organization of the database, so every number of this token is 0 or empty`
  }
  if (organization.people.length >= mostKnown) return undefined
  if (organization.people.some((person) => person.userId === userId)) return undefined
  return `${userId} is not a member of ${organizationId} in the database, so this token may count no rows`
}
