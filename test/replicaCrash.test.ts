import { assert, it } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../src/domain/Ids.ts"
import * as Database from "../src/services/database/Database.ts"
import { enableCapture } from "../src/services/replica/changeLog.ts"
import { changesSince, decodeChanges } from "../src/services/replica/changesSince.ts"
import { load, unlimited } from "../src/services/replica/load.ts"
import { serverIn } from "./support/embeddedServer.ts"
import { temporaryFolder } from "./support/folder.ts"
import { settingsOf } from "./support/Postgres.ts"

const organizationId = OrgId.make("org")

/** After a crash, PostgreSQL may lose confirmed commits and reuse their transaction ids. */
it.live("a replica is discarded after PostgreSQL has restarted itself because a backend crashed", () =>
  Effect.gen(function*() {
    const { url } = yield* serverIn(yield* temporaryFolder, {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: ""
    })
    yield* Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      const replica = yield* load(organizationId, unlimited)
      const { params, text } = changesSince(organizationId, replica.snapshot.text)
      const looked = decodeChanges(sql.unsafe(text, params))
      assert.isTrue(replica.apply(yield* looked))
      const [backend] = yield* sql`SELECT pg_backend_pid() AS pid, pg_postmaster_start_time()::text AS since`
      process.kill(Number(backend?.["pid"]), "SIGKILL")
      const again = yield* Effect.retry(looked, Schedule.spaced("100 millis"))
      const [after] = yield* sql`SELECT pg_postmaster_start_time()::text AS since`
      assert.strictEqual(after?.["since"], backend?.["since"])
      assert.isFalse(replica.apply(again))
    }).pipe(Effect.provide(Database.layerOf(settingsOf(url))))
  }))
