import { Console, Effect, Option, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import { Misconfigured } from "../Config.ts"
import { Role } from "../domain/Caller.ts"
import { OrgId, UserId } from "../domain/Ids.ts"
import { Name } from "../http/authentication/callerFromClaims.ts"
import { DevelopmentSignIn } from "../http/authentication/DevelopmentSignIn.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"
import { knownPeople, peopleList, roleInDemo, unknownPerson } from "./knownPeople.ts"

const isName = Schema.is(Name)

const id = (name: string, description: string, byDefault: string) =>
  Flag.String(name).pipe(
    Flag.withDescription(description),
    Flag.withDefault(byDefault),
    Flag.filter(isName, () => "1 to 255 characters")
  )

const flags = {
  org: id("org", "The organization of the session", "org_demo"),
  user: id("user", "The person who is signed in", "user_ana"),
  role: Flag.Literals("role", Role.literals).pipe(
    Flag.withDescription("The person's role; by default that of the demo data, and member for everybody else"),
    Flag.optional
  )
}

const commandFor = (people: Effect.Success<typeof knownPeople>) =>
  Command.make(
    "token",
    flags,
    Effect.fnUntraced(function*({ org, role, user }) {
      if (Option.isSome(yield* signInSettings)) {
        return yield* Misconfigured.because("this service signs people in with Clerk, so it makes no tokens of its own")
      }
      const problem = unknownPerson(people, org, user)
      if (problem !== undefined) {
        yield* Console.error(`crm-reports: ${problem}; npm run -s token -- --help lists people`)
      }
      const signIn = yield* DevelopmentSignIn
      const signed = yield* signIn.tokenFor({
        organizationId: OrgId.make(org),
        userId: UserId.make(user),
        role: Option.getOrElse(role, () => roleInDemo(org, user) ?? "member")
      })
      yield* Console.log(signed)
    }, Effect.provide(DevelopmentSignIn.layer))
  ).pipe(
    Command.withShortDescription("Print a session token of the development sign-in"),
    Command.withDescription(`Print a session token of the development sign-in.\n\n${peopleList(people)}`),
    Command.withExamples([
      { command: "npm run -s token", description: "Sign in as the admin Ana of the demo data" },
      {
        command: "npm run -s token -- --org org_acme --user user_mia --role admin",
        description: "Sign in as an admin of an imported organization"
      }
    ])
  )

export const token = (args: ReadonlyArray<string>) =>
  Effect.map(args[0] === "token" ? knownPeople : Effect.succeed(undefined), commandFor)
