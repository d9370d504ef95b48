import { assert, it } from "@effect/vitest"
import { Duration, Effect, Fiber, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import * as Database from "../src/services/database/Database.ts"
import { duplexTo } from "../src/services/database/embedded/duplex.ts"
import { mapSqlErrors } from "../src/services/database/errors.ts"
import { pool } from "../src/services/database/pool.ts"
import { run } from "./support/commandLine.ts"
import { temporaryFolder } from "./support/folder.ts"

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

const pidOfTheDead = () => spawnSync(process.execPath, ["-e", ""]).pid

it.live(
  "without DATABASE_URL the embedded database does what the server does, and keeps its rows",
  () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
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
      assert.isFalse(existsSync(join(folder, "pglite.lock")))
    })
)

it.live(
  "a long query does not hold up the event loop, and leaving it leaves the database usable",
  () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const busy = sql`SELECT count(*) FROM generate_series(1, 3000000) AS n WHERE n % 7 = 1`
        const query = yield* Effect.forkChild(busy)
        let longest = 0
        for (let last = performance.now(); longest < 1000 && query.pollUnsafe() === undefined;) {
          yield* Effect.sleep("5 millis")
          longest = Math.max(longest, performance.now() - last)
          last = performance.now()
        }
        yield* Fiber.join(query)
        assert.isBelow(longest, 200)

        const abandoned = yield* Effect.forkChild(sql.withTransaction(Effect.andThen(add("half done"), busy)))
        yield* Effect.sleep("100 millis")
        yield* Fiber.interrupt(abandoned)
        assert.deepStrictEqual(yield* names, [])
      }).pipe(Effect.provide(embeddedIn(folder)))
    })
)

it.live(
  "a second process is told who holds the folder, and a dead one's folder is taken over",
  () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const refused = yield* Effect.provide(run(["migrate"], { DATA_FOLDER: folder }), embeddedIn(folder))
      assert.strictEqual(refused.code, 1)
      assert.match(refused.err, new RegExp(`^crm-reports: .*pglite.lock is held by process ${process.pid}: .*\n$`))

      writeFileSync(join(folder, "pglite.lock"), `${pidOfTheDead()}\n`)
      const taken = yield* run(["migrate"], { DATA_FOLDER: folder })
      assert.deepStrictEqual(taken, { code: 0, out: "The database is up to date\n", err: "" })
      assert.isFalse(existsSync(join(folder, "pglite.lock")))
    })
)

it.live("the same process cannot open a folder twice", () =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    const failure = yield* names.pipe(
      Effect.provide(embeddedIn(folder)),
      Effect.flip,
      Effect.provide(embeddedIn(folder))
    )
    assert.propertyVal(failure, "_tag", "DatabaseUnusable")
  }))

it.live("files that are no database end the start with one line", () =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    mkdirSync(join(folder, "pglite"))
    writeFileSync(join(folder, "pglite", "PG_VERSION"), "3\n")
    const ended = yield* run(["migrate"], { DATA_FOLDER: folder })
    assert.strictEqual(ended.code, 1)
    assert.match(ended.err, /^crm-reports: the embedded database in .* does not start .*\n$/)
  }))

it.live("a worker that crashes breaks its connections instead of leaving them to hang", () =>
  Effect.gen(function*() {
    const worker = new Worker(
      "require('worker_threads').parentPort.once('message', () => { throw new Error('broken') })",
      {
        eval: true
      }
    )
    const broken = pool({ stream: duplexTo(worker), username: "postgres", maxConnections: 1 })
    const asked = Effect.flatMap(Effect.service(SqlClient.SqlClient), (sql) => Effect.flip(mapSqlErrors(sql`SELECT 1`)))
    const failures = yield* Effect.provide(Effect.all([asked, asked]), broken)
    assert.deepStrictEqual(
      failures.map(({ _tag }) => _tag),
      ["Unavailable", "Unavailable"]
    )
  }))
