import { PGlite } from "@electric-sql/pglite"
import { Effect } from "effect"
import { existsSync } from "node:fs"
import { cp, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { inject } from "vitest"
import { temporaryFolder } from "./folder.ts"

/** Creates one empty database for all test files, because that takes seconds of CPU time. */
const original = async () => {
  const folder = join(inject("sharedFolder"), "pglite")
  if (existsSync(folder)) return folder
  const own = `${folder}-${process.pid}`
  const database = await PGlite.create({ dataDir: own })
  await database.close()
  // Another process may have created the folder already.
  await rename(own, folder).catch(() => rm(own, { recursive: true }))
  return folder
}

/** Creates a data folder with an embedded database that has no tables. It is removed when the scope closes. */
export const folderWithDatabase = Effect.tap(
  temporaryFolder,
  (folder) => Effect.promise(async () => cp(await original(), join(folder, "pglite"), { recursive: true }))
)
