import type { PgClient } from "@effect/sql-pg"
import { type Context, type Duration, Effect, Exit, Layer, Option, type Redacted } from "effect"
import { SqlClient, SqlError } from "effect/sql"
import { Config } from "../Config.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import type { DatabaseUnusable } from "./database/DatabaseUnusable.ts"
import { embedded } from "./database/embedded.ts"
import { migrated } from "./database/migrations.ts"
import { server } from "./database/server.ts"
import { sqlStateOf } from "./database/sqlState.ts"
import { Ping } from "./Readiness.ts"

export { migrated } from "./database/migrations.ts"

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

const failureOf = ({ reason }: SqlError.SqlError): Effect.Effect<never, Unavailable | TimedOut> => {
  if (sqlStateOf(reason) === "57014") return Effect.fail(new TimedOut())
  return isUnavailable(reason) ? Effect.fail(new Unavailable()) : Effect.die(reason)
}

/** What callers may act on: `Unavailable` and `TimedOut`. Every other database error is a defect. */
export const mapped = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.catchIf(effect, isSqlError<E>, failureOf)

/** Answers at the deadline even when the server is frozen: the statement is cancelled behind the caller's back. */
export const within = (duration: Duration.Input) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.contextWith((context: Context.Context<R>) =>
    // Every widget has a deadline: two fibers that watch each other cost less than a race, which starts three.
    Effect.callback<A, E | TimedOut>((resume) => {
      const work = Effect.runForkWith(context)(effect)
      const deadline = Effect.runForkWith(context)(Effect.sleep(duration))
      const stop = () => {
        deadline.interruptUnsafe()
        work.interruptUnsafe()
      }
      work.addObserver((exit) => {
        resume(exit)
        deadline.interruptUnsafe()
      })
      deadline.addObserver((exit) => {
        if (Exit.isFailure(exit)) return
        resume(Effect.fail(new TimedOut()))
        work.interruptUnsafe()
      })
      return Effect.sync(stop)
    })
  )

/** `mapped`, for a statement that nobody else gives a deadline; its wait for a connection counts. */
export const soon = <A, E, R>(effect: Effect.Effect<A, E, R>) => mapped(effect).pipe(within("5 seconds"))

/** Whether the database answers within half a second. */
export const ping = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* mapped(sql`SELECT 1`)
}).pipe(within("500 millis"), Effect.catchTag("TimedOut", () => Effect.fail(new Unavailable())))

/** Lets `/ready` ask the database. */
export const pinged = Layer.effect(
  Ping,
  Effect.map(Effect.service(SqlClient.SqlClient), (sql) => Effect.provideService(ping, SqlClient.SqlClient, sql))
)
