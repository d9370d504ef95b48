import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import * as Database from "../../../src/services/database/Database.ts"
import { IsDistributed } from "../../../src/services/database/distributed.ts"
import { ChangeCleanup } from "../../../src/services/replica/ChangeCleanup.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import { outcomeOf } from "../../support/captured.ts"
import { examined, healthy, inDatabase, roleIn } from "../../support/doctor.ts"
import { distributedDatabase } from "../../support/fakeCitus.ts"
import { settingsOf } from "../../support/Postgres.ts"
import { recording, type Sent } from "../../support/recording.ts"
import { callerOf, serviceOn } from "../../support/RunningService.ts"
import { makeKeyPair } from "../../support/Tokens.ts"

const planCacheMode = SqlClient.SqlClient.use((sql) => sql`SELECT current_setting('plan_cache_mode') AS mode`)

const triggers = SqlClient.SqlClient.use((sql) => sql`SELECT tgname FROM pg_trigger WHERE tgname LIKE 'log%'`)

const refusal = "REPLICA_ROWS has no effect, because tables on Citus cannot have triggers: set REPLICA_ROWS=0"

describe("on a database with the extension Citus", () => {
  it.live("sessions keep the server's plan_cache_mode", () =>
    Effect.gen(function*() {
      const settings = settingsOf(yield* distributedDatabase)
      assert.deepStrictEqual(yield* Effect.provide(planCacheMode, Database.clientOf(settings)), [{ mode: "auto" }])
    }))

  it.live("a load of a replica fails and creates no trigger", () =>
    Effect.gen(function*() {
      const settings = settingsOf(yield* distributedDatabase)
      yield* Effect.gen(function*() {
        assert.match(yield* outcomeOf(load("org", unlimited)), /^NoReplica: the database has the extension Citus/)
        assert.deepStrictEqual(yield* triggers, [])
      }).pipe(Effect.provide(Database.clientOf(settings)))
    }))

  it.live("a service with REPLICA_ROWS counts by SQL, and logs once that the setting has no effect", () =>
    Effect.gen(function*() {
      const url = yield* distributedDatabase
      const key = makeKeyPair()
      const service = yield* serviceOn(url, key, { REPLICA_ROWS: "10000", WIDGET_TIMEOUT: "10 minutes" })
      const { run } = callerOf(service.port, key)
      for (let asked = 0; asked < 12; asked++) assert.strictEqual((yield* run("leads.total")).status, 200)
      assert.strictEqual(service.out().split(refusal).length, 2)
      assert.notInclude(service.out(), "replica load")
      assert.deepStrictEqual(yield* Effect.provide(triggers, Database.clientOf(settingsOf(url))), [])
    }))

  it.live("the doctor reports REPLICA_ROWS as a problem, and never advises replicas", () =>
    Effect.gen(function*() {
      const env = { ...yield* healthy, DATABASE_URL: Redacted.value(yield* distributedDatabase) }
      const { all, problems } = yield* examined(env)
      assert.deepStrictEqual(problems, [])
      assert.notMatch(all, /replicas|plan_cache_mode/)
      assert.deepStrictEqual((yield* examined({ ...env, REPLICA_ROWS: "1000" })).problems, [refusal])
    }))

  it.live("the doctor reports a role that forces generic plans as a problem", () =>
    Effect.gen(function*() {
      const url = yield* distributedDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, (sql) => sql`ALTER ROLE ${sql(name)} SET plan_cache_mode = force_generic_plan`)
      const { problems } = yield* examined({ ...yield* healthy, DATABASE_URL: as })
      assert.include(problems.join("\n"), `Citus refuses statements under it: ALTER ROLE ${name} SET plan_cache_mode`)
    }))

  it.live("the doctor accepts a DATABASE_DIRECT_URL that names another server than DATABASE_URL", () =>
    Effect.gen(function*() {
      const [worker, coordinator] = [yield* distributedDatabase, yield* distributedDatabase]
      const urls = { DATABASE_URL: Redacted.value(worker), DATABASE_DIRECT_URL: Redacted.value(coordinator) }
      const { all, problems } = yield* examined({ ...yield* healthy, ...urls })
      assert.deepStrictEqual(problems, [])
      assert.match(all, /^DATABASE_DIRECT_URL answers$/m)
    }))

  it.effect("the cleanup of the change log sends no statement", () =>
    Effect.gen(function*() {
      const sent: Array<Sent> = []
      yield* Layer.build(ChangeCleanup).pipe(
        Effect.andThen(TestClock.adjust("2 hours")),
        Effect.scoped,
        Effect.provide(Layer.merge(recording(sent), Layer.succeed(IsDistributed, true)))
      )
      assert.deepStrictEqual(sent, [])
    }))
})
