import { assert, layer } from "@effect/vitest"
import { Cause, Effect, Exit, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { withDeadline } from "../../../src/services/admission/withDeadline.ts"
import { Readiness, ReadinessProbe } from "../../../src/services/database/Readiness.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { eventually } from "../../support/eventually.ts"
import { logInto } from "../../support/logInto.ts"
import { postgresTest } from "../../support/Postgres.ts"

const server = (name: string, statement: string) => ({ name, statement })

layer(postgresTest, { excludeTestServices: true })("the database", (it) => {
  const failing = (statement: string) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      return yield* Effect.exit(mapSqlErrors(sql.unsafe(statement)))
    })

  const tagOf = (exit: Exit.Exit<unknown, { readonly _tag: string }>) =>
    Exit.isFailure(exit) && Cause.hasFails(exit.cause) ? Cause.squash(exit.cause) : undefined

  it.effect.each([
    server("a session ended by an administrator", "SELECT pg_terminate_backend(pg_backend_pid())"),
    server("a server with too many connections", "DO $$ BEGIN RAISE SQLSTATE '53300'; END $$"),
    server("a starting server", "DO $$ BEGIN RAISE SQLSTATE '57P03'; END $$"),
    server("a broken connection", "DO $$ BEGIN RAISE SQLSTATE '08006'; END $$"),
    server("a deadlock", "DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$"),
    server("a read-only standby", "DO $$ BEGIN RAISE SQLSTATE '25006'; END $$")
  ])("$name gives the error Unavailable", ({ statement }) =>
    Effect.gen(function*() {
      assert.propertyVal(tagOf(yield* failing(statement)), "_tag", "Unavailable")
      assert.isTrue(Exit.isSuccess(yield* failing("SELECT 1")))
    }))

  const lockTimeout = "DO $$ BEGIN RAISE SQLSTATE '55P03' USING MESSAGE = 'lock timeout'; END $$"

  const logs = () => {
    const logged: Array<string> = []
    return {
      logged,
      layer: logInto(logged)
    }
  }

  it.effect("the log contains the SQLSTATE and the message of an error that becomes Unavailable", () =>
    Effect.gen(function*() {
      const { layer, logged } = logs()
      yield* failing(lockTimeout).pipe(Effect.provide([layer, Layer.fresh(SqlFailures.layer)]))
      assert.match(logged.join(), /the database is unavailable.*sqlState=55P03.*reason="lock timeout"/)
    }))

  it.effect("each database client logs its first failure, even right after a failure of another client", () =>
    Effect.gen(function*() {
      const { layer, logged } = logs()
      const onNewConnection = failing(lockTimeout).pipe(Effect.provide([layer, Layer.fresh(SqlFailures.layer)]))
      yield* Effect.all([onNewConnection, onNewConnection])
      assert.lengthOf(logged, 2)
    }))

  it.effect("a statement that exceeds its statement_timeout fails with TimedOut", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const slow = sql.withTransaction(
        Effect.andThen(sql`SET LOCAL statement_timeout = '50ms'`, sql`SELECT pg_sleep(5)`)
      )
      const { mapSqlErrors } = yield* SqlFailures
      assert.strictEqual((yield* Effect.flip(mapSqlErrors(slow)))._tag, "TimedOut")
    }))

  it.effect.each([
    server("a syntax error", "SELEC 1"),
    server("a duplicate key", "INSERT INTO crm.organizations VALUES ('o', 'O'), ('o', 'O')"),
    server("a division by zero", "SELECT 1 / 0")
  ])("$name in a statement is an unexpected error", ({ statement }) =>
    Effect.gen(function*() {
      const exit = yield* failing(statement)
      assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause))
    }))

  it.effect("an error that does not come from PostgreSQL is passed on unchanged", () =>
    Effect.gen(function*() {
      const { mapSqlErrors } = yield* SqlFailures
      assert.strictEqual(yield* Effect.flip(mapSqlErrors(Effect.fail("mine"))), "mine")
    }))

  it.effect("a statement that exceeds its deadline is cancelled on the server", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      const late = yield* Effect.flip(mapSqlErrors(sql`SELECT pg_sleep(3600)`).pipe(withDeadline("100 millis")))
      assert.strictEqual(late._tag, "TimedOut")
      const running = sql`
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND query = 'SELECT pg_sleep(3600)' AND state = 'active'`
      yield* eventually(running, ({ length }) => length === 0)
    }))

  it.effect("the readiness check passes when the database answers", () =>
    Readiness.use(({ check }) => check).pipe(
      Effect.provide(Readiness.layer.pipe(Layer.provide(ReadinessProbe.layerSql)))
    ))

  it.effect("a query returns timestamptz as Date, int8 as bigint, and numeric and date as strings", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const instants = [new Date("2026-05-01T00:00:00.123Z"), new Date(0)]
      const [row] = yield* sql.unsafe(
        `SELECT $1::timestamptz[] AS instants, $2::text[] AS texts, $3::int8 AS big, $4::numeric AS exact,
          $5::text[] AS none, width_bucket('2026-06-01Z'::timestamptz, $1::timestamptz[]) AS bucket,
          current_setting('timezone') AS zone, '2026-05-01'::date AS day`,
        [instants, ["a", "b,\"{}"], 5, "1.50", []]
      )
      assert.deepStrictEqual(row, {
        instants,
        texts: ["a", "b,\"{}"],
        big: 5n,
        exact: "1.50",
        none: [],
        bucket: 2,
        zone: "UTC",
        day: "2026-05-01"
      })
    }))
})
