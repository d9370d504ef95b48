import { Clock, Duration, Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import { counted } from "../../domain/counted.ts"
import { IsDistributed } from "../../services/database/distributed.ts"
import { decodeRow } from "../../services/database/statements.ts"
import { clockFindings } from "./clock.ts"
import { advice, type Findings, ok, problem } from "./Finding.ts"

const Server = Schema.Struct({
  version: Schema.String,
  encoding: Schema.String,
  role: Schema.String,
  database: Schema.String,
  limits: Schema.Array(Schema.Struct({ name: Schema.String, millis: Schema.Finite })),
  isReadOnly: Schema.Boolean,
  planCacheMode: Schema.String,
  allowedConnections: Schema.Int,
  millis: Schema.Finite
})

const decodeServer = decodeRow(Server)

const select = `SELECT current_setting('server_version') AS version,
  current_setting('server_encoding') AS encoding, quote_ident(current_user) AS role,
  quote_ident(current_database()) AS database,
  (SELECT coalesce(json_agg(json_build_object('name', name, 'millis', setting::float8)), '[]') FROM pg_settings
    WHERE name IN ('statement_timeout', 'transaction_timeout') AND setting <> '0') AS limits,
  pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "isReadOnly",
  current_setting('plan_cache_mode') AS "planCacheMode",
  least(
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
    (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
    (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())
  ) AS "allowedConnections",
  (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS millis`

/** Through PgBouncer, a connection lacks the `plan_cache_mode` that the service asks for. */
const planFindings = ({ planCacheMode, role }: typeof Server.Type, isDistributed: boolean): Findings => {
  const isGeneric = planCacheMode === "force_generic_plan"
  if (isDistributed) {
    return isGeneric
      ? [problem(
        `plan_cache_mode is ${planCacheMode}, and Citus refuses statements under it: ` +
          `ALTER ROLE ${role} SET plan_cache_mode = auto`
      )]
      : []
  }
  return isGeneric ? [] : [advice(
    `plan_cache_mode is ${planCacheMode}, so each statement is planned again: ` +
      `ALTER ROLE ${role} SET plan_cache_mode = force_generic_plan`
  )]
}

const readOnlyFindings = ({ isReadOnly }: typeof Server.Type): Findings =>
  isReadOnly
    ? [problem("the database is read-only, and the service writes to it: name the primary server in DATABASE_URL")]
    : []

const encodingFindings = ({ database, encoding }: typeof Server.Type): Findings =>
  encoding === "UTF8" ? [] : [problem(
    `the encoding of the database ${database} is ${encoding}, so texts with other characters cannot be stored: ` +
      "create a database with ENCODING 'UTF8' and TEMPLATE template0"
  )]

/** A migration, and the load of a replica, may take longer than each limit of the service. */
const limitFindings = ({ database, limits, role }: typeof Server.Type, longest: Duration.Duration): Findings =>
  limits.map(({ millis, name }) => {
    const found = `${name} of the database ends statements after ${Duration.format(Duration.millis(millis))}`
    const remedy = `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = 0`
    return millis < Duration.toMillis(longest)
      ? problem(`${found}, before the limits of the service (${Duration.format(longest)}): ${remedy}`)
      : advice(`${found}, and a migration or a load of a replica may take longer: ${remedy}`)
  })

const poolFindings = (pool: number, { allowedConnections }: typeof Server.Type): Findings =>
  pool <= allowedConnections ? [] : [advice(
    `DATABASE_POOL is ${pool}, and the server allows ${counted(allowedConnections, "connection", "connections")}: ` +
      "lower DATABASE_POOL, raise max_connections or the CONNECTION LIMIT of the role and of the database, " +
      "or connect through a pooler"
  )]

export const server = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const found = yield* decodeServer(sql.unsafe(select))
  const now = yield* Clock.currentTimeMillis
  const pool = Option.isSome(yield* Config.databaseUrl) ? yield* Config.databasePool : 1
  return [
    ok(`PostgreSQL ${found.version} answers`),
    ...readOnlyFindings(found),
    ...encodingFindings(found),
    ...planFindings(found, yield* IsDistributed),
    ...limitFindings(found, Duration.max(yield* Config.widgetTimeout, yield* Config.freezeTimeout)),
    ...poolFindings(pool, found),
    ...clockFindings("PostgreSQL", found.millis, now)
  ]
})
