import { Duration, Effect, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../src/services/database/Database.ts"
import { serving } from "../bench/Process.ts"
import { serverIn } from "../support/embeddedServer.ts"
import { temporaryFolder } from "../support/folder.ts"
import { issuer, party } from "../support/Tokens.ts"

/** Without autovacuum, so that every transaction is the service's or ours. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  autovacuum: "off",
  jit: "off"
}

/** The real service in a process of its own, on a PostgreSQL of its own that holds no rows. */
export const service = Effect.fnUntraced(function*(publicPem: string) {
  const { url } = yield* serverIn(yield* temporaryFolder, settings)
  const { port } = yield* serving("src/main.ts", {
    DATABASE_URL: Redacted.value(url),
    HOST: "127.0.0.1",
    CLERK_JWT_KEY: publicPem,
    CLERK_ISSUER: issuer,
    CLERK_AUTHORIZED_PARTIES: party
  })
  return { port, url }
})

const counted = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql`
    SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()
  `
  return Number(row?.["count"])
})

/** How many transactions the server has ended; it tells a second late, and asking is one more. */
export const transactionsOn = (url: Redacted.Redacted) =>
  Effect.sleep("2 seconds").pipe(
    Effect.andThen(counted),
    Effect.provide(Database.clientOf({
      url: Option.some(url),
      dataFolder: "",
      maxConnections: 1,
      connectFor: Duration.seconds(5)
    }))
  )
