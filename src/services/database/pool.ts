import { PgClient } from "@effect/sql-pg"
import { Data, Duration, Effect, Layer, type Redacted, Result, Schedule, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { addressOf } from "./address.ts"
import { hasCitus, IsDistributed } from "./distributed.ts"
import { DatabaseUnusable, sqlMessageOf, sqlStateOf } from "./errors.ts"
import { reaching, writeSetting } from "./hosts.ts"
import { decodeRow } from "./statements.ts"

const preparedStatementCacheSize = 200

export const pool = ({ startupParameters, ...config }: PgClient.PgPoolConfig) =>
  PgClient.layerFrom(
    Effect.mapError(
      PgClient.make({
        ...config,
        preparedStatementCacheSize,
        startupParameters: { timezone: "UTC", ...startupParameters },
        applicationName: "crm-reports"
      }),
      DatabaseUnusable.because
    )
  )

interface Server {
  readonly url: Redacted.Redacted
  /** Error messages name this environment variable. */
  readonly variable: string
  readonly maxConnections: number
  readonly connectFor: Duration.Duration
}

const minVersion = 15

type Settings = Readonly<Record<string, string>>

/** Planning a statement can cost more than executing it, so PostgreSQL reuses a generic plan. */
const genericPlans: Settings = { plan_cache_mode: "force_generic_plan" }

/** PgBouncer, a connection pooler, refuses unknown startup parameters. */
class SettingRefused extends Data.TaggedError("SettingRefused")<{ readonly message: string }> {}

const settingRefused = "08P01"

/** Only the message identifies this error of the driver. */
const refusedTls = "PgConnection: Server refused TLS"

/** Node's error codes for a rejected certificate have no common prefix. */
const isUntrusted = ({ reason: { cause } }: SqlError.SqlError): boolean =>
  cause instanceof Error && "code" in cause && /CERT|SIGNATURE/.test(String(cause.code))

/** A standby may soon accept writes after a failover, so the service tries again. */
const isStandby = ({ reason }: SqlError.SqlError) =>
  sqlStateOf(reason) === "0A000" && sqlMessageOf(reason).includes("during recovery")

const isTransient = (error: SqlError.SqlError): boolean => {
  const { reason } = error
  const state = sqlStateOf(reason)
  return state === undefined
    ? reason._tag === "ConnectionError" && reason.message !== refusedTls && !isUntrusted(error)
    : /^(08|57P|53)/.test(state) && state !== settingRefused || isStandby(error)
}

const backoff = (maxDuration: Duration.Duration) =>
  Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("3 seconds")]).pipe(
    Schedule.upTo({ duration: maxDuration })
  )

const remedyFor = (error: SqlError.SqlError, variable: string): string => {
  const state = sqlStateOf(error.reason)
  if (state === "28P01") return `check the user and the password in ${variable}`
  if (state === "3D000") return `check the name of the database in ${variable}, or create it`
  if (state === "42501") return `GRANT CONNECT ON DATABASE to the user in ${variable}`
  if (state === "28000") return `check the user in ${variable}, which may need ALTER ROLE … LOGIN, and pg_hba.conf`
  if (error.reason.message === refusedTls) return `check ${variable}, whose sslmode asks for TLS`
  return `check ${variable}`
}

const reasonOf = (error: SqlError.SqlError, address: string, { connectFor, variable }: Server): string => {
  const message = sqlMessageOf(error.reason)
  if (isUntrusted(error)) {
    return `the certificate of PostgreSQL at ${address} is not accepted (${message}): check ${variable} and NODE_EXTRA_CA_CERTS`
  }
  return isTransient(error)
    ? `no PostgreSQL at ${address} after ${Duration.format(connectFor)} (${message}): check ${variable}`
    : `PostgreSQL at ${address} refuses (${message}): ${remedyFor(error, variable)}`
}

const decodeServer = decodeRow(Schema.Struct({ version: Schema.Int, isDistributed: Schema.Boolean }))

const selectServer =
  `SELECT current_setting('server_version_num')::int / 10000 AS version, ${hasCitus} AS "isDistributed"`

const serverState = SqlClient.SqlClient.use((sql) => decodeServer(sql.unsafe(selectServer)))

const checkServer = Effect.fnUntraced(function*(options: Server, address: string) {
  const { isDistributed, version } = yield* serverState.pipe(
    Effect.tapError((error) => Effect.logDebug(`PostgreSQL at ${address}: ${sqlMessageOf(error.reason)}`)),
    Effect.retry({ schedule: backoff(options.connectFor), while: isTransient }),
    Effect.mapError((error) => {
      if (sqlStateOf(error.reason) === settingRefused) {
        return new SettingRefused({ message: sqlMessageOf(error.reason) })
      }
      return new DatabaseUnusable({ reason: reasonOf(error, address, options) })
    })
  )
  if (version >= minVersion) return isDistributed
  return yield* new DatabaseUnusable({
    reason: `PostgreSQL at ${address} is version ${version}; ${minVersion} or later is needed`
  })
})

export const server = (options: Server) =>
  Layer.unwrap(Effect.gen(function*() {
    const { maxConnections, url, variable } = options
    const found = addressOf(url)
    if (Result.isFailure(found)) return yield* new DatabaseUnusable({ reason: `${variable} ${found.failure}` })
    const { shown: address } = found.success
    const connectTimeout = Duration.min(Duration.seconds(5), options.connectFor)
    const { startupParameters, ...reached } = yield* reaching(found.success, connectTimeout)
    const poolWith = (settings: Settings) =>
      pool({ ...reached, maxConnections, startupParameters: { ...startupParameters, ...settings } })
    const attempt = (settings: Settings) =>
      Effect.map(Effect.provide(checkServer(options, address), poolWith(settings)), (isDistributed) => ({
        isDistributed,
        settings: isDistributed ? {} : settings
      }))
    const { isDistributed, settings } = yield* attempt(genericPlans).pipe(
      Effect.catchTag("SettingRefused", () => attempt({})),
      Effect.catchTag("SettingRefused", ({ message }) =>
        new DatabaseUnusable({
          reason: message.includes(writeSetting)
            ? `a pooler at ${address} hides which host accepts writes: add target_session_attrs=any to ${variable}`
            : `PostgreSQL at ${address} refuses (${message}): check ${variable}`
        }))
    )
    return Layer.merge(poolWith(settings), Layer.succeed(IsDistributed, isDistributed))
  }))
