import { Effect, Layer, Redacted } from "effect"
import { extname, join, resolve } from "node:path"
import { Worker } from "node:worker_threads"
import { DatabaseUnusable } from "../errors.ts"
import { pool } from "../pool.ts"
import { duplexTo } from "./duplex.ts"
import { lockFile } from "./lockFile.ts"
import type { Request } from "./pgliteWorker.ts"
import { writableFolder } from "./writableFolder.ts"

const program = new URL(`./pgliteWorker${extname(import.meta.filename)}`, import.meta.url)

const started = (dataDir: string) =>
  Effect.callback<Worker, DatabaseUnusable>((resume) => {
    const worker = new Worker(program, { workerData: { dataDir } })
    worker.once("message", () => resume(Effect.succeed(worker)))
    worker.once("error", (cause) => {
      resume(
        new DatabaseUnusable({ reason: `the embedded database in ${dataDir} does not start (${cause.message})` })
      )
    })
  })

const close: Request = { _tag: "Close" }

const stopped = (worker: Worker) =>
  Effect.callback<void>((resume) => {
    worker.once("exit", () => resume(Effect.void))
    worker.postMessage(close, [])
  }).pipe(
    Effect.timeoutOrElse({ duration: "5 seconds", orElse: () => Effect.promise(() => worker.terminate()) })
  )

const opened = Effect.fnUntraced(function*(folder: string) {
  yield* writableFolder(folder)
  yield* lockFile(resolve(folder, "pglite.lock"))
  return yield* Effect.acquireRelease(started(join(folder, "pglite")), stopped)
})

/** PGlite in a worker thread, over PostgreSQL's wire protocol. */
export const embedded = (folder: string) =>
  Layer.unwrap(Effect.map(opened(folder), (worker) =>
    pool({
      stream: duplexTo(worker),
      username: "postgres",
      database: "postgres",
      password: Redacted.make(""),
      maxConnections: 1
    })))
