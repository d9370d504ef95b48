import { Console, Effect, Option, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import { Misconfigured } from "../Config.ts"
import { demoOrganizations } from "../data/demoOrganizations.ts"
import { Role } from "../domain/Caller.ts"
import { OrgId, UserId } from "../domain/Ids.ts"
import { Name } from "../http/authentication/callerFromClaims.ts"
import { DevelopmentSignIn } from "../http/authentication/DevelopmentSignIn.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"

const people = demoOrganizations.map(({ name, organizationId, people }) =>
  [`${organizationId} (${name})`, ...people.map((one) => `  ${one.userId}  ${one.role}  ${one.name}`)].join("\n")
)

const knownRole = (organization: string, user: string) =>
  demoOrganizations
    .find(({ organizationId }) => organizationId === organization)
    ?.people.find(({ userId }) => userId === user)?.role ?? "member"

const isName = Schema.is(Name)

const id = (name: string, description: string, byDefault: string) =>
  Flag.String(name).pipe(
    Flag.withDescription(description),
    Flag.withDefault(byDefault),
    Flag.filter(isName, () => "1 to 255 characters")
  )

export const token = Command.make(
  "token",
  {
    org: id("org", "The organization to act in", "org_demo"),
    user: id("user", "Who to be", "user_ana"),
    role: Flag.Literals("role", Role.literals).pipe(
      Flag.withDescription("The role there; by default the one that the demo data says"),
      Flag.optional
    )
  },
  Effect.fnUntraced(function*({ org, role, user }) {
    if (Option.isSome(yield* signInSettings)) {
      return yield* new Misconfigured({
        problems: ["this service signs people in with Clerk: it makes no tokens of its own"]
      })
    }
    const signIn = yield* DevelopmentSignIn
    const signed = yield* signIn.tokenFor({
      organizationId: OrgId.make(org),
      userId: UserId.make(user),
      role: Option.getOrElse(role, () => knownRole(org, user))
    })
    yield* Console.log(signed)
  }, Effect.provide(DevelopmentSignIn.layer))
).pipe(
  Command.withShortDescription("Print a session token of the development sign-in"),
  Command.withDescription(
    `Print a session token of the development sign-in.\n\nThe people of the demo data:\n${people.join("\n")}`
  ),
  Command.withExamples([{
    command: "npm run -s token -- --org org_demo --user user_ana --role admin",
    description: "Be an admin"
  }])
)
