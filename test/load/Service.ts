import { Duration, Effect, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../src/services/database/Database.ts"
import { serving } from "../bench/Process.ts"
import { serverIn } from "../support/embeddedServer.ts"
import { temporaryFolder } from "../support/folder.ts"
import { withoutRateLimits } from "../support/RunningService.ts"
import { clerkSettings } from "../support/Tokens.ts"

/** Autovacuum is off, because its transactions would be counted. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  autovacuum: "off",
  jit: "off"
}

/** Runs the real service in its own process, with an empty PostgreSQL of its own. */
export const service = Effect.fnUntraced(function*(publicPem: string) {
  const { url } = yield* serverIn(yield* temporaryFolder, settings)
  const { port } = yield* serving("src/main.ts", {
    ...withoutRateLimits,
    DATABASE_URL: Redacted.value(url),
    HOST: "127.0.0.1",
    ...clerkSettings(publicPem)
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

/** A connection of PostgreSQL that has become idle reports its last transactions after ten seconds. */
const untilReported = "12 seconds"

/** Waits for the statistics of PostgreSQL. Returns the number of ended transactions, including this query. */
export const transactionsOn = (url: Redacted.Redacted) =>
  Effect.sleep(untilReported).pipe(
    Effect.andThen(counted),
    Effect.provide(Database.clientOf({
      url: Option.some(url),
      dataFolder: "",
      maxConnections: 1,
      connectFor: Duration.seconds(5)
    }))
  )
