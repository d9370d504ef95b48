import { Duration, Effect, Layer, Redacted } from "effect"
import { statfs } from "node:fs/promises"
import { dirname, extname, join } from "node:path"
import { Worker } from "node:worker_threads"
import { DatabaseUnusable } from "../errors.ts"
import { pool } from "../pool.ts"
import { duplexTo } from "./duplex.ts"
import type { Request } from "./pgliteWorker.ts"
import { writableFolder } from "./writableFolder.ts"

const program = new URL(`./pgliteWorker${extname(import.meta.filename)}`, import.meta.url)

/** Node 22 warns that `node:sqlite` is experimental. */
const noWarning = "--disable-warning=ExperimentalWarning"

const fullDisk = 32 * 1024 * 1024

const reasonOf = async (dataDir: string, cause: Error): Promise<string> => {
  const { bavail, bsize } = await statfs(dirname(dataDir))
  const remedy = bavail * bsize < fullDisk ? ": its disk is full, free space there" : ""
  return `the embedded database in ${dataDir} does not start (${cause.message})${remedy}`
}

const start = (dataDir: string) =>
  new Promise<Worker>((resolve, reject) => {
    const worker = new Worker(program, { workerData: { dataDir }, execArgv: [noWarning] })
    let hasFailed = false
    worker.once("message", () => resolve(worker))
    // A worker that fails also exits, maybe before the reason is known.
    worker.once("error", (cause) => {
      hasFailed = true
      reasonOf(dataDir, cause).then((reason) => reject(new DatabaseUnusable({ reason })), reject)
    })
    worker.once("exit", () => {
      if (!hasFailed) reject(new DatabaseUnusable({ reason: `the embedded database in ${dataDir} has stopped` }))
    })
  })

const close: Request = { _tag: "Close" }

const stopped = (worker: Worker) =>
  Effect.callback<void>((resume) => {
    if (worker.threadId === -1) return resume(Effect.void)
    worker.once("exit", () => resume(Effect.void))
    worker.postMessage(close, [])
  }).pipe(
    Effect.timeoutOrElse({ duration: "5 seconds", orElse: () => Effect.promise(() => worker.terminate()) })
  )

const opened = Effect.fnUntraced(function*(folder: string) {
  yield* writableFolder(folder)
  const dataDir = join(folder, "pglite")
  const first = yield* Effect.tryPromise({
    try: () => start(dataDir),
    catch: (error) => error instanceof DatabaseUnusable ? error : new DatabaseUnusable({ reason: String(error) })
  })
  let current = first
  yield* Effect.addFinalizer(() => Effect.suspend(() => stopped(current)))
  const restart = async () => {
    current = await start(dataDir)
    return current
  }
  return duplexTo(first, restart)
})

export const embedded = (folder: string) =>
  Layer.unwrap(Effect.map(opened(folder), (stream) =>
    pool({
      stream,
      username: "postgres",
      database: "postgres",
      password: Redacted.make(""),
      maxConnections: 1,
      // PGlite has one session, so a connection also waits for a long statement of an earlier connection.
      connectTimeout: Duration.infinity
    })))
