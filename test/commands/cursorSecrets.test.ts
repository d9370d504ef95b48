import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../src/domain/Ids.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import * as Database from "../../src/services/database/Database.ts"
import { begun, waiters } from "../support/locks.ts"
import { freshDatabase, settingsOf } from "../support/Postgres.ts"

const org = OrgId.make("org")

/** Reads the secret as a process that has not read it before. */
const secretOf = (organizationId: OrgId) =>
  Effect.flatMap(Organizations, (organizations) => organizations.secret(organizationId)).pipe(
    Effect.provide(Layer.fresh(Organizations.layerSql))
  )

describe("the secret that signs the cursors of an organization", () => {
  it.live("all processes have the same secret, and each organization has a secret of its own", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const process = (organizationId: OrgId) =>
        Effect.provide(secretOf(organizationId), Layer.fresh(Database.clientOf(settingsOf(url))))
      const secrets = [yield* process(org), yield* process(org), yield* process(OrgId.make("org_b"))]
      assert.strictEqual(secrets[0], secrets[1])
      assert.notStrictEqual(secrets[0], secrets[2])
      assert.isAtLeast(Buffer.from(secrets[0] ?? "", "base64url").length, 32)
    }))

  it.live("a process that stores a secret while another process stores one gets the secret that was stored first", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const commit = yield* begun(url, "INSERT INTO crm_report_secrets VALUES ('org', 'stored first')")
      const second = yield* Effect.forkChild(
        Effect.provide(secretOf(org), Database.clientOf(settingsOf(url)))
      )
      yield* waiters(url)
      yield* commit
      assert.strictEqual(yield* Fiber.join(second), "stored first")
    }))

  it.live("a read-only database gives the secret that was stored before", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const stored = yield* secretOf(org)
        yield* sql`SELECT set_config('default_transaction_read_only', 'on', false)`
        assert.deepStrictEqual(yield* Effect.exit(secretOf(org)), Exit.succeed(stored))
        assert.strictEqual((yield* Effect.flip(secretOf(OrgId.make("org_b"))))._tag, "Unavailable")
      }).pipe(Effect.provide(Database.clientOf({ ...settingsOf(url), maxConnections: 1 })))
    }))
})
