import { assert, describe, expect, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../../src/data/writeTables.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import { withAccessQuery } from "../../../src/services/access/accessQuery.ts"
import { accessQueryFor, Organizations, type Selected } from "../../../src/services/access/Organizations.ts"
import { member, noTables, time } from "../../../src/testing/rows.ts"
import { people, statementOf, thisMonth } from "../../proof/statements.ts"
import { postgresTest } from "../../support/Postgres.ts"

const org = OrgId.make("org")
const unheardOf = OrgId.make("members came first")

const members = [member("ana", "Ana"), member("bo", "Bo", time("2024-03-01T09:30"))]
const tables = {
  ...noTables,
  organizations: [{ organizationId: org, name: "Org", timeZone: "Asia/Kolkata", weekStart: 7, currency: "INR" }],
  members: [...members, ...members.map((row) => ({ ...row, organizationId: unheardOf }))]
}

const asked: ReadonlyArray<Selected> = [["ana"], ["bo"], ["ana", "bo", "nobody"], ["nobody"], [], "everyone"]

const answersAbout = Effect.fnUntraced(function*(organizationId: OrgId) {
  const organizations = yield* Organizations
  const entries = yield* Effect.forEach(asked, (userIds) => organizations.lookUp(organizationId, userIds))
  return entries.map(({ members, organization: { currency, timeZone, weekStart } }) => ({
    organization: [timeZone, weekStart, currency],
    members: members.map(({ leftAt, name, userId }) => [String(userId), name, leftAt]).toSorted()
  }))
})

layer(postgresTest, { excludeTestServices: true })("members and settings of an organization", (it) => {
  it.effect("SQL and memory give equal members and settings, also for an organization without a row in crm.organizations", () =>
    Effect.gen(function*() {
      yield* writeTables(tables)
      const both = [org, unheardOf]
      const answers = Effect.forEach(both, answersAbout)
      const found = yield* Effect.provide(answers, Organizations.layerSql)
      assert.deepStrictEqual(found, yield* Effect.provide(answers, Organizations.layerMemory(tables)))
      const bo = ["bo", "Bo", time("2024-03-01T09:30")]
      assert.deepStrictEqual(found.map((answers) => answers[5]), found.map((answers) => answers[2]))
      assert.deepStrictEqual(found.map((answers) => answers[2]), [
        { organization: ["Asia/Kolkata", 7, "INR"], members: [["ana", "Ana", null], bo] },
        { organization: ["UTC", 1, "EUR"], members: [["ana", "Ana", null], bo] }
      ])
    }))

  it.effect("the digest of an organization changes only when its own members or settings change", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* writeTables(tables, { isUpdating: true })
      const organizations = yield* Organizations
      const digests = Effect.all([organizations.digest(org), organizations.digest(unheardOf)])
      const [before, other] = yield* digests
      const found: Array<string> = [before]
      for (const [column, value] of [["name", "'Anna'"], ["left_at", "now()"], ["user_id", "'anna'"]] as const) {
        yield* sql.unsafe(
          `UPDATE crm.members SET ${column} = ${value} WHERE organization_id = 'org' AND user_id = 'ana'`
        )
        found.push(yield* organizations.digest(org))
      }
      yield* sql`UPDATE crm.organizations SET time_zone = 'Asia/Tokyo' WHERE organization_id = ${org}`
      const [last, same] = yield* digests
      assert.strictEqual(new Set([...found, last]).size, 5)
      assert.strictEqual(same, other)
    }).pipe(Effect.provide(Organizations.layerSql)))

  it.effect("the fingerprint of the chosen members does not depend on the order of their rows", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* writeTables(tables, { isUpdating: true })
      const lookUp = sql.withTransaction(Effect.gen(function*() {
        yield* sql`SET LOCAL enable_indexscan = off`
        yield* sql`SET LOCAL enable_bitmapscan = off`
        yield* sql`DISCARD PLANS`
        return yield* (yield* Organizations).lookUp(org, ["ana", "bo"])
      }))
      const before = yield* lookUp
      yield* sql`DELETE FROM crm.members WHERE organization_id = ${org} AND user_id = 'ana'`
      yield* writeTables({
        ...noTables,
        organizations: [],
        members: [member("ana", "Ana", null, { organizationId: org })]
      })
      assert.strictEqual((yield* lookUp).fingerprint, before.fingerprint)
    }).pipe(Effect.provide(Organizations.layerSql)))
})

describe("the access query", () => {
  it("a widget's statement with the access query equals golden/gate.sql", async () => {
    const texts = [people(1), people(2), "everyone" as const].map((selected) => {
      const userIds = selected === "everyone" ? people(2) : selected
      const calls = statementOf({ id: "calls.by_outcome", groupBy: undefined, timeframe: thisMonth, userIds })
      return `${withAccessQuery(calls, accessQueryFor(org, selected)).text};\n`
    })
    await expect(texts.join("\n")).toMatchFileSnapshot("../../golden/gate.sql")
  })
})
