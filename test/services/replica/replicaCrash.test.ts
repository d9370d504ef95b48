import { assert, it } from "@effect/vitest"
import { Effect, Layer, Schedule } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../../src/domain/Ids.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { enableCapture } from "../../../src/services/replica/changeLog.ts"
import { changeLook } from "../../../src/services/replica/changeLook.ts"
import { changesSince, decodeChanges } from "../../../src/services/replica/changesSince.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import { insertedLead, outcomeOf } from "../../support/captured.ts"
import { serverIn } from "../../support/embeddedServer.ts"
import { temporaryFolder } from "../../support/folder.ts"
import { say } from "../../support/locks.ts"
import { settingsOf } from "../../support/Postgres.ts"

const organizationId = OrgId.make("org")

const outcome = outcomeOf(load(organizationId, unlimited))

/** After a crash, PostgreSQL may lose confirmed commits and reuse their transaction ids. */
it.live("after a crash of PostgreSQL, a replica is discarded, and none is loaded until earlier prepared transactions end", () =>
  Effect.gen(function*() {
    const { url } = yield* serverIn(yield* temporaryFolder, {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_prepared_transactions: "2"
    })
    yield* Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      const prepare = (id: string, statement: string) => say(url, `BEGIN; ${statement}; PREPARE TRANSACTION '${id}'`)
      yield* prepare("lost", insertedLead)
      yield* prepare("elsewhere", "CREATE TABLE public.elsewhere ()")
      assert.strictEqual(yield* outcome, "loaded")
      const replica = yield* load(organizationId, unlimited)
      const { params, text } = changesSince(organizationId, replica.snapshot.text)
      const looked = decodeChanges(sql.unsafe(text, params))
      assert.isTrue(replica.apply(yield* looked))
      const look = yield* changeLook
      const known = yield* look(organizationId, undefined)
      assert.isTrue(known.isLogged)
      const [backend] = yield* sql`SELECT pg_backend_pid() AS pid, pg_postmaster_start_time()::text AS since`
      process.kill(Number(backend?.["pid"]), "SIGKILL")
      const again = yield* Effect.retry(looked, Schedule.spaced("100 millis"))
      const [after] = yield* sql`SELECT pg_postmaster_start_time()::text AS since`
      assert.strictEqual(after?.["since"], backend?.["since"])
      assert.isFalse(replica.apply(again))

      assert.match(yield* outcome, /^LogIncomplete: /)
      const incomplete = yield* look(organizationId, known)
      assert.deepInclude(incomplete, { isLogged: false, hasChanged: true })
      yield* say(url, "COMMIT PREPARED 'lost'")
      assert.strictEqual(yield* outcome, "loaded")
      assert.deepInclude(yield* look(organizationId, incomplete), { isLogged: true, hasChanged: true })
    }).pipe(Effect.provide(Layer.provideMerge(Layer.fresh(SqlFailures.layer), Database.layerOf(settingsOf(url)))))
  }))
