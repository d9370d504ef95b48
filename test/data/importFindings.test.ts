import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("findings of an import", (it) => {
  it.effect("an import counts the rows of an organization that is not known", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 2_500 }, (_, index) => `org_b,l${index},lead,2024-01-01`)
      const folder = yield* folderOf({
        "organizations.csv": ["organization_id,name", "org_a,Acme"],
        "leads.csv": ["organization_id,lead_id,status,created_at", ...rows]
      })
      const { message } = yield* Effect.flip(importFolders([folder]))
      const fault = "\"org_b\" is in no organizations file and not in the database (and 2,499 more rows)"
      assert.strictEqual(message.replaceAll(folder, "FOLDER"), `FOLDER/leads.csv:2 organization_id: ${fault}`)
    }))

  it.effect("an import lists currencies and colors that are not known", () =>
    Effect.gen(function*() {
      const folder = yield* folderOf({
        "organizations.csv": ["organization_id,name,currency", "org_x,Codes,EUX"],
        "members.csv": ["organization_id,user_id,name", "org_x,user_1,Ana"],
        "tags.csv": ["organization_id,tag_id,name,color", "org_x,00000000-0000-4000-8000-00000000000a,Hot,#ff0000"]
      })
      const { uncounted } = yield* importFolders([folder], { isDryRun: true })
      assert.deepStrictEqual(uncounted, [
        "org_x organizations: 1 row has the unknown currency \"EUX\"",
        "org_x tags: 1 row has the unknown color \"#ff0000\""
      ])
    }))
})
