import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { poolerAt } from "../../src/commands/doctor/database.ts"
import { examined, healthy } from "../support/doctor.ts"
import { isPgbouncerMissing, pgbouncer } from "../support/pgbouncer.ts"
import { directDatabase } from "../support/Postgres.ts"

describe.skipIf(isPgbouncerMissing)("PgBouncer before the database", () => {
  const pooled = Effect.fnUntraced(function*(settings: Readonly<Record<string, string>>) {
    const url = yield* directDatabase
    return { url, through: (yield* pgbouncer(url, settings)).through(url) }
  })

  const kinds: ReadonlyArray<readonly [settings: string, Readonly<Record<string, string>>, found: string]> = [
    ["in transaction mode", {}, "usable"],
    ["in session mode", { pool_mode: "session", max_prepared_statements: "0" }, "usable"],
    ["with one connection to PostgreSQL", { default_pool_size: "1" }, "usable"],
    ["without max_prepared_statements", { max_prepared_statements: "0" }, "forgets statements"],
    ["in statement mode", { pool_mode: "statement" }, "refuses transactions"]
  ]

  it.live.each(kinds)("PgBouncer %s is recognized", ([, settings, found]) =>
    Effect.gen(function*() {
      assert.strictEqual(yield* poolerAt((yield* pooled(settings)).through), found)
    }))

  it.live("PostgreSQL itself is not taken for a pooler", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* poolerAt(yield* directDatabase), "none")
    }))

  const diagnosed = Effect.fnUntraced(function*(settings: Readonly<Record<string, string>>, isDirect = false) {
    const { through, url } = yield* pooled(settings)
    const direct = isDirect ? { DATABASE_DIRECT_URL: Redacted.value(url) } : {}
    return yield* examined({ ...yield* healthy, DATABASE_URL: Redacted.value(through), ...direct })
  })

  it.live("the doctor reports the pooler, and says which connection migrates", () =>
    Effect.gen(function*() {
      const { all, problems } = yield* diagnosed({})
      assert.deepStrictEqual(problems, [])
      assert.match(all, /^a pooler is between .+; migrations use it too, unless DATABASE_DIRECT_URL is set$/m)
      assert.match((yield* diagnosed({}, true)).all, /^a pooler is between .+; migrations go past it$/m)
    }))

  it.live("the doctor reports a pooler that forgets prepared statements", () =>
    Effect.gen(function*() {
      const { problems } = yield* diagnosed({ max_prepared_statements: "0" })
      assert.match(problems.join(), /^the pooler forgets prepared statements: set max_prepared_statements in PgBouncer/)
    }))
})
