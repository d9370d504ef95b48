import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../../src/services/database/Database.ts"
import { pickyPooler } from "../../support/pickyPooler.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"

const planning = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql`SELECT current_setting('plan_cache_mode') AS mode, current_setting('timezone') AS zone`
  return row
})

describe("a database session", () => {
  it.live("a database session has the plan_cache_mode force_generic_plan and the time zone UTC", () =>
    Effect.gen(function*() {
      const settings = settingsOf(yield* freshDatabase)
      const row = yield* Effect.provide(planning, Database.clientOf(settings))
      assert.deepStrictEqual(row, { mode: "force_generic_plan", zone: "UTC" })
    }))
  it.live("after a pooler refused plan_cache_mode, sessions are opened without it", () =>
    Effect.gen(function*() {
      const { url } = yield* pickyPooler(yield* freshDatabase, "plan_cache_mode")
      const patient = { ...settingsOf(url), connectFor: Duration.hours(1) }
      const row = yield* Effect.provide(planning, Database.clientOf(patient))
      assert.deepStrictEqual(row, { mode: "auto", zone: "UTC" })
    }))
  it.live("when a pooler refuses every session, the connection fails with the pooler's message", () =>
    Effect.gen(function*() {
      const { url } = yield* pickyPooler(yield* freshDatabase, "timezone")
      const settings = { ...settingsOf(url), connectFor: Duration.seconds(30) }
      const failure = yield* Effect.flip(Effect.provide(planning, Database.clientOf(settings)))
      assert.match(failure.message, /refuses \(.*unsupported startup parameter: timezone/)
    }))
})
