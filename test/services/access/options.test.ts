import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../../src/data/writeTables.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { lead, member, noTables, time } from "../../../src/testing/rows.ts"
import { asOf, hot, vip } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { caller } from "../../support/TestApp.ts"

const cold = "00000000-0000-4000-8000-00000000000c"
const organizationId = "org"
const tag = (tagId: string, name: string, archivedAt: number | null = null) => ({
  organizationId,
  tagId,
  name,
  color: "slate",
  archivedAt
})

const tables = {
  ...noTables,
  organizations: [
    { organizationId, name: "The organization", timeZone: "Europe/Madrid", weekStart: 7, currency: "USD" },
    { organizationId: "rival", name: "Rival", timeZone: "Asia/Tokyo", weekStart: 1, currency: "JPY" }
  ],
  members: [
    member("bo", "Bo", time("2024-03-01")),
    member("ana", "Ana"),
    member("", "Nobody's id"),
    member("eve", "Eve"),
    member("zoe", "Zoe", time("2024-05-18"))
  ],
  tags: [tag(hot, "Hot"), tag(vip, "VIP", time("2024-05-01")), tag(cold, "Cold", time("2024-06-01"))],
  leads: [
    lead("of ana", "2024-05-02", { tagIds: [hot, vip], source: "web", status: "client" }),
    lead("of bo for ana", "2024-05-02", { ownerId: "bo", assigneeIds: ["ana"], tagIds: [cold], source: "ads" }),
    lead("of bo", "2024-05-02", { ownerId: "bo", source: "portal", status: "never heard of" }),
    lead("of bo, from afar", "2024-05-02", { ownerId: "bo", source: "über" }),
    lead("of bo, from nowhere", "2024-05-02", { ownerId: "bo", source: null }),
    lead("of nobody", "2024-05-02", { ownerId: null, source: "hidden", status: "client" }),
    lead("elsewhere", "2024-05-02", { organizationId: "rival", source: "theirs", status: "client" })
  ]
}

const answers = Effect.gen(function*() {
  const options = yield* BuilderOptions
  return {
    member: yield* options.of(caller("member", "ana")),
    admin: yield* options.of(caller("admin", "ana")),
    stranger: yield* options.of(caller("member", "new")),
    elsewhere: yield* options.of(caller("admin", "ana", "empty"))
  }
}).pipe(fixedClock(asOf))

layer(postgresTest, { excludeTestServices: true })("builder options", (it) => {
  it.effect("SQL and memory give equal builder options for members and admins", () =>
    Effect.gen(function*() {
      yield* writeTables(tables)
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE crm.members SET left_at = '294276-12-31' WHERE user_id = 'eve'`
      const found = yield* Effect.provide(answers, BuilderOptions.layerSql)
      assert.deepStrictEqual(found, yield* Effect.provide(answers, BuilderOptions.layerMemory(tables)))
      const organization = {
        id: "org",
        name: "The organization",
        timeZone: "Europe/Madrid",
        weekStart: 7,
        currency: "USD"
      }
      assert.deepStrictEqual(found.admin.organization, organization)
      assert.deepStrictEqual(found.admin.caller, { id: "ana", name: "Ana", role: "admin" })
      assert.deepStrictEqual(found.member, {
        caller: { id: "ana", name: "Ana", role: "member" },
        organization,
        people: [{ id: "ana", name: "Ana", hasLeft: false }],
        tags: [{ id: cold, name: "Cold", color: "slate" }, { id: hot, name: "Hot", color: "slate" }],
        sources: [{ value: "ads", label: "Ads" }, { value: "web", label: "Web" }],
        statuses: [{ value: "lead", label: "New" }, { value: "client", label: "Client" }]
      })
      assert.deepStrictEqual(found.admin.people.map(({ hasLeft, id }) => [id, hasLeft]), [
        ["ana", false],
        ["bo", true],
        ["eve", false],
        ["", false],
        ["zoe", false]
      ])
      assert.deepStrictEqual(found.admin.sources, [
        { value: "ads", label: "Ads" },
        { value: "hidden", label: "Hidden" },
        { value: "portal", label: "Portal" },
        { value: "web", label: "Web" },
        { value: "über", label: "über" },
        { value: "~none", label: "Unknown" }
      ])
      assert.deepStrictEqual(found.admin.statuses.map(({ value }) => value), ["lead", "client", "never heard of"])
      assert.deepStrictEqual(found.elsewhere.organization, {
        id: "empty",
        name: "empty",
        timeZone: "UTC",
        weekStart: 1,
        currency: "EUR"
      })
      assert.deepStrictEqual(found.stranger, {
        caller: { id: "new", name: "new", role: "member" },
        organization,
        people: [{ id: "new", name: "new", hasLeft: false }],
        tags: [],
        sources: [],
        statuses: []
      })
    }))
})
