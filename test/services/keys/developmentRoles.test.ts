import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { developmentRoles } from "../../../src/commands/knownPeople.ts"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import { Roles } from "../../../src/services/keys/own/ownKeys.ts"

it.effect("with the development sign-in, a key has the role of its person in the demo data, or else the role member", () =>
  Effect.gen(function*() {
    const roles = yield* Roles
    const of = (organization: string, user: string) => roles.of(OrgId.make(organization), UserId.make(user))
    assert.deepStrictEqual(
      [yield* of("org_demo", "user_ana"), yield* of("org_demo", "user_bea"), yield* of("org_acme", "user_mia")],
      ["admin", "member", "member"]
    )
  }).pipe(Effect.provide(developmentRoles)))
