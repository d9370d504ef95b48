import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { resolve } from "node:path"
import * as Database from "../../src/services/database/Database.ts"
import { ended } from "../support/ended.ts"
import { settingsOf } from "../support/settingsOf.ts"
import { organizationId } from "./widgets.ts"

const removed = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  for (const table of ["lead", "call", "deal"]) {
    yield* sql.unsafe(
      `DELETE FROM crm.${table}s WHERE organization_id = $1 AND starts_with(${table}_id, 'bench_')`,
      [organizationId]
    )
    yield* sql.unsafe(`VACUUM ANALYZE crm.${table}s`).unprepared
  }
})

const removedFrom = (url: Redacted.Redacted) =>
  Effect.provide(
    removed,
    Database.clientOf({ ...settingsOf(url), maxConnections: 1 })
  )

/** Runs the effect while another process writes to both databases, and removes the rows when the scope closes. */
export const whileWriting = Effect.fnUntraced(function*<A, E, R>(
  effect: Effect.Effect<A, E, R>,
  rowsPerSecond: number,
  { people, rivalUrl, url }: {
    readonly url: Redacted.Redacted
    readonly rivalUrl: Redacted.Redacted
    readonly people: ReadonlyArray<string>
  }
) {
  const urls = [url, rivalUrl]
  const clean = Effect.forEach(urls, removedFrom)
  yield* clean
  yield* Effect.addFinalizer(() => Effect.orDie(clean))
  const env = {
    PATH: process.env["PATH"],
    URLS: urls.map(Redacted.value).join(" "),
    PEOPLE: people.join(" "),
    ROWS_PER_SECOND: String(rowsPerSecond)
  }
  const stopped = (child: ReturnType<typeof spawn>) =>
    Effect.promise(() => {
      child.kill("SIGTERM")
      return ended(child)
    })
  return yield* Effect.acquireUseRelease(
    Effect.promise(async () => {
      const writer = resolve(import.meta.dirname, "writer.ts")
      const child = spawn(process.execPath, [writer], { env, stdio: ["ignore", "pipe", "inherit"] })
      await once(child.stdout, "data")
      return child
    }),
    () => effect,
    stopped
  )
})
