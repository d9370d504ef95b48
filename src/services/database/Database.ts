import type { PgClient } from "@effect/sql-pg"
import { type Duration, Effect, Layer, Option, type Redacted, Result } from "effect"
import type { SqlClient } from "effect/sql"
import { Config, Misconfigured } from "../../Config.ts"
import { counted } from "../../domain/counted.ts"
import { addressOf } from "./address.ts"
import { embedded } from "./embedded/embedded.ts"
import { DatabaseUnusable } from "./errors.ts"
import { migratedBy, missingMigrations } from "./migrations.ts"
import { server } from "./pool.ts"
import { SqlFailures } from "./statements.ts"

export interface Settings {
  readonly url: Option.Option<Redacted.Redacted>
  readonly directUrl?: Option.Option<Redacted.Redacted>
  readonly dataFolder: string
  readonly maxConnections: number
  readonly connectFor: Duration.Duration
}

type Client = Layer.Layer<PgClient.PgClient | SqlClient.SqlClient | SqlFailures, DatabaseUnusable>

export const clientOf = ({ connectFor, dataFolder, maxConnections, url }: Settings): Client =>
  Layer.merge(
    Option.match(url, {
      onNone: () => embedded(dataFolder),
      onSome: (url) => server({ url, variable: "DATABASE_URL", maxConnections, connectFor })
    }),
    SqlFailures.layer
  )

export const directClientOf = ({ directUrl = Option.none(), ...settings }: Settings) =>
  Option.map(
    directUrl,
    (url) => server({ url, variable: "DATABASE_DIRECT_URL", maxConnections: 1, connectFor: settings.connectFor })
  )

const migratedWith = (settings: Settings) =>
  migratedBy((work) =>
    Option.match(directClientOf(settings), {
      onNone: () => work,
      onSome: (client) => Effect.provide(work, client)
    })
  )

export const layerOf = (settings: Settings) =>
  Layer.effectDiscard(migratedWith(settings)).pipe(Layer.provideMerge(clientOf(settings)))

const problemOf = (variable: string, url: Option.Option<Redacted.Redacted>): ReadonlyArray<string> =>
  Option.toArray(Option.flatMap(url, (url) => Result.getFailure(addressOf(url)))).map((fault) => `${variable} ${fault}`)

export const settings = Effect.gen(function*() {
  const url = yield* Config.databaseUrl
  if (Option.isNone(url) && (yield* Config.mode) === "production") {
    return yield* Misconfigured.because(
      "DATABASE_URL is missing: with NODE_ENV=production the service needs a PostgreSQL server"
    )
  }
  const directUrl = yield* Config.databaseDirectUrl
  const problems = [...problemOf("DATABASE_URL", url), ...problemOf("DATABASE_DIRECT_URL", directUrl)]
  if (problems.length > 0) return yield* new Misconfigured({ problems })
  return {
    url,
    directUrl,
    dataFolder: yield* Config.dataFolder,
    maxConnections: yield* Config.databasePool,
    connectFor: yield* Config.databaseConnectFor
  }
})

export const layer = Layer.unwrap(Effect.map(settings, layerOf))

const refuseMissing = Effect.flatMap(missingMigrations, (missing) => {
  if (missing === 0) return Effect.void
  const found = counted(missing, "migration is missing: run it", "migrations are missing: run them")
  return Effect.fail(new DatabaseUnusable({ reason: `${found} with npm run migrate` }))
})

/** Migrations also write, so only the embedded database, which is the user's own, gets missing ones. */
export const unchangedLayer = Layer.unwrap(Effect.map(settings, (settings) =>
  Option.isNone(settings.url)
    ? layerOf(settings)
    : Layer.effectDiscard(refuseMissing).pipe(Layer.provideMerge(clientOf(settings)))))

export const migrated = Effect.flatMap(
  settings,
  (settings) => Effect.provide(migratedWith(settings), clientOf(settings))
)
