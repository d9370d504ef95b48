import { Effect } from "effect"
import { cp, readFile, symlink, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { temporaryFolder } from "./folder.ts"

const root = resolve(import.meta.dirname, "../..")

const list = "src/services/database/migrations.ts"

const migration = `import { inOrder } from "./inOrder.ts"

export default inOrder(["ALTER TABLE crm_reports ADD COLUMN shelf text"])
`

/** Copies the project and adds a migration that creates a column. Returns the file of its command line. */
export const newerVersion = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  yield* Effect.promise(async () => {
    const copied = ["src", "migrations", "package.json"]
    await Promise.all(copied.map((name) => cp(join(root, name), join(folder, name), { recursive: true })))
    await symlink(join(root, "node_modules"), join(folder, "node_modules"))
    await writeFile(join(folder, "migrations/9999_add_shelf.ts"), migration)
    const text = await readFile(join(root, list), "utf8")
    const imported = `import shelf from "../../../migrations/9999_add_shelf.ts"\n`
    const listed = text.replace("export const all = {", "export const all = {\n  \"9999_add_shelf\": shelf,")
    if (listed === text) throw new Error(`${list} has no list of migrations to add to`)
    await writeFile(join(folder, list), imported + listed)
  })
  return join(folder, "src/main.ts")
})
