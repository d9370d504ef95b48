import { assert, expect, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { fieldsOf } from "../../src/data/writeTables.ts"
import { contract } from "../../src/metrics/crm.ts"
import type { Table } from "../../src/metrics/Table.ts"
import { columnNotes } from "../support/columnNotes.ts"
import { dataDocument } from "../support/dataDocument.ts"

const root = join(import.meta.dirname, "../..")

const formatted = (text: string) =>
  execFileSync(join(root, "node_modules/.bin/dprint"), ["fmt", "-c", ".dprint.json", "--stdin", "data.md"], {
    cwd: root,
    input: text,
    encoding: "utf8"
  })

it("docs/data.md equals the document generated from the CRM contract", async () => {
  await expect(formatted(dataDocument())).toMatchFileSnapshot(join(root, "docs/data.md"))
})

it("every note on a column belongs to an existing column", () => {
  const fields = Object.values<Table>(contract).flatMap(fieldsOf)
  const known = new Set(fields.flatMap(({ column, table }) => [column, `${table}.${column}`]))
  assert.deepStrictEqual(Object.keys(columnNotes).filter((name) => !known.has(name)), [])
})
