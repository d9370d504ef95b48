import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { findingsOf } from "../../src/data/check/findingsOf.ts"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { run } from "../support/captured.ts"
import { folderOf } from "../support/csv.ts"
import { blocksUnder, leads, statementsIn } from "../support/feeding.ts"
import { postgresTest } from "../support/Postgres.ts"

const bySql = blocksUnder("## Feed the tables by SQL").map(statementsIn)

const crmRows = [
  "INSERT INTO app.users VALUES ('org_acme', 'user_a', 'Ana')",
  "INSERT INTO app.contacts VALUES ('org_acme', 1, 'user_a', 'Customer', 'web', '2024-01-01 10:00+00')",
  "INSERT INTO app.contacts VALUES ('org_acme', 2, 'user_a', 'NEW', 'web', '2024-01-02 10:00+00')"
]

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("feeding the tables", (it) => {
  it.effect("the SQL in docs/data.md copies rows, updates them, removes deleted ones, and leaves no fault", () =>
    Effect.gen(function*() {
      const [tables = [], job = []] = bySql
      yield* run([...tables, ...crmRows, ...job])
      assert.deepStrictEqual(yield* leads, ["1 client", "2 lead"])
      assert.deepStrictEqual(yield* findingsOf(Option.none()), [])
      yield* run(["DELETE FROM app.contacts WHERE id = 1", "UPDATE app.contacts SET state = 'Lost in space'", ...job])
      assert.deepStrictEqual(yield* leads, ["2 Lost in space"])
      const found = yield* findingsOf(Option.none())
      assert.deepStrictEqual(found.map(({ kind }) => kind), ["no_client", "unknown_status"])
    }))

  it.effect("the nightly import in docs/data.md imports the rows that its query selects", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* run(["UPDATE app.contacts SET state = 'Lead'"])
      const [script = ""] = blocksUnder("## Feed the tables by a nightly import")
      const [, query = "", path = ""] = /copy \((SELECT .+)\) TO '(\S+)' CSV HEADER/.exec(script) ?? []
      const [row = {}] = yield* sql.unsafe<Record<string, string>>(
        `SELECT ${
          ["organization_id", "lead_id", "owner_id", "source", "status", "created_at"].map((column) =>
            `q.${column}::text`
          ).join(", ")
        } FROM (${query}) q`
      )
      const folder = yield* folderOf({ [path]: [Object.keys(row).join(), Object.values(row).join()] })
      yield* importFolders([join(folder, "nightly")])
      assert.deepStrictEqual(yield* leads, ["2 lead"])
    }))
})
