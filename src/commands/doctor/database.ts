import { PgConnection } from "@effect/sql-pg"
import { Duration, Effect, Option, type Redacted, Result, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { Config } from "../../Config.ts"
import { subscriptions } from "../../data/check/subscriptions.ts"
import { wrongTargets } from "../../data/check/targetFindings.ts"
import { wrongOrganizations } from "../../data/check/wholeFindings.ts"
import { addressOf } from "../../services/database/address.ts"
import * as Database from "../../services/database/Database.ts"
import { IsDistributed } from "../../services/database/distributed.ts"
import { writableFolder } from "../../services/database/embedded/writableFolder.ts"
import { decodeRow } from "../../services/database/statements.ts"
import { advice, diagnosed, type Findings, ok, problem } from "./Finding.ts"
import { replicas } from "./replicas.ts"
import { migrationRights, rights } from "./rights.ts"
import { server } from "./server.ts"
import { standbys } from "./standbys.ts"

type Pooler = "none" | "usable" | "forgets statements" | "refuses transactions"

const statement = "SELECT 1 AS kept"

const began = (session: PgConnection.PgConnection) => session.query("BEGIN", [], false)

/** `other` holds one server connection of the pooler, so `session` must get another one. */
const keeping = Effect.fnUntraced(function*(session: PgConnection.PgConnection, other: PgConnection.PgConnection) {
  yield* session.query(statement)
  yield* began(other)
  const found = Effect.andThen(began(session), session.query(statement))
  return yield* found.pipe(
    Effect.match({ onFailure: (): Pooler => "forgets statements", onSuccess: (): Pooler => "usable" }),
    // If the pooler has only one server connection, this query waits, and the pooler is usable.
    Effect.timeoutOrElse({ duration: "2 seconds", orElse: () => Effect.succeed<Pooler>("usable") })
  )
})

/** Behind a pooler, `processId` of the session differs from `pg_backend_pid()`. */
export const poolerAt = (url: Redacted.Redacted) =>
  Effect.scoped(Effect.gen(function*() {
    const [session, other] = yield* Effect.all([PgConnection.make({ url }), PgConnection.make({ url })])
    const { rows } = yield* session.query("SELECT pg_backend_pid() AS pid", [], false)
    if (rows[0]?.["pid"] === session.processId) return "none"
    return yield* Effect.catch(keeping(session, other), () => Effect.succeed<Pooler>("refuses transactions"))
  }))

const decodeTables = decodeRow(Schema.Struct({ isMade: Schema.Boolean }))

/** The checks of data that read few rows. `npm run check` runs all of them. */
const data = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { isMade } = yield* decodeTables(sql`SELECT to_regclass('crm.organizations') IS NOT NULL AS "isMade"`)
  if (!isMade) return []
  const wrong = (yield* wrongOrganizations(Option.none())).map(({ organizationId, remedy, sentence }) =>
    problem(`${organizationId}: ${sentence}: ${remedy}`)
  )
  const targets = (yield* wrongTargets(Option.none())).map(({ organizationId, remedy, sentence }) =>
    advice(`${organizationId}: ${sentence}: ${remedy}`)
  )
  return [
    ...wrong,
    ...targets,
    ...(yield* subscriptions).map(({ isRunning, text }) => isRunning ? ok(text) : problem(text))
  ]
})

const decodeIdentity = decodeRow(Schema.Struct({ identity: Schema.String }))

const identity = SqlClient.SqlClient.use((sql) =>
  Effect.map(
    decodeIdentity(
      sql`SELECT concat_ws(' ', pg_postmaster_start_time(), oid) AS identity FROM pg_database
        WHERE datname = current_database()`
    ),
    (row) => row.identity
  )
)

const direct = Effect.fnUntraced(function*(settings: Database.Settings) {
  const client = Database.directClientOf(settings)
  if (Option.isNone(client)) return yield* migrationRights
  // On Citus, DATABASE_URL may name a worker, so it is not compared with DATABASE_DIRECT_URL.
  const here = (yield* IsDistributed) ? undefined : yield* identity
  return yield* Effect.gen(function*() {
    const isSame = here === undefined || (yield* identity) === here
    return isSame
      ? [ok("DATABASE_DIRECT_URL answers"), ...yield* migrationRights]
      : [problem("DATABASE_DIRECT_URL is another database than DATABASE_URL, so migrations would be applied there")]
  }).pipe(Effect.provide(client.value))
})

const usable = (hasDirectUrl: boolean) =>
  hasDirectUrl
    ? "a pooler is between the service and PostgreSQL; migrations go past it"
    : "a pooler is between the service and PostgreSQL; migrations use it too, unless DATABASE_DIRECT_URL is set"

const pooler = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const hasDirectUrl = Option.isSome(yield* Config.databaseDirectUrl)
  const findings: Record<Effect.Success<ReturnType<typeof poolerAt>>, Findings> = {
    none: [],
    usable: [ok(usable(hasDirectUrl))],
    "forgets statements": [problem(
      "the pooler forgets prepared statements: set max_prepared_statements in PgBouncer 1.21 or newer, or pool_mode = session"
    )],
    "refuses transactions": [problem("the pooler refuses transactions: set pool_mode = transaction in PgBouncer")]
  }
  const urls = Result.match(addressOf(url), { onFailure: () => [url], onSuccess: (found) => found.urls })
  return findings[yield* Effect.firstSuccessOf(urls.map(poolerAt))]
})

/** After a problem, data, replicas and standbys are not checked, because their checks would report it again. */
const inside = Effect.fnUntraced(function*(settings: Database.Settings) {
  const found = yield* diagnosed(server)
  const pooled = yield* Option.match(settings.url, {
    onNone: () => Effect.succeed([]),
    onSome: (url) => diagnosed(pooler(url))
  })
  const granted = yield* diagnosed(rights)
  const migrating = yield* diagnosed(direct(settings))
  const all = [...found, ...pooled, ...granted, ...migrating]
  if (all.some(({ kind }) => kind === "problem")) return all
  return [
    ...all,
    ...(yield* diagnosed(data)),
    ...(yield* diagnosed(replicas)),
    ...(yield* diagnosed(standbys(settings.connectFor)))
  ]
})

const longestWait = Duration.seconds(5)

const connected = Effect.fnUntraced(function*(settings: Database.Settings) {
  const connectFor = Duration.min(longestWait, settings.connectFor)
  const patient = { ...settings, maxConnections: 1, connectFor }
  return yield* Effect.provide(inside(patient), Database.clientOf(patient))
})

const embedded = Effect.fnUntraced(function*(settings: Database.Settings, isServing: boolean | undefined) {
  const folder = settings.dataFolder
  yield* writableFolder(folder)
  const place = resolve(folder, "pglite")
  if (isServing === undefined) return []
  if (isServing) return [ok(`the service uses the embedded PostgreSQL in ${place}`)]
  if (!existsSync(join(place, "PG_VERSION"))) return [ok(`npm start will create an embedded PostgreSQL in ${place}`)]
  return yield* connected(settings)
})

/** `isServing` is undefined if it is not known, so this service may use its embedded database. */
export const database = (isServing: boolean | undefined) =>
  Effect.gen(function*() {
    const settings = yield* Database.settings
    const found: Findings = yield* Option.isNone(settings.url) ? embedded(settings, isServing) : connected(settings)
    return found
  })
