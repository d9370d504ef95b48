import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import { DateTime, Duration, Effect, Exit, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { demoTables } from "../../src/data/demo.ts"
import { costa } from "../../src/data/demoOrganizations.ts"
import { saveDemoReports } from "../../src/data/demoReports.ts"
import { seed, seedIfEmpty } from "../../src/data/seed.ts"
import * as Database from "../../src/services/database/Database.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { templates } from "../../src/templates.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { run } from "../support/commandLine.ts"
import { folderWithDatabase } from "../support/folderWithDatabase.ts"
import { freshDatabase, settingsOf } from "../support/Postgres.ts"
import { now } from "../support/randomTables.ts"
import { readTables, written } from "../support/readTables.ts"
import { caller } from "../support/TestApp.ts"

const page = { limit: 100, offset: 0 }

const onServer = <A, E>(use: (url: Redacted.Redacted) => Effect.Effect<A, E, SqlClient.SqlClient>) =>
  Effect.flatMap(freshDatabase, (url) => Effect.provide(use(url), Database.clientOf(settingsOf(url))))

const foreign = {
  add: Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* sql`INSERT INTO crm.organizations (organization_id, name) VALUES ('org_other', 'Other')`
    yield* sql`INSERT INTO crm.members (organization_id, user_id, name) VALUES ('org_other', 'user_x', 'X')`
  }),
  count: Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return (yield* sql`SELECT name FROM crm.members WHERE organization_id = 'org_other'`).length
  })
}

/** The numbers of reports of `org_demo` and of `org_harbor`. */
const savedReports = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const found =
    yield* sql`SELECT count(*)::int AS count FROM crm_reports GROUP BY organization_id ORDER BY organization_id`
  return found.map(({ count }) => count)
})

it.live(
  "an empty embedded database is seeded once, with reports in their order, and not at all if its reports cannot be saved",
  () =>
    Effect.gen(function*() {
      const dataFolder = yield* folderWithDatabase
      const embedded = { url: Option.none(), dataFolder, maxConnections: 1, connectFor: Duration.seconds(1) }
      yield* Effect.gen(function*() {
        assert.isTrue(Exit.isFailure(yield* Effect.exit(seedIfEmpty(Effect.void, Effect.fail("no")))))
        assert.isAbove(yield* seedIfEmpty(Effect.void, saveDemoReports), 40_000)
        assert.strictEqual(yield* seedIfEmpty(Effect.void, Effect.die("seeded twice")), 0)
        const { list } = yield* ReportRepo
        const { results } = yield* list(caller("member", "user_a", costa.organizationId), page)
        assert.deepStrictEqual(results.map(({ title }) => title), templates.map(({ title }) => title))
        assert.lengthOf(new Set(results.map(({ createdAt }) => DateTime.toEpochMillis(createdAt))), results.length)
        const sql = yield* SqlClient.SqlClient
        const [leads] = yield* sql`SELECT count(*)::int AS count FROM crm.leads`
        assert.strictEqual(leads?.["count"], 5_000)
      }).pipe(
        Effect.provide(ReportRepo.layerSql),
        Effect.provide([Database.layerOf(embedded), NodeServices.layer])
      )
    })
)

it.live("a second seed replaces the demo organizations and no other organization", () =>
  onServer(() =>
    Effect.gen(function*() {
      yield* foreign.add
      yield* seed({ seed: 1, now, leads: 600 }, Effect.void)
      yield* seed({ seed: 2, now, leads: 40 }, Effect.void)
      assert.strictEqual(yield* foreign.count, 1)
      const sql = yield* SqlClient.SqlClient
      yield* sql`DELETE FROM crm.organizations WHERE organization_id = 'org_other'`
      yield* sql`DELETE FROM crm.members WHERE organization_id = 'org_other'`
      assert.deepStrictEqual(written(yield* readTables), written(demoTables({ seed: 2, now, leads: 40 })))
    })
  ))

it.live("the demo data that a first start writes has a call of the last two days", () =>
  onServer(() =>
    Effect.gen(function*() {
      yield* seedIfEmpty(Effect.void, Effect.void).pipe(fixedClock(now))
      const sql = yield* SqlClient.SqlClient
      const [calls] = yield* sql`SELECT max(started_at) AS latest FROM crm.calls`
      const latest = calls?.["latest"]
      assert.isTrue(latest instanceof Date && latest.getTime() <= now && latest.getTime() > now - 2 * 86_400_000)
    })
  ))

it.live("the seed command prints the numbers of leads and rows that it wrote", () =>
  onServer((url) =>
    Effect.gen(function*() {
      const args = ["seed", "--leads", "30", "--seed", "9", "--now", "2024-03-31T10:30:00Z"]
      const ended = yield* run(args, { DATABASE_URL: Redacted.value(url) })
      assert.match(ended.out, /^Seeded 30 leads, \d+ rows in all, in [\dms ]+\n$/)
      assert.strictEqual(ended.err, "")
      assert.strictEqual(ended.code, 0)
      assert.deepStrictEqual(written(yield* readTables), written(demoTables({ seed: 9, now, leads: 30 })))
      assert.deepStrictEqual(yield* savedReports, [6, 6])
    })
  ))

it.live("the seed command saves the demo reports of an organization once, and keeps other reports", () =>
  onServer((url) =>
    Effect.gen(function*() {
      const seedAgain = run(["seed", "--leads", "2"], { DATABASE_URL: Redacted.value(url) })
      yield* seedAgain
      const sql = yield* SqlClient.SqlClient
      yield* sql`DELETE FROM crm_reports WHERE organization_id = 'org_demo' AND title <> 'Pipeline'`
      yield* sql`DELETE FROM crm_reports WHERE organization_id = 'org_harbor'`
      yield* seedAgain
      assert.deepStrictEqual(yield* savedReports, [1, 6])
    })
  ))

it.live("the seed command refuses --leads 0 and asks for a number of at least 1", () =>
  Effect.gen(function*() {
    const ended = yield* run(["seed", "--leads", "0"], {})
    assert.include(ended.out + ended.err, "a number of at least 1")
    assert.strictEqual(ended.code, 1)
  }))

it.live("the seed command refuses a database with other organizations, and fills it with --yes", () =>
  onServer((url) =>
    Effect.gen(function*() {
      yield* foreign.add
      const env = { DATABASE_URL: Redacted.value(url) }
      const refused = yield* run(["seed", "--leads", "2"], env)
      assert.strictEqual(refused.code, 1)
      assert.match(
        refused.err,
        /^crm-reports: the database has other organizations than the demo's, such as org_other, .+ npm run seed -- --yes\n$/
      )
      assert.deepStrictEqual(yield* savedReports, [])
      assert.strictEqual((yield* run(["seed", "--leads", "2", "--yes"], env)).code, 0)
      assert.deepStrictEqual([yield* savedReports, yield* foreign.count], [[6, 6], 1])
    })
  ))

it.live("the seed command refuses a database of production, and fills it with --yes", () =>
  onServer((url) =>
    Effect.gen(function*() {
      const env = { DATABASE_URL: Redacted.value(url), NODE_ENV: "production" }
      const refused = yield* run(["seed", "--leads", "2"], env)
      assert.strictEqual(refused.code, 1)
      assert.match(refused.err, /^crm-reports: with NODE_ENV=production .+: if you mean it, npm run seed -- --yes\n$/)
      assert.deepStrictEqual(yield* savedReports, [])
      assert.strictEqual((yield* run(["seed", "--leads", "2", "--yes"], env)).code, 0)
    })
  ))
