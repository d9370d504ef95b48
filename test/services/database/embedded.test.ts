import { assert, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber, Option, Redacted, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import * as Database from "../../../src/services/database/Database.ts"
import { duplexTo } from "../../../src/services/database/embedded/duplex.ts"
import { pool } from "../../../src/services/database/pool.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { run, runProcess } from "../../support/commandLine.ts"
import { temporaryFolder } from "../../support/folder.ts"
import { folderWithDatabase } from "../../support/folderWithDatabase.ts"

const embeddedIn = (dataFolder: string) =>
  Database.layerOf({ url: Option.none(), dataFolder, maxConnections: 10, connectFor: Duration.seconds(1) })

const names = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT name FROM crm.organizations ORDER BY name`
  return rows.map((row) => row["name"])
})

const add = Effect.fnUntraced(function*(name: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT INTO crm.organizations (organization_id, name) VALUES (${name}, ${name})`
})

const busy = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`SELECT count(*) FROM generate_series(1, 3000000) AS n WHERE n % 7 = 1`
)

const turnOfEventLoop = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

it.live(
  "the embedded database supports arrays, rollbacks and streams, and keeps its rows after a restart",
  () =>
    Effect.gen(function*() {
      const folder = yield* folderWithDatabase
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const [row] = yield* sql.unsafe(
          "SELECT $1::timestamptz[] AS instants, $2::text[] AS texts, $3::numeric(16, 2) AS exact, $4::int8 AS big",
          [[new Date(0)], ["a", "b"], "1234.5", 7]
        )
        assert.deepStrictEqual(row, { instants: [new Date(0)], texts: ["a", "b"], exact: "1234.50", big: 7n })

        yield* sql.withTransaction(add("kept"))
        yield* Effect.exit(sql.withTransaction(Effect.andThen(add("rolled back"), Effect.fail("no"))))
        assert.deepStrictEqual(yield* names, ["kept"])

        const streamed = yield* Stream.runCollect(sql`SELECT generate_series(1, 3000) AS n`.stream)
        assert.strictEqual(streamed.length, 3000)
        const [zone] = yield* sql`SELECT current_setting('timezone') AS zone`
        assert.strictEqual(zone?.["zone"], "UTC")
      }).pipe(Effect.provide(embeddedIn(folder)))

      assert.deepStrictEqual(yield* Effect.provide(names, embeddedIn(folder)), ["kept"])
    })
)

it.live(
  "a long query of the embedded database does not block the event loop",
  () =>
    Effect.gen(function*() {
      const folder = yield* folderWithDatabase
      yield* Effect.gen(function*() {
        const query = yield* Effect.forkChild(busy)
        for (let turn = 0; turn < 20; turn++) yield* turnOfEventLoop
        assert.isUndefined(query.pollUnsafe())
        yield* Fiber.join(query)
      }).pipe(Effect.provide(embeddedIn(folder)))
    })
)

it.live(
  "an interrupt rolls back a transaction of the embedded database",
  () =>
    Effect.gen(function*() {
      const folder = yield* folderWithDatabase
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const added = yield* Deferred.make<void>()
        const abandoned = yield* Effect.forkChild(
          sql.withTransaction(
            add("half done").pipe(Effect.andThen(Deferred.succeed(added, undefined)), Effect.andThen(busy))
          )
        )
        yield* Deferred.await(added)
        yield* turnOfEventLoop
        yield* Fiber.interrupt(abandoned)
        assert.deepStrictEqual(yield* names, [])
      }).pipe(Effect.provide(embeddedIn(folder)))
    })
)

it.effect("a connection to the embedded database waits without a time limit until the statement before it has ended", () =>
  Effect.gen(function*() {
    const folder = yield* folderWithDatabase
    yield* Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      // PGlite cannot cancel this statement, so the next statement needs a new connection, which waits for it.
      const abandoned = yield* Effect.forkChild(busy)
      yield* turnOfEventLoop
      yield* Fiber.interrupt(abandoned)
      const next = yield* Effect.forkChild(sql`SELECT 1 AS one`)
      while (next.pollUnsafe() === undefined) {
        yield* TestClock.adjust("1 minute")
        yield* turnOfEventLoop
      }
      assert.deepStrictEqual(yield* Fiber.join(next), [{ one: 1 }])
    }).pipe(Effect.provide(embeddedIn(folder)))
  }))

it.live(
  "migrate exits with 1 only while another process has locked the data folder",
  () =>
    Effect.gen(function*() {
      const folder = yield* folderWithDatabase
      const refused = yield* Effect.provide(runProcess(["migrate"], { DATA_FOLDER: folder }), embeddedIn(folder))
      assert.strictEqual(refused.code, 1)
      assert.match(refused.err, /^crm-reports: the embedded database in .*another process uses it: stop that [^\n]*\n$/)
      const taken = yield* run(["migrate"], { DATA_FOLDER: folder })
      assert.deepStrictEqual(taken, { code: 0, out: "The database is up to date\n", err: "" })
    })
)

it.live("opening a data folder twice in one process fails with DatabaseUnusable", () =>
  Effect.gen(function*() {
    const folder = yield* folderWithDatabase
    const failure = yield* names.pipe(
      Effect.provide(embeddedIn(folder)),
      Effect.flip,
      Effect.provide(embeddedIn(folder))
    )
    assert.propertyVal(failure, "_tag", "DatabaseUnusable")
  }))

it.live("migrate exits with 1 and prints one line when the data folder has an unknown PostgreSQL version", () =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    mkdirSync(join(folder, "pglite"))
    writeFileSync(join(folder, "pglite", "PG_VERSION"), "3\n")
    const ended = yield* run(["migrate"], { DATA_FOLDER: folder })
    assert.strictEqual(ended.code, 1)
    assert.match(ended.err, /^crm-reports: the embedded database in .* does not start .*\n$/)
  }))

const crashing = () =>
  new Worker("require('worker_threads').parentPort.once('message', () => { throw new Error('broken') })", {
    eval: true
  })

const pgliteIn = (dataDir: string) =>
  new Promise<Worker>((resolve) => {
    const program = new URL("../../../src/services/database/embedded/pgliteWorker.ts", import.meta.url)
    const worker = new Worker(program, { workerData: { dataDir } })
    worker.once("message", () => resolve(worker))
  })

it.live("the embedded database starts again with the next statement after a crash of its worker", () =>
  Effect.gen(function*() {
    const folder = yield* folderWithDatabase
    const second = yield* Effect.promise(() => pgliteIn(join(folder, "pglite")))
    const restarted = pool({
      stream: duplexTo(crashing(), () => Promise.resolve(second)),
      username: "postgres",
      database: "postgres",
      password: Redacted.make(""),
      maxConnections: 1
    })
    yield* Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      assert.strictEqual((yield* Effect.flip(mapSqlErrors(sql`SELECT 1 AS one`)))._tag, "Unavailable")
      assert.deepStrictEqual(yield* sql`SELECT 1 AS one`, [{ one: 1 }])
    }).pipe(Effect.provide([restarted, SqlFailures.layer]))
    yield* Effect.promise(() => second.terminate())
  }))

it.live("statements that wait when the database worker crashes fail with Unavailable", () =>
  Effect.gen(function*() {
    const broken = pool({
      stream: duplexTo(crashing(), () => Promise.reject(new Error("no second worker"))),
      username: "postgres",
      maxConnections: 1
    })
    const asked = Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      return yield* Effect.flip(mapSqlErrors(sql`SELECT 1`))
    })
    const failures = yield* Effect.provide(Effect.all([asked, asked]), [broken, SqlFailures.layer])
    assert.deepStrictEqual(
      failures.map(({ _tag }) => _tag),
      ["Unavailable", "Unavailable"]
    )
  }))
