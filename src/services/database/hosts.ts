import { PgConnection } from "@effect/sql-pg"
import { Duration, Effect, Redacted } from "effect"
import { connect, isIP } from "node:net"
import { sharedOnce } from "../../domain/shared.ts"
import type { Address } from "./address.ts"

/** A standby refuses a session that turns this setting off. */
export const writeSetting = "transaction_read_only"

interface Host {
  readonly url: Redacted.Redacted
  readonly host: string
  readonly port: number
}

const hostOf = (url: Redacted.Redacted): Host => {
  const { hostname, port } = new URL(Redacted.value(url))
  return { url, host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || 5432) }
}

const rest = "500 millis"

/** Chooses the present host if it accepts sessions, and otherwise the first host that does. */
const chooser = Effect.fnUntraced(function*(hosts: ReadonlyArray<Host>, first: Host, settings: Settings) {
  let current = first
  const accepts = (host: Host) =>
    PgConnection.make({ url: host.url, applicationName: "crm-reports", ...settings }).pipe(
      Effect.scoped,
      Effect.as(host)
    )
  const candidates = Effect.suspend(() =>
    Effect.firstSuccessOf([current, ...hosts.filter((host) => host !== current)].map(accepts))
  )
  const choose = yield* sharedOnce(
    Effect.matchEffect(candidates, {
      onFailure: () => Effect.void,
      onSuccess: Effect.fnUntraced(function*(host: Host) {
        if (host === current) return
        current = host
        yield* Effect.logWarning(`connections go to ${host.host}:${host.port}`)
      })
    }),
    rest
  )
  return { choose, current: () => current }
})

interface Settings {
  readonly startupParameters: Readonly<Record<string, string>>
  readonly connectTimeout: Duration.Duration
}

/** TLS checks the certificate against the name of the chosen host. */
const tlsOf = (url: URL, current: () => Host) => {
  if (["disable", null].includes(url.searchParams.get("sslmode"))) return false
  return {
    get host() {
      return current().host
    },
    get servername() {
      return isIP(current().host) === 0 ? current().host : undefined
    }
  }
}

const passwordOf = ({ password, searchParams }: URL) =>
  Redacted.make(searchParams.get("password") ?? decodeURIComponent(password))

export const reaching = Effect.fnUntraced(function*({ mustWrite, urls }: Address, connectTimeout: Duration.Duration) {
  const startupParameters = mustWrite ? { [writeSetting]: "off" } : {}
  const [url, ...others] = urls
  if (others.length === 0) return { url, startupParameters, connectTimeout }
  const first = hostOf(url)
  const { choose, current } = yield* chooser([first, ...others.map(hostOf)], first, {
    startupParameters,
    // Each host gets an equal part of the time. One more part is for the connection itself.
    connectTimeout: Duration.divideUnsafe(connectTimeout, urls.length + 1)
  })
  const parsed = new URL(Redacted.value(url))
  return {
    url,
    startupParameters,
    connectTimeout,
    password: Effect.as(choose, passwordOf(parsed)),
    ssl: tlsOf(parsed, current),
    stream: () => connect({ host: current().host, port: current().port, noDelay: true })
  }
})
