import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { uniqueIn } from "../../src/data/import/checks.ts"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { contract } from "../../src/metrics/crm.ts"
import { type Files, folderOf, withValue } from "../support/csv.ts"
import { fileCases, rowCases, valueCases } from "../support/importCases.ts"
import { postgresTest } from "../support/Postgres.ts"
import { readTables } from "../support/readTables.ts"

/** Imports the files, checks that all tables are empty, and returns the error. */
const refusalOf = Effect.fnUntraced(function*(files: Files) {
  const folder = yield* folderOf(files)
  const refused = yield* Effect.flip(importFolders([folder]))
  assert.isTrue(Object.values(yield* readTables).every((rows) => rows.length === 0))
  return refused.message.replaceAll(folder, "FOLDER")
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("an import", (it) => {
  it.effect.each([...fileCases, ...rowCases].map(({ files, line, name }) => [name, files, line] as const))(
    "an import with %s is refused with one line that names the fault",
    ([, files, line]) =>
      Effect.gen(function*() {
        assert.strictEqual(yield* refusalOf(files), line)
      })
  )

  const named = valueCases.map((one) => [one[2].slice(0, 40), one[1], one[0], one] as const)
  it.effect.each(named)(
    "an import is refused because of the value %j in the column %s of %s",
    ([, , , [file, column, value, reason, shown]]) =>
      Effect.gen(function*() {
        const told = yield* refusalOf(withValue(file, column, value))
        assert.strictEqual(told, `FOLDER/${file}:2 ${column}: ${shown ?? `"${value}" `}${reason}`)
      })
  )

  it.effect("an import finds repeated ids also in a file with more ids than one Map can hold", () =>
    Effect.sync(() => {
      const repeated = uniqueIn(
        { table: contract.tags, path: "tags.csv" },
        2
      )
      const row = (tagId: string, line: number) => ({ line, cells: { organizationId: "org", tagId } })
      for (const [index, tagId] of ["a", "b", "c", "d", "e"].entries()) repeated(row(tagId, index + 2))
      assert.deepStrictEqual(
        ["a", "c", "e"].map((tagId) => repeated(row(tagId, 7))),
        [2, 4, 6].map((line) => ({
          place: "tags.csv:7",
          reason: `the same organization_id, tag_id as in line ${line}`,
          kind: "the same organization_id, tag_id as in line"
        }))
      )
    }))

  it.effect("an import names the row whose organization has an unknown time zone in the database", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* sql`INSERT INTO crm.organizations (organization_id, name, time_zone) VALUES ('org_z', 'Z', 'Berlin')`
      const folder = yield* folderOf({
        "leads.csv": ["organization_id,lead_id,status,created_at", "org_z,l1,lead,2024-01-01"]
      })
      const { message } = yield* Effect.flip(importFolders([folder]))
      yield* sql`DELETE FROM crm.organizations WHERE organization_id = 'org_z'`
      assert.strictEqual(
        message,
        `${folder}/leads.csv:2 organization_id: the database has the unknown time zone "Berlin": correct it in crm.organizations`
      )
    }))

  it.effect("an import of a path that is not a folder names the path", () =>
    Effect.gen(function*() {
      const folder = yield* folderOf({ "tags.csv": "" })
      const missing = yield* Effect.flip(importFolders([join(folder, "absent")]))
      assert.strictEqual(missing.message, `${join(folder, "absent")}: there is no such folder`)
      const file = yield* Effect.flip(importFolders([join(folder, "tags.csv")]))
      assert.strictEqual(file.message, `${join(folder, "tags.csv")}: this is not a folder that can be read`)
    }))
})
