import type { PgClient } from "@effect/sql-pg"
import { type Duration, Effect, Layer, Option, type Redacted } from "effect"
import { SqlClient, SqlError } from "effect/sql"
import { Config } from "../../Config.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { throttledWarning } from "../limits/throttledWarning.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import type { DatabaseUnusable } from "./DatabaseUnusable.ts"
import { embedded } from "./embedded/embedded.ts"
import { migrated } from "./migrations.ts"
import { server } from "./pool.ts"
import { Ping } from "./Readiness.ts"
import { sqlStateOf, wordsOf } from "./sqlState.ts"

export { migrated } from "./migrations.ts"

export interface Settings {
  /** Absent: PostgreSQL embedded in a worker thread, its files in `dataFolder`. */
  readonly url: Option.Option<Redacted.Redacted>
  readonly dataFolder: string
  readonly maxConnections: number
  readonly connectFor: Duration.Duration
}

type Client = Layer.Layer<PgClient.PgClient | SqlClient.SqlClient, DatabaseUnusable>

/** A client, without looking at the schema. */
export const clientOf = ({ connectFor, dataFolder, maxConnections, url }: Settings): Client =>
  Option.match(url, {
    onNone: () => embedded(dataFolder),
    onSome: (url) => server({ url, maxConnections, connectFor })
  })

/** A client whose schema is up to date. */
export const layerOf = (settings: Settings) =>
  Layer.effectDiscard(migrated).pipe(Layer.provideMerge(clientOf(settings)))

const configured = Effect.gen(function*() {
  return {
    url: yield* Config.databaseUrl,
    dataFolder: yield* Config.dataFolder,
    maxConnections: yield* Config.databasePool,
    connectFor: yield* Config.databaseConnectFor
  }
})

/** As `DATABASE_URL` says. */
export const layer = Layer.unwrap(Effect.map(configured, layerOf))

/** As `DATABASE_URL` says, without looking at the schema. */
export const client = Layer.unwrap(Effect.map(configured, clientOf))

/** The server cannot do it now; the same statement may succeed in a moment. */
const isUnavailable = (reason: SqlError.SqlErrorReason): boolean => {
  const state = sqlStateOf(reason)
  if (state === undefined) return reason._tag === "ConnectionError"
  return /^(08|28|53|57P|40001|40P01|55P03|25006)/.test(state)
}

const isSqlError = <E>(error: E): error is Extract<E, SqlError.SqlError> => SqlError.isSqlError(error)

/** Callers hear nothing of why, so the log does. */
const tellUnavailable = throttledWarning("the database cannot be asked")

const failureOf = ({ reason }: SqlError.SqlError): Effect.Effect<never, Unreachable> => {
  if (sqlStateOf(reason) === "57014") return Effect.fail(new TimedOut())
  return isUnavailable(reason)
    ? Effect.andThen(
      tellUnavailable({ sqlState: sqlStateOf(reason) ?? "none", said: wordsOf(reason) }),
      Effect.fail(new Unavailable())
    )
    : Effect.die(reason)
}

/** What callers may act on: `Unavailable` and `TimedOut`. Every other database error is a defect. */
export const mapSqlErrors = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.catchIf(effect, isSqlError<E>, failureOf)

/** `mapped`, for a statement that nobody else gives a deadline; its wait for a connection counts. */
export const withSqlDeadline = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  mapSqlErrors(effect).pipe(withDeadline("5 seconds"))

/** Lets `/ready` ask the database. */
export const readinessProbe = Layer.effect(
  Ping,
  SqlClient.SqlClient.useSync((sql) => Effect.asVoid(mapSqlErrors(sql`SELECT 1`)))
)
