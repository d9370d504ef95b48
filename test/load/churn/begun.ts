import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { chmod, mkdir } from "node:fs/promises"
import { join } from "node:path"
import * as Database from "../../../src/services/database/Database.ts"
import { serverIn } from "../../support/embeddedServer.ts"
import { temporaryFolder } from "../../support/folder.ts"
import { settingsOf } from "../../support/settingsOf.ts"
import { beginning } from "./tables.ts"

const settings = {
  max_connections: "200",
  max_prepared_transactions: "20",
  fsync: "off",
  full_page_writes: "off",
  jit: "off"
}

/** Starts PostgreSQL, and fills each CRM table with `ids` rows. The server may write files to the folder `copies`. */
export const begun = Effect.fnUntraced(function*(ids: number) {
  const folder = yield* temporaryFolder
  const { url } = yield* serverIn(folder, settings)
  const copies = join(folder, "copies")
  yield* Effect.promise(async () => {
    await mkdir(copies)
    await chmod(folder, 0o711)
    await chmod(copies, 0o777)
  })
  yield* Effect.scoped(Layer.build(Database.layerOf(settingsOf(url))))
  yield* Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    for (const statement of beginning(ids)) yield* sql.unsafe(statement)
  }).pipe(Effect.provide(Database.clientOf(settingsOf(url))))
  return { url, copies }
})
