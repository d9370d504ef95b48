import { Data, Duration, Effect, Layer, Redacted, Result, Schedule } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { client } from "./client.ts"
import { DatabaseUnusable } from "./DatabaseUnusable.ts"
import { sqlStateOf, wordsOf } from "./sqlState.ts"

interface Server {
  readonly url: Redacted.Redacted
  readonly maxConnections: number
  readonly connectFor: Duration.Duration
}

const oldest = 15

type Settings = Readonly<Record<string, string>>

/**
 * A statement is planned once a session: our statements leave the planner one sensible plan, whoever asks for whatever
 * time, and planning takes longer than counting the rows of a small organization.
 */
const plannedOnce: Settings = { plan_cache_mode: "force_generic_plan" }

/** PgBouncer knows few settings and turns a session with another one away. */
class SettingRefused extends Data.TaggedError("SettingRefused")<{ readonly said: string }> {}

const settingRefused = "08P01"

const isWellWritten = (part: string) => Result.isSuccess(Result.try(() => decodeURIComponent(part)))

/** Host, port and database: what may be shown of the URL. */
const placeOf = (url: Redacted.Redacted): string | undefined => {
  const parsed = URL.parse(Redacted.value(url))
  if (parsed === null || !["postgres:", "postgresql:"].includes(parsed.protocol)) return undefined
  const { password, username } = parsed
  if (username === "" || ![username, password].every(isWellWritten)) return undefined
  return `${parsed.host || "localhost"}${parsed.pathname}`
}

/** The driver has no other word for it. */
const refusedTls = "PgConnection: Server refused TLS"

/** Node's codes for a certificate that it does not accept: many, and without a common beginning. */
const isUntrusted = ({ reason: { cause } }: SqlError.SqlError): boolean =>
  cause instanceof Error && "code" in cause && /CERT|SIGNATURE/.test(String(cause.code))

/** What time may mend: nobody listens yet, the server starts or stops, all its connections are taken. */
const isPassing = (error: SqlError.SqlError): boolean => {
  const { reason } = error
  const state = sqlStateOf(reason)
  return state === undefined
    ? reason._tag === "ConnectionError" && reason.message !== refusedTls && !isUntrusted(error)
    : /^(08|57P|53)/.test(state) && state !== settingRefused
}

const backoff = (atMost: Duration.Duration) =>
  Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("3 seconds")]).pipe(
    Schedule.upTo({ duration: atMost })
  )

/** Why it cannot be used, and what to do about it. */
const reasonOf = (error: SqlError.SqlError, place: string, connectFor: Duration.Duration): string => {
  const said = wordsOf(error.reason)
  if (isUntrusted(error)) {
    return `the certificate of PostgreSQL at ${place} is not accepted (${said}): check DATABASE_URL and NODE_EXTRA_CA_CERTS`
  }
  return isPassing(error)
    ? `no PostgreSQL at ${place} after ${Duration.format(connectFor)} (${said}): check DATABASE_URL`
    : `PostgreSQL at ${place} refuses (${said}): check DATABASE_URL`
}

const versionOf = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT current_setting('server_version_num') AS version`
  return Math.floor(Number(rows[0]?.["version"]) / 10_000)
})

const reached = Effect.fnUntraced(function*({ connectFor }: Server, place: string) {
  const version = yield* versionOf.pipe(
    Effect.tapError((error) => Effect.logDebug(`PostgreSQL at ${place}: ${wordsOf(error.reason)}`)),
    Effect.retry({ schedule: backoff(connectFor), while: isPassing }),
    Effect.mapError((error) => {
      if (sqlStateOf(error.reason) === settingRefused) return new SettingRefused({ said: wordsOf(error.reason) })
      return new DatabaseUnusable({ reason: reasonOf(error, place, connectFor) })
    })
  )
  if (version >= oldest) return
  return yield* new DatabaseUnusable({
    reason: `PostgreSQL at ${place} is version ${version}; ${oldest} or later is needed`
  })
})

/** A pool on a server that answers and is new enough. */
export const server = (options: Server) =>
  Layer.unwrap(Effect.gen(function*() {
    const { maxConnections, url } = options
    const place = placeOf(url)
    if (place === undefined) {
      return yield* new DatabaseUnusable({
        reason: "DATABASE_URL is not of the form postgres://user:password@host:port/database"
      })
    }
    const connectTimeout = Duration.min(Duration.seconds(5), options.connectFor)
    const pool = (startupParameters: Settings) => client({ url, maxConnections, connectTimeout, startupParameters })
    const tried = (settings: Settings) => Effect.as(Effect.provide(reached(options, place), pool(settings)), settings)
    const settings = yield* tried(plannedOnce).pipe(
      Effect.catchTag("SettingRefused", () => tried({})),
      Effect.catchTag("SettingRefused", ({ said }) =>
        new DatabaseUnusable({ reason: `PostgreSQL at ${place} refuses (${said}): check DATABASE_URL` }))
    )
    return pool(settings)
  }))
