import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import { Admission } from "../../src/services/admission/Admission.ts"
import * as Database from "../../src/services/database/Database.ts"
import { atPort } from "./atPort.ts"
import { settingsOf } from "./settingsOf.ts"

export { settingsOf } from "./settingsOf.ts"

const administered = <A, E>(server: Redacted.Redacted, effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
  Effect.orDie(Effect.provide(effect, Database.clientOf(settingsOf(server))))

/** Creates a database that is dropped when the scope closes. Returns its URL. */
export const databaseOn = (server: Redacted.Redacted, name: string, template = "template1") =>
  Effect.acquireRelease(
    administered(
      server,
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        yield* sql`CREATE DATABASE ${sql(name)} TEMPLATE ${sql(template)}`
        const url = new URL(Redacted.value(server))
        url.pathname = name
        return Redacted.make(url.href)
      })
    ),
    () =>
      administered(
        server,
        Effect.gen(function*() {
          const sql = yield* SqlClient.SqlClient
          yield* sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`
        })
      )
  )

const freshName = () => `crm_reports_test_${crypto.randomUUID().replaceAll("-", "")}`

const created = (template?: string) =>
  Effect.suspend(() => databaseOn(Redacted.make(inject("serverUrl")), freshName(), template))

/** With PGBOUNCER=true, statements of the tests and of the service go through PgBouncer. */
const pooled = (url: Redacted.Redacted) => {
  const port = inject("poolerPort")
  return port === 0 ? url : atPort(url, port)
}

/** Returns the URL of a migrated database that no other test uses, without a pooler. */
export const directDatabase = Effect.suspend(() => created(inject("template")))

/** Returns the URL of a migrated database that no other test uses. */
export const freshDatabase = Effect.map(directDatabase, pooled)

/** Returns the URL of a database without tables. */
export const emptyDatabase = Effect.map(created(), pooled)

/** `layer(postgresTest)` gives a test file its own migrated database, and the limiter of its connections. */
export const postgresTest = Layer.merge(
  Layer.unwrap(Effect.map(freshDatabase, (url) => Database.clientOf(settingsOf(url)))),
  Admission.layer
)
