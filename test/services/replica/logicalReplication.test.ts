import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../../src/services/database/Database.ts"
import { enableCapture } from "../../../src/services/replica/changeLog.ts"
import { insertedLead, run } from "../../support/captured.ts"
import { serverIn } from "../../support/embeddedServer.ts"
import { eventually } from "../../support/eventually.ts"
import { temporaryFolder } from "../../support/folder.ts"
import { say } from "../../support/locks.ts"
import { settingsOf } from "../../support/Postgres.ts"

const weights = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT weight FROM crm_capture.leads_changes ORDER BY xid, weight`
  return rows.map(({ weight }) => Number(weight))
})

it.live("the change log contains each copy, insert, update and delete by logical replication once", () =>
  Effect.gen(function*() {
    const { url } = yield* serverIn(yield* temporaryFolder, {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      wal_level: "logical"
    })
    yield* Effect.gen(function*() {
      yield* run(["CREATE DATABASE publisher"])
      const publisher = new URL(Redacted.value(url))
      publisher.pathname = "/publisher"
      const source = Redacted.make(publisher.href)
      yield* Effect.provide(
        run([
          "CREATE PUBLICATION leads FOR TABLE crm.leads",
          "ALTER TABLE crm.leads REPLICA IDENTITY FULL",
          insertedLead,
          "SELECT pg_create_logical_replication_slot('leads', 'pgoutput')::text"
        ]),
        Database.layerOf(settingsOf(source))
      )
      yield* enableCapture
      yield* run([
        `CREATE SUBSCRIPTION leads CONNECTION '${publisher.href}' PUBLICATION leads WITH (create_slot = false, slot_name = 'leads')`
      ])
      const grows = (size: number) => eventually(weights, (logged) => logged.length >= size)
      assert.deepStrictEqual(yield* grows(1), [1])
      yield* say(source, insertedLead)
      assert.deepStrictEqual(yield* grows(2), [1, 1])
      yield* say(source, "UPDATE crm.leads SET status = 'client'")
      assert.deepStrictEqual(yield* grows(6), [1, 1, -1, -1, 1, 1])
      yield* say(source, "DELETE FROM crm.leads")
      assert.deepStrictEqual(yield* grows(8), [1, 1, -1, -1, 1, 1, -1, -1])
      yield* run([insertedLead])
      assert.strictEqual((yield* weights).length, 9)
      yield* run(["DROP SUBSCRIPTION leads"])
    }).pipe(Effect.provide(Database.layerOf(settingsOf(url))))
  }))
