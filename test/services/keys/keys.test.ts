import { assert, layer } from "@effect/vitest"
import { Clock, Context, Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import type { Role } from "../../../src/domain/Caller.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { Roles } from "../../../src/services/keys/own/ownKeys.ts"
import { keyCases, SetRole } from "../../conformance/keyCases.ts"
import { Passing } from "../../conformance/Passing.ts"
import { clerkSecret, fakeClerk } from "../../support/FakeClerk.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { caller } from "../../support/TestApp.ts"

const settableRoles = Layer.effectContext(Effect.sync(() => {
  const roles = new Map<string, Role | undefined>()
  return Context.make(Roles, {
    of: (organizationId, userId) => Effect.sync(() => roles.get(`${organizationId} ${userId}`))
  }).pipe(
    Context.add(SetRole, {
      of: ({ organizationId, userId }, role) => Effect.sync(() => void roles.set(`${organizationId} ${userId}`, role))
    })
  )
}))

const inMemory = ApiKeys.layerMemory.pipe(
  Layer.provide(Admission.unlimited),
  Layer.provideMerge(settableRoles),
  Layer.merge(Passing.layerMemory)
)

const inSql = Layer.merge(ApiKeys.layerSql, Passing.layerSql).pipe(
  Layer.provide(Admission.unlimited),
  Layer.provideMerge(settableRoles),
  Layer.provideMerge(postgresTest)
)

/** The fake Clerk uses the test clock. */
const atClerk = Layer.unwrap(Effect.gen(function*() {
  const clock = yield* Clock.Clock
  const clerk = yield* fakeClerk(() => clock.currentTimeMillisUnsafe())
  const setRole = Layer.succeed(SetRole, {
    of: ({ organizationId, userId }, role) => Effect.sync(() => clerk.setRole(organizationId, userId, role))
  })
  return Layer.mergeAll(
    ApiKeys.layerClerk({ apiUrl: clerk.apiUrl, secretKey: Redacted.make(clerkSecret) }).pipe(
      Layer.provide(Admission.unlimited)
    ),
    setRole,
    Passing.layerMemory
  )
}))

layer(inMemory)("keys in memory", (it) => {
  it.effect.each(keyCases)("%s", ([, act]) => act)
})

layer(inSql, { excludeTestServices: true })("keys in PostgreSQL", (it) => {
  it.effect.each(keyCases)("%s", ([, act]) => act)

  it.effect("the table of keys contains no secret", () =>
    Effect.gen(function*() {
      const keys = yield* ApiKeys
      const sql = yield* SqlClient.SqlClient
      const { secret } = yield* keys.create(caller("member", "ana"), { name: "x", scopes: ["reports:read"] })
      const rows = JSON.stringify(yield* sql`SELECT * FROM crm_report_keys`)
      assert.notInclude(rows, secret.split(".")[2] ?? secret)
    }))
})

layer(atClerk)("keys at Clerk", (it) => {
  it.effect.each(keyCases)("%s", ([, act]) => act)
})
