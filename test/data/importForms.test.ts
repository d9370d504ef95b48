import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { everyTable, folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"
import { readTables } from "../support/readTables.ts"

const at = (text: string) => Date.parse(text)

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("forms of CSV", (it) => {
  it.effect("an import reads CSV files as PostgreSQL writes them", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* importFolders([yield* folderOf(everyTable)])
      const tag = "00000000-0000-4000-8000-00000000000a"
      const row = {
        owner_id: null,
        assignee_ids: ["user_1", "a \"b\", {c}\\|"],
        tag_ids: [tag],
        source: null,
        status: "x,y"
      }
      const written = ["2024-07-03 02:21:00.123+00", "2024-07-02 20:21:00-06", "2024-07-03 07:51:00+05:30"]
      const array = (yield* sql`SELECT ${row.assignee_ids}::text[]::text AS text`)[0]?.["text"]
      const csv = `"${String(array).replaceAll("\"", "\"\"")}"`
      yield* importFolders([
        yield* folderOf({
          "leads.csv": [
            "organization_id,lead_id,owner_id,assignee_ids,tag_ids,source,status,created_at,first_call_at",
            ...written.map((time, index) => `org_a,pg${index},\\N,${csv},{${tag}},,"x,y",${time},\\N`),
            `org_a,pg3,,{},{},,x,2024-07-03,`
          ]
        })
      ])
      const found = (yield* readTables)["leads"]?.filter(({ leadId }) => String(leadId).startsWith("pg")) ?? []
      assert.deepInclude(found[0], {
        ownerId: row.owner_id,
        assigneeIds: row.assignee_ids,
        tagIds: row.tag_ids,
        source: row.source,
        status: row.status,
        firstCallAt: null
      })
      assert.deepStrictEqual(found.map(({ createdAt }) => createdAt), [
        at("2024-07-03T02:21:00.123Z"),
        at("2024-07-03T02:21:00Z"),
        at("2024-07-03T02:21:00Z"),
        at("2024-07-02T22:00:00Z")
      ])
      assert.deepInclude(found[3], { assigneeIds: [], tagIds: [] })
    }))

  it.effect("an import with an encoding reads files in this encoding", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const text = (name: string) => `organization_id,name\norg_enc,${name}\n`
      for (
        const [encoding, bytes] of [
          ["windows-1252", Buffer.from(text("Caf\xe9"), "latin1")],
          ["utf-16le", Buffer.from(`\uFEFF${text("Café")}`, "utf16le")]
        ] as const
      ) {
        yield* sql`DELETE FROM crm.organizations WHERE organization_id = 'org_enc'`
        yield* importFolders([yield* folderOf({ "organizations.csv": bytes })], { encoding })
        const rows = yield* sql`SELECT name FROM crm.organizations WHERE organization_id = 'org_enc'`
        assert.deepStrictEqual(rows, [{ name: "Café" }])
      }
    }))
})
