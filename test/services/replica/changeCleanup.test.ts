import { assert, it } from "@effect/vitest"
import { type Duration, Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import * as Database from "../../../src/services/database/Database.ts"
import { ChangeCleanup, deleteOldChanges } from "../../../src/services/replica/ChangeCleanup.ts"
import { run } from "../../support/commandLine.ts"
import { eventually, pause } from "../../support/eventually.ts"
import { begun, say } from "../../support/locks.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"
import { recording, type Sent } from "../../support/recording.ts"

const changed = (what: string) =>
  `INSERT INTO crm_capture.leads_changes (organization_id, weight) VALUES ('${what}', 1)`

const kept = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT organization_id AS what FROM crm_capture.changes ORDER BY 1`
  return rows.map(({ what }) => what)
})

/** Other tests share the server. While a transaction of them is older than the logged rows, no mark contains the rows. */
const settled = eventually(
  SqlClient.SqlClient.use((sql) =>
    sql`SELECT pg_snapshot_xmin(pg_current_snapshot()) > ALL (SELECT xid FROM crm_capture.changes) AS is`
  ),
  ([row]) => row?.["is"] === true
)

const agedBy = (minutes: number) =>
  SqlClient.SqlClient.use((sql) =>
    sql`UPDATE crm_capture.cleanup_marks SET made_at = made_at - make_interval(mins => ${minutes}::int)`
  )

/** Lets a minute pass for the service and for the marks. Statements can end during the pause. */
const aMinute = Effect.gen(function*() {
  yield* TestClock.adjust("1 minute")
  yield* pause
  yield* agedBy(1)
})

/**
 * Lets minutes pass until rows have been deleted, and returns the remaining rows. On a busy machine, many minutes pass
 * while a cleanup runs, so the limit is far above the hour for which a row is kept.
 */
const keptAfterNext = Effect.gen(function*() {
  const before = yield* kept
  let after = before
  for (let minute = 0; minute < 1_200 && after.length === before.length; minute++) {
    yield* aMinute
    after = yield* kept
  }
  return after
})

const inDatabase = <A, E, R>(use: (url: Redacted.Redacted) => Effect.Effect<A, E, R>) =>
  Effect.flatMap(freshDatabase, (url) => Effect.provide(use(url), Database.clientOf(settingsOf(url))))

it.effect(
  "the cleanup keeps a row of the change log for an hour after its transaction ended, and then deletes the row",
  () =>
    inDatabase((url) =>
      Effect.gen(function*() {
        yield* say(url, changed("ended"))
        yield* settled
        const end = yield* begun(url, changed("under way"))
        yield* Layer.build(ChangeCleanup)
        for (let minute = 1; minute < 60; minute++) {
          yield* aMinute
          assert.deepStrictEqual(yield* kept, ["ended"])
        }
        assert.deepStrictEqual(yield* keptAfterNext, [])
        yield* end
        assert.deepStrictEqual(yield* kept, ["under way"])
        yield* settled
        assert.deepStrictEqual(yield* keptAfterNext, [])
      })
    )
)

it.effect("old changes are deleted although no process lives for half an hour", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      yield* say(url, changed("ended"))
      yield* settled
      const life = Effect.scoped(Effect.andThen(Layer.build(ChangeCleanup), Effect.repeat(aMinute, { times: 24 })))
      yield* Effect.repeat(life, { times: 1 })
      assert.deepStrictEqual(yield* kept, ["ended"])
      const after = Effect.andThen(life, kept)
      // A life may end between two statements of a cleanup, so the limit is far above the hour for which a row is kept.
      assert.deepStrictEqual(
        yield* Effect.repeat(after, { times: 20, until: ({ length }) => length === 0 }),
        []
      )
    })
  ))

it.effect("a change after a mark is kept when the mark is an hour old", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      yield* deleteOldChanges
      yield* agedBy(61)
      yield* say(url, changed("later"))
      yield* Effect.all([deleteOldChanges, deleteOldChanges], { concurrency: 2 })
      assert.deepStrictEqual(yield* kept, ["later"])
    })
  ))

it.effect("a mark of another server deletes nothing", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      yield* say(url, changed("ended"))
      yield* settled
      yield* deleteOldChanges
      yield* SqlClient.SqlClient.use((sql) => sql`UPDATE crm_capture.cleanup_marks SET server = 'another'`)
      yield* agedBy(61)
      yield* deleteOldChanges
      assert.deepStrictEqual(yield* kept, ["ended"])
    })
  ))

it.live("the cleanup command deletes changes that are older than the mark of an earlier cleanup", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const command = run(["cleanup"], { DATABASE_URL: Redacted.value(url) })
      yield* say(url, changed("ended"))
      yield* settled
      assert.strictEqual((yield* command).code, 0)
      assert.deepStrictEqual(yield* kept, ["ended"])
      yield* agedBy(61)
      assert.strictEqual((yield* command).code, 0)
      assert.deepStrictEqual(yield* kept, [])
    })
  ))

/** Imitates a database whose change log has rows of these organizations. `listing` is the time to list them. */
const deletedOf = Effect.fnUntraced(function*(ids: ReadonlyArray<string>, listing: Duration.Input) {
  const sent: Array<Sent> = []
  const client = recording(sent, (rows, text) => {
    if (text.includes(" AS xid")) return Effect.succeed([{ xid: "1" }])
    if (!text.includes("DISTINCT")) return Effect.succeed(rows)
    return Effect.delay(Effect.succeed(ids.map((organizationId) => ({ organizationId }))), listing)
  })
  yield* Layer.build(ChangeCleanup.pipe(Layer.provide(client)))
  yield* Effect.repeat(TestClock.adjust("1 minute"), { times: 15 })
  return sent.filter(({ text }) => text.startsWith("DELETE")).map(({ params: [organizationId] }) => organizationId)
})

it.effect("a changed row whose organization has an empty id does not stop the cleanup of the change log", () =>
  Effect.gen(function*() {
    assert.deepStrictEqual(yield* deletedOf(["", "org"], 0), ["", "org"])
  }))

it.effect("the cleanup deletes changes also if the list of the changed organizations takes minutes", () =>
  Effect.gen(function*() {
    assert.deepStrictEqual(yield* deletedOf(["org"], "3 minutes"), ["org"])
  }))

it.effect("the cleanup of the change log tries again after a deletion that hangs", () =>
  Effect.gen(function*() {
    const sent: Array<Sent> = []
    const client = recording(sent, (rows, text) => {
      if (text.startsWith("DELETE")) return Effect.never
      if (text.includes(" AS xid")) return Effect.succeed([{ xid: "1" }])
      return Effect.succeed(text.includes("DISTINCT") ? [{ organizationId: "org" }] : rows)
    })
    yield* Layer.build(ChangeCleanup.pipe(Layer.provide(client)))
    yield* Effect.repeat(TestClock.adjust("1 minute"), { times: 60 })
    assert.strictEqual(sent.filter(({ text }) => text.startsWith("DELETE")).length, 2)
  }))
