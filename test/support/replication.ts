import { assert } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { subscriptions } from "../../src/data/check/subscriptions.ts"
import { counted } from "../../src/domain/counted.ts"
import * as Database from "../../src/services/database/Database.ts"
import { run } from "./captured.ts"
import { serverIn } from "./embeddedServer.ts"
import { eventually } from "./eventually.ts"
import { blocksUnder, statementsIn } from "./feeding.ts"
import { temporaryFolder } from "./folder.ts"
import { databaseOn, settingsOf } from "./Postgres.ts"

const [publishing = "", subscribing = ""] = blocksUnder("## Feed the tables by logical replication")
const [enabling = "", arrivedAt = "", lsnAfter = "", goingOn = "", resending = ""] = blocksUnder(
  "### Go on after a refused row"
)

/** The statements of docs/data.md for a reader who copies them. */
export const documented = { publishing: statementsIn(publishing), enabling: statementsIn(enabling), resending }

/** Skips the transaction at the LSN, and goes on. */
export const skipped = (lsn: string) => run(statementsIn(goingOn.replace("0/1A2B3C4", lsn)))

/** A server that writes its log to a file. */
export class Server extends Context.Service<Server, {
  readonly url: Redacted.Redacted
  readonly log: Effect.Effect<string>
}>()("crm-reports/test/Server") {
  static readonly layer = Layer.effect(
    Server,
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { url } = yield* serverIn(folder, {
        wal_level: "logical",
        logging_collector: "on",
        log_directory: "log",
        log_filename: "server.log"
      })
      return { url, log: Effect.promise(() => readFile(join(folder, "data/log/server.log"), "utf8")) }
    })
  )
}

/** Runs the test in a database of the service, beside a database of a CRM. */
export const beside = Effect.fnUntraced(function*<A, E, R>(
  name: string,
  test: (crm: Redacted.Redacted, env: Record<string, string>) => Effect.Effect<A, E, R | SqlClient.SqlClient>
) {
  const { url } = yield* Server
  const crm = yield* databaseOn(url, `${name}_crm`)
  const service = yield* databaseOn(url, `${name}_service`)
  yield* test(crm, { DATABASE_URL: Redacted.value(service) }).pipe(
    Effect.scoped,
    Effect.provide(Database.layerOf(settingsOf(service)))
  )
})

export const subscribed = (crm: Redacted.Redacted) =>
  Effect.acquireRelease(
    run(statementsIn(subscribing.replace(/CONNECTION '[^']+'/, `CONNECTION '${Redacted.value(crm)}'`))),
    () => Effect.orDie(run(["DROP SUBSCRIPTION crm_reports"]))
  )

export const running = eventually(subscriptions, (found) => found.every(({ isRunning }) => isRunning))

/** PostgreSQL disables the subscription first. Then it counts the error, and releases the slot. */
export const stopped = Effect.fnUntraced(function*(errors: number) {
  const sql = yield* SqlClient.SqlClient
  const ended = sql<{ readonly isEnded: boolean }>`
    SELECT NOT s.subenabled AND NOT r.active AND e.apply_error_count + e.sync_error_count >= ${errors} AS "isEnded"
    FROM pg_subscription s JOIN pg_stat_subscription_stats e ON e.subid = s.oid
    JOIN pg_replication_slots r ON r.slot_name = s.subslotname
  `
  yield* eventually(ended, (rows) => rows.some(({ isEnded }) => isEnded))
  const [found] = yield* subscriptions
  assert.strictEqual(
    found?.text,
    `the subscription crm_reports is disabled, after ${
      counted(errors, "error", "errors")
    } that PostgreSQL's log names, so no row arrives: docs/data.md says how to go on after a refused row`
  )
})

/** The driver cannot read the type of an LSN, so the answer is text. */
const lsnIn = (block: string) => {
  const [statement = ""] = statementsIn(block)
  const answer = SqlClient.SqlClient.use((sql) =>
    sql.unsafe<{ readonly lsn: string }>(`SELECT lsn::text FROM (${statement}) found`)
  )
  return Effect.map(answer, ([found]) => found?.lsn ?? "")
}

/** Finds the LSN of the refused transaction without the log, as docs/data.md says. */
export const lsnOf = Effect.fnUntraced(function*(crm: Redacted.Redacted) {
  const arrived = yield* lsnIn(arrivedAt)
  return yield* Effect.provide(
    lsnIn(lsnAfter.replace("0/1A2B000", arrived)),
    Database.clientOf(settingsOf(crm))
  )
})
