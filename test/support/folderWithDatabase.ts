import { Duration, Effect, Layer, Option } from "effect"
import { existsSync } from "node:fs"
import { cp, mkdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { inject } from "vitest"
import * as Database from "../../src/services/database/Database.ts"
import { temporaryFolder } from "./folder.ts"

const settingsIn = (dataFolder: string) => ({
  url: Option.none(),
  dataFolder,
  maxConnections: 1,
  connectFor: Duration.seconds(1)
})

/** Creates one migrated database for all test files, because that takes seconds of CPU time. */
const original = Effect.gen(function*() {
  const folder = join(inject("sharedFolder"), "embedded")
  if (existsSync(folder)) return folder
  const own = `${folder}-${process.pid}`
  yield* Effect.promise(() => mkdir(own))
  yield* Effect.scoped(Layer.build(Database.layerOf(settingsIn(own))))
  // Another process may have created the folder already.
  yield* Effect.promise(() => rename(own, folder).catch(() => rm(own, { recursive: true })))
  return folder
})

/** Creates a data folder with a migrated embedded database. It is removed when the scope closes. */
export const folderWithDatabase = Effect.gen(function*() {
  const [from, to] = [yield* original, yield* temporaryFolder]
  yield* Effect.promise(() => cp(from, to, { recursive: true }))
  return to
})
