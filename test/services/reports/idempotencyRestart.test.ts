import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { forgetUnansweredKeys } from "../../../src/commands/serve.ts"
import { postgresTest } from "../../support/Postgres.ts"

layer(postgresTest, { excludeTestServices: true })("the start on an embedded database", (it) => {
  it.effect("a start on an embedded database deletes only idempotency keys without a response", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* sql`
        INSERT INTO crm_report_idempotency_keys (organization_id, id, fingerprint, holder, claimed_at, status, body)
        VALUES ('org', 'died', 'f', gen_random_uuid(), now(), NULL, NULL),
               ('org', 'answered', 'f', gen_random_uuid(), now(), 201, '{}')
      `
      yield* forgetUnansweredKeys
      const rows = yield* sql`SELECT id FROM crm_report_idempotency_keys WHERE organization_id = 'org'`
      assert.deepStrictEqual(rows, [{ id: "answered" }])
    }))
})
