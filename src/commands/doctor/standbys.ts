import { Clock, Duration, Effect, Option, type Redacted, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import { shownOf } from "../../services/database/address.ts"
import { server } from "../../services/database/pool.ts"
import { decodeRows, sender } from "../../services/database/statements.ts"
import { makeStandby, targetOf } from "../../services/standby/Standby.ts"
import { standbysIgnored } from "../../services/standby/Standbys.ts"
import { advice, diagnosed, type Findings, ok, problem } from "./Finding.ts"

const decodeTables = decodeRows(Schema.Struct({ role: Schema.String, name: Schema.String }))

const selectUnreadable = `SELECT quote_ident(current_user) AS role, format('%I.%I', n.nspname, c.relname) AS name
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = 'crm'
  AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
ORDER BY 2`

const longestWait = Duration.seconds(5)

const lagFindings = (place: string, millis: number, maxWait: Duration.Duration): Findings => {
  const found = `${place} reached the position of the primary after ${millis} ms`
  return millis <= Duration.toMillis(maxWait) ? [ok(found)] : [advice(
    `${found}, and a run waits ${Duration.format(maxWait)}: check the replication, or raise DATABASE_REPLICA_WAIT`
  )]
}

const examined = Effect.fnUntraced(function*(url: Redacted.Redacted, connectFor: Duration.Duration) {
  const primary = yield* sender
  const maxWait = yield* Config.databaseReplicaWait
  const place = `the standby at ${shownOf(url)}`
  const asked = Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const { ask } = makeStandby({ sql, permits: 1, maxWait: longestWait })
    // This statement opens the connection, so that the time below does not include it.
    yield* sql`SELECT 1`
    const target = yield* targetOf(primary, "")
    const since = yield* Clock.currentTimeMillis
    const [unreadable] = yield* decodeTables(ask(target, { text: selectUnreadable, params: [] }))
    const millis = (yield* Clock.currentTimeMillis) - since
    return unreadable === undefined ? lagFindings(place, millis, maxWait) : [problem(
      `${unreadable.role} may not read ${unreadable.name} on ${place}: on the primary, ` +
        `GRANT SELECT ON ALL TABLES IN SCHEMA crm TO ${unreadable.role}`
    )]
  })
  return yield* asked.pipe(
    Effect.catchTag(
      "NotAnswered",
      ({ message }) => Effect.succeed([problem(`${place} is not used, because ${message}: check DATABASE_REPLICA_URL`)])
    ),
    Effect.provide(server({ url, variable: "DATABASE_REPLICA_URL", maxConnections: 2, connectFor })),
    diagnosed
  )
})

export const standbySettings = Effect.map(standbysIgnored, (ignored) => Option.toArray(ignored).map(problem))

export const standbys = Effect.fnUntraced(function*(connectFor: Duration.Duration) {
  if (Option.isSome(yield* standbysIgnored)) return yield* standbySettings
  const urls = yield* Config.databaseReplicaUrls
  return (yield* Effect.forEach(urls, (url) => examined(url, connectFor))).flat()
})
