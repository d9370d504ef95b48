import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { run } from "../../support/commandLine.ts"
import { examined, healthy, inDatabase, names, roleIn } from "../../support/doctor.ts"
import { emptyDatabase, freshDatabase } from "../../support/Postgres.ts"

const nowhere = "postgres://u:hunter2@127.0.0.1:1/db"

it.live("migrations run on the connection of DATABASE_DIRECT_URL", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const { as } = yield* roleIn(url)
    const refused = yield* run(["migrate"], { DATABASE_URL: as })
    assert.match(refused.err, /permission denied/)
    // The role of DATABASE_URL may read tables in `public`, such as the list of migrations, and write nothing.
    yield* inDatabase(url, (sql) => sql`ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC`)
    const { code, err, out } = yield* run(["migrate"], { DATABASE_URL: as, DATABASE_DIRECT_URL: Redacted.value(url) })
    assert.deepStrictEqual({ code, err }, { code: 0, err: "" })
    assert.match(out, /^Applied 0001_crm_contract/)
  }))

it.live("a start without a missing migration does not connect to DATABASE_DIRECT_URL", () =>
  Effect.gen(function*() {
    const env = { DATABASE_URL: Redacted.value(yield* freshDatabase), DATABASE_DIRECT_URL: nowhere }
    assert.include((yield* run(["migrate"], env)).out, "up to date")
  }))

it.live("the error for an unreachable DATABASE_DIRECT_URL shows the address without the password", () =>
  Effect.gen(function*() {
    // The first connection has the same limit, which a busy machine must not reach.
    const env = { DATABASE_URL: Redacted.value(yield* emptyDatabase), DATABASE_CONNECT_FOR: "5 seconds" }
    const { err } = yield* run(["migrate"], { ...env, DATABASE_DIRECT_URL: nowhere })
    assert.match(err, /^crm-reports: no PostgreSQL at 127\.0\.0\.1:1\/db after 5s \(.*\): check DATABASE_DIRECT_URL\n$/)
  }))

it.live("migrate fails when DATABASE_DIRECT_URL names another database than DATABASE_URL", () =>
  Effect.gen(function*() {
    const [DATABASE_URL, other] = [Redacted.value(yield* emptyDatabase), Redacted.value(yield* emptyDatabase)]
    const { err } = yield* run(["migrate"], { DATABASE_URL, DATABASE_DIRECT_URL: other })
    assert.match(err, /^crm-reports: 0001_crm_contract was applied to another database: let DATABASE_DIRECT_URL name/)
  }))

it.live("the doctor reports a DATABASE_DIRECT_URL that names another database than DATABASE_URL", () =>
  Effect.gen(function*() {
    const other = Redacted.value(yield* emptyDatabase)
    yield* names({ DATABASE_DIRECT_URL: other }, /^DATABASE_DIRECT_URL is another database than DATABASE_URL/)
  }))

it.live("with DATABASE_DIRECT_URL, the doctor accepts a role of DATABASE_URL that may not migrate", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const { as } = yield* roleIn(url)
    const env = { ...yield* healthy, DATABASE_URL: as, DATABASE_DIRECT_URL: Redacted.value(url) }
    const { all, problems } = yield* examined(env)
    assert.deepStrictEqual(problems, [])
    assert.match(all, /^DATABASE_DIRECT_URL answers$/m)
  }))
