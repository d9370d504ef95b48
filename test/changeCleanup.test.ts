import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import * as Database from "../src/services/database/Database.ts"
import { ChangeCleanup } from "../src/services/replica/ChangeCleanup.ts"
import { pause } from "./support/eventually.ts"
import { begun, say } from "./support/locks.ts"
import { freshDatabase, settingsOf } from "./support/Postgres.ts"
import { recording, type Sent } from "./support/recording.ts"

const changed = (what: string) =>
  `INSERT INTO crm_capture.leads_changes (organization_id, weight) VALUES ('${what}', 1)`

const kept = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT organization_id AS what FROM crm_capture.changes ORDER BY 1`
  return rows.map(({ what }) => what)
})

/** Sets the test clock forward by a minute. Statements can end during the pause. */
const aMinute = Effect.andThen(TestClock.adjust("1 minute"), pause)

/** Sets the test clock forward until rows have been deleted. Returns the remaining rows. */
const keptAfterNext = Effect.gen(function*() {
  const before = yield* kept
  let after = before
  while (after.length === before.length) {
    yield* aMinute
    after = yield* kept
  }
  return after
})

it.effect(
  "the cleanup keeps a row of the change log for an hour after its transaction ended, and then deletes the row",
  () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* say(url, changed("ended"))
      const end = yield* begun(url, changed("under way"))
      yield* Effect.gen(function*() {
        yield* Layer.build(ChangeCleanup)
        for (let minute = 1; minute < 60; minute++) {
          yield* aMinute
          assert.deepStrictEqual(yield* kept, ["ended"])
        }
        assert.deepStrictEqual(yield* keptAfterNext, [])
        yield* end
        assert.deepStrictEqual(yield* kept, ["under way"])
        assert.deepStrictEqual(yield* keptAfterNext, [])
      }).pipe(Effect.scoped, Effect.provide(Database.clientOf(settingsOf(url))))
    })
)

it.effect("the cleanup of the change log tries again after a deletion that hangs", () =>
  Effect.gen(function*() {
    const sent: Array<Sent> = []
    const client = recording(sent, (rows, text) => {
      if (text.startsWith("DELETE")) return Effect.never
      if (text.includes(" AS xid")) return Effect.succeed([{ xid: "1" }])
      return Effect.succeed(text.includes("DISTINCT") ? [{ organizationId: "org" }] : rows)
    })
    yield* Layer.build(ChangeCleanup.pipe(Layer.provide(client)))
    yield* Effect.repeat(TestClock.adjust("1 minute"), { times: 160 })
    assert.strictEqual(sent.filter(({ text }) => text.startsWith("DELETE")).length, 2)
  }))
