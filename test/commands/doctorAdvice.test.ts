import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Redacted } from "effect"
import { join } from "node:path"
import { database } from "../../src/commands/doctor/database.ts"
import { localUrl } from "../../src/commands/doctor/port.ts"
import { run, runProcess } from "../support/commandLine.ts"
import { examined, healthy, inDatabase, keys } from "../support/doctor.ts"
import { temporaryFolder } from "../support/folder.ts"
import { folderWithDatabase } from "../support/folderWithDatabase.ts"
import { freePort } from "../support/freePort.ts"
import { pickyPooler } from "../support/pickyPooler.ts"
import { emptyDatabase, freshDatabase } from "../support/Postgres.ts"
import { serviceOn } from "../support/RunningService.ts"
import { withoutTypst } from "../support/withoutTypst.ts"

describe("findings of the doctor that are not problems", () => {
  it.live("the doctor finds no problem in a set-up that works, and says what replicas would need", () =>
    Effect.gen(function*() {
      const env = yield* healthy
      yield* inDatabase(Redacted.make(env["DATABASE_URL"] ?? ""), (sql) => sql`ANALYZE`)
      const { advice, all, problems } = yield* examined(env)
      assert.deepStrictEqual(problems, [])
      assert.match(all, /^all migrations are applied$/m)
      assert.match(advice, /^replicas are off, and would hold about 0 rows, which need 0 MB: docs\/replicas/m)
      assert.match(advice, /^each process counts the rate limits alone: set REDIS_URL if there are several processes$/m)
    }))

  it.live("the doctor counts the missing migrations and does not apply them", () =>
    Effect.gen(function*() {
      const url = yield* emptyDatabase
      const { advice, problems } = yield* examined({ ...yield* healthy, DATABASE_URL: Redacted.value(url) })
      assert.deepStrictEqual(problems, [])
      assert.match(advice, /^\d+ migrations are missing: npm start applies them, or npm run migrate alone$/m)
      const rows = yield* inDatabase(url, (sql) => sql`SELECT FROM pg_tables WHERE tablename LIKE 'crm%'`)
      assert.deepStrictEqual(rows, [])
    }))

  it.live("before the migration of the change log, the doctor finds no problem with replicas", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* inDatabase(url, (sql) =>
        Effect.andThen(
          sql`DROP SCHEMA crm_capture CASCADE`,
          sql`DELETE FROM crm_report_migrations WHERE migration_id > 8`
        ))
      const env = { ...yield* healthy, DATABASE_URL: Redacted.value(url), REPLICA_ROWS: "1000" }
      assert.deepStrictEqual((yield* examined(env)).problems, [])
    }))

  it.live("the doctor says that one migration is missing", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* inDatabase(url, (sql) =>
        sql`DELETE FROM crm_report_migrations
        WHERE migration_id = (SELECT max(migration_id) FROM crm_report_migrations)`)
      const { advice } = yield* examined({ ...yield* healthy, DATABASE_URL: Redacted.value(url) })
      assert.match(advice, /^1 migration is missing: npm start applies it, or/m)
    }))

  it.live("behind a pooler that refuses settings, the doctor says how to set plan_cache_mode", () =>
    Effect.gen(function*() {
      const { url } = yield* pickyPooler(yield* freshDatabase, "plan_cache_mode")
      const { advice, problems } = yield* examined({ ...yield* healthy, DATABASE_URL: Redacted.value(url) })
      assert.deepStrictEqual(problems, [])
      assert.match(
        advice,
        /^plan_cache_mode is auto, .+: ALTER ROLE postgres SET plan_cache_mode = force_generic_plan$/m
      )
    }))

  it.live("the doctor says that the CRM has more rows than REPLICA_ROWS", () =>
    Effect.gen(function*() {
      const env = yield* healthy
      yield* inDatabase(Redacted.make(env["DATABASE_URL"] ?? ""), (sql) =>
        Effect.gen(function*() {
          yield* sql`INSERT INTO crm.organizations (organization_id, name) VALUES ('org', 'Org')`
          yield* sql`INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
            SELECT 'org', 'lead_' || n, 'ana', 'lead', now() FROM generate_series(1, 30000) n`
          yield* sql`ANALYZE`
        }))
      const { advice, problems } = yield* examined({ ...env, REPLICA_ROWS: "20000" })
      assert.deepStrictEqual(problems, [])
      assert.match(
        advice,
        /^replicas may hold 20,000 rows, and the database has about 30,000 rows, which need 2 MB: .+REPLICA_ROWS$/m
      )
    }))

  it.live("the doctor names targets in another currency than the organization", () =>
    Effect.gen(function*() {
      const env = yield* healthy
      yield* inDatabase(Redacted.make(env["DATABASE_URL"] ?? ""), (sql) =>
        Effect.gen(function*() {
          yield* sql`INSERT INTO crm.organizations (organization_id, name, currency) VALUES ('org', 'Org', 'EUR')`
          yield* sql`INSERT INTO crm_report_targets VALUES ('org', gen_random_uuid(), 'deals.won_value_over_time', '{}',
            '', 'organization', 'year', '{"2026": 1}', 'CHF', now(), now())`
        }))
      const { advice, problems } = yield* examined(env)
      assert.deepStrictEqual(problems, [])
      assert.match(advice, /^org: 1 target is in another currency than the organization, such as CHF instead of EUR: /m)
    }))

  it.live("the doctor does not recommend replicas with the embedded database", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* folderWithDatabase
      const { advice, all } = yield* examined({ ...yield* healthy, DATABASE_URL: "", DATA_FOLDER })
      assert.match(all, /^all migrations are applied$/m)
      assert.notInclude(advice, "replicas")
      assert.notInclude(advice, "REDIS_URL")
    }))

  it.live("the doctor does not open an embedded database that the service uses", () =>
    Effect.gen(function*() {
      const env = { DATA_FOLDER: yield* temporaryFolder }
      const findings = yield* Effect.provide(database(true), ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
      assert.deepStrictEqual(findings.map(({ kind }) => kind), ["ok"])
    }))
})

describe("npm run doctor", () => {
  it.live("npm run doctor prints a line for each finding, and exits with 1 after a problem", () =>
    Effect.gen(function*() {
      const { code, err, out } = yield* run(["doctor"], { PORT: "abc" })
      assert.deepStrictEqual({ code, err }, { code: 1, err: "crm-reports: 1 problem found\n" })
      assert.match(out, /^problem {2}PORT: Expected a whole number from 0 to 65535$/m)
      assert.match(out, /^((ok|advice|problem) +\S[^\n]+\n)+$/)
    }))

  it.live("npm run doctor reports that the page and the package for PDF files are missing, and exits with 0", () =>
    Effect.gen(function*() {
      const program = join(yield* withoutTypst, "src", "main.ts")
      const { code, out } = yield* runProcess(["doctor"], yield* healthy, { program })
      assert.strictEqual(code, 0)
      assert.match(out, /^advice {3}the page is not built, .+: run npm run page/m)
      assert.match(out, /^advice {3}the package for PDF files is not installed, .+: run npm ci/m)
    }))

  it.live("while the service runs, npm run doctor reports that the service uses its ports", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const METRICS_PORT = String(yield* Effect.promise(freePort))
      const { port } = yield* serviceOn(url, keys, { METRICS_PORT })
      // The service keeps the document, so that the doctor gets it before its time limit on a busy machine too.
      yield* Effect.promise(() => fetch(`http://127.0.0.1:${port}/openapi.json`).then((response) => response.text()))
      const env = { ...yield* healthy, DATABASE_URL: Redacted.value(url), PORT: String(port), METRICS_PORT }
      const { code, out } = yield* run(["doctor"], env)
      assert.strictEqual(code, 0, out)
      for (const used of [port, METRICS_PORT]) {
        assert.match(out, new RegExp(`^ok {7}port ${used} is in use by this service$`, "m"))
      }
    }))

  it.each([
    ["0.0.0.0", "http://127.0.0.1:3000"],
    ["::", "http://[::1]:3000"],
    ["::1", "http://[::1]:3000"],
    ["10.0.0.7", "http://10.0.0.7:3000"]
  ])(
    "to a service with HOST=%s, the doctor sends its request to %s",
    (host, url) => assert.strictEqual(localUrl(host, 3000), url)
  )
})
