import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../../src/domain/Ids.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { ask } from "../../support/ask.ts"
import { run } from "../../support/captured.ts"
import { admin } from "../../support/counted.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin, lookedAt, overSql, process, untilRead } from "../../support/replicas.ts"

const timeframe = { preset: "last_90d", bucket: "month" }

const asked = ask({
  caller: admin,
  request: {
    everyone: true,
    widgets: [
      { instanceId: "team", metricId: "team.leads_by_agent", chart: "bar", timeframe },
      { instanceId: "leads", metricId: "leads.created_over_time", chart: "line", timeframe }
    ]
  }
})

const changes: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ["a member got another name", [
    "UPDATE crm.members SET name = 'Anna' WHERE organization_id = 'org' AND user_id = 'ana'"
  ]],
  ["a member was added", ["INSERT INTO crm.members (organization_id, user_id, name) VALUES ('org', 'new', 'New')"]],
  ["a member left", [
    "UPDATE crm.members SET left_at = '2020-01-01' WHERE organization_id = 'org' AND user_id = 'new'"
  ]],
  ["a worker of logical replication deleted a member", [
    `DO $$ BEGIN
      SET LOCAL session_replication_role = replica;
      DELETE FROM crm.members WHERE organization_id = 'org' AND user_id = 'bo';
    END $$`
  ]],
  ["a member moved to another organization", [
    "UPDATE crm.members SET organization_id = 'elsewhere' WHERE organization_id = 'org' AND user_id = 'ana'"
  ]],
  ["the organization got another time zone", [
    "UPDATE crm.organizations SET time_zone = 'Asia/Kolkata' WHERE organization_id = 'org'"
  ]],
  ["the organization was deleted", ["DELETE FROM crm.organizations WHERE organization_id = 'org'"]],
  ["the members were truncated", ["TRUNCATE crm.members"]]
]

layer(postgresTest, { excludeTestServices: true })("access over a replica", (it) => {
  it.effect("a replica gets a new access version only after a change of the organization or its members", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const replicas = yield* Replicas
      yield* begin
      yield* untilRead
      const version = Effect.map(lookedAt(), () => replicas.accessVersion(OrgId.make("org")))
      const before = yield* version
      assert.isDefined(before)
      yield* sql`INSERT INTO crm.members (organization_id, user_id, name) VALUES ('other', 'ana', 'Ana')`
      yield* sql`UPDATE crm.leads SET source = 'web' WHERE organization_id = 'org'`
      assert.strictEqual(yield* version, before)
      yield* sql`UPDATE crm.members SET name = 'Anna' WHERE organization_id = 'org' AND user_id = 'ana'`
      assert.notStrictEqual(yield* version, before)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("the next run of an organization without a replica notices a deleted member", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      const before = yield* asked
      assert.deepStrictEqual(yield* asked, before)
      yield* sql`DELETE FROM crm.members WHERE organization_id = 'org' AND user_id = 'bo'`
      assert.notDeepEqual(yield* asked, before)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("the next run over a replica notices each change of the organization and its members", () =>
    Effect.gen(function*() {
      yield* begin
      yield* untilRead
      let last = yield* asked
      assert.deepStrictEqual(yield* asked, last)
      for (const [change, statements] of changes) {
        yield* run(statements)
        const next = yield* asked
        assert.notDeepEqual(next, last, change)
        assert.deepStrictEqual(next, yield* Effect.provide(asked, overSql), change)
        last = next
      }
    }).pipe(Effect.provide(process()), fixedClock(asOf)))
})
