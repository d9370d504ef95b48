import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { importMapped } from "../../src/data/import/mapping/importMapped.ts"
import { mappingOf } from "../../src/data/import/mapping/loadMapping.ts"
import { type Files, folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"

const lead = "Id,IsDeleted,LeadSource,Status,OwnerId,IsConverted,CreatedDate"
const leads = {
  "Lead.csv": [lead, ...["005A", "005B", "005C"].map((id) => `L${id},0,Web,Qualified,${id},0,2024-01-01 10:00:00`)]
}
const users = {
  "User.csv": [
    "Id,FirstName,LastName,Email,UserType",
    "005A,Ana,Ruiz,ana@example.com,Standard",
    "005B,Bo,Lund,bo@example.com,Standard"
  ]
}
const userIds = { "user-ids.csv": ["user_id,email,crm_id", "user_ana,ana@example.com,005A", "user_cy,,005C"] }

const imported = Effect.fnUntraced(function*(files: Files) {
  const organization = { organization_id: "org_n", time_zone: "Europe/Madrid", currency: "EUR" }
  yield* importMapped([yield* folderOf(files)], yield* mappingOf({ preset: "salesforce" }), { organization })
  const sql = yield* SqlClient.SqlClient
  const people = yield* sql`SELECT user_id, name FROM crm.members WHERE organization_id = 'org_n' ORDER BY user_id`
  return people.map((row) => `${row["user_id"]}: ${row["name"]}`)
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("names of people", (it) => {
  it.effect("a name comes from the export, and a stored name is not replaced by an e-mail or an id", () =>
    Effect.gen(function*() {
      const first = ["crm:bo@example.com: Bo Lund", "user_ana: Ana Ruiz", "user_cy: user_cy"]
      assert.deepStrictEqual(yield* imported({ ...leads, ...users, ...userIds }), first)
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE crm.members SET name = 'Cy Ek' WHERE organization_id = 'org_n' AND user_id = 'user_cy'`
      // The export has no names this time.
      const mails = {
        "User.csv": ["Id,Email,UserType", "005A,ana@example.com,Standard", "005B,bo@example.com,Standard"]
      }
      assert.deepStrictEqual(yield* imported({ ...leads, ...mails, ...userIds }), [
        ...first.slice(0, 2),
        "user_cy: Cy Ek"
      ])
      // A name of user-ids.csv counts before the name of the export.
      const named = { "user-ids.csv": ["user_id,name,crm_id", "user_ana,Ana R.,005A", "user_cy,,005C"] }
      assert.deepStrictEqual(yield* imported({ ...leads, ...users, ...named }), [
        "crm:bo@example.com: Bo Lund",
        "user_ana: Ana R.",
        "user_cy: Cy Ek"
      ])
    }))
})
