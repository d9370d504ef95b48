import { Data, Effect } from "effect"
import { type ChildProcess, fork } from "node:child_process"
import { existsSync } from "node:fs"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"
import type { DocumentRequest, DocumentResponse } from "./documentWorker.ts"

const program = fileURLToPath(new URL(`./documentWorker${extname(import.meta.filename)}`, import.meta.url))

export class WorkerFailed extends Data.TaggedError("WorkerFailed")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

const nextFrom = (worker: ChildProcess) =>
  Effect.callback<DocumentResponse, WorkerFailed>((resume) => {
    const finish = (response: Effect.Effect<DocumentResponse, WorkerFailed>) => {
      forget()
      resume(response)
    }
    const fail = (reason: string) => finish(Effect.fail(new WorkerFailed({ reason })))
    const onMessage = (response: DocumentResponse) => finish(Effect.succeed(response))
    const onError = (error: Error) => fail(error.message)
    const onExit = (code: number | null, signal: string | null) => fail(`the process ended with ${code ?? signal}`)
    const forget = () => worker.off("message", onMessage).off("error", onError).off("exit", onExit)
    worker.once("message", onMessage).once("error", onError).once("exit", onExit)
    return Effect.sync(forget)
  })

/** The process ended before it got the request. */
export class WorkerGone extends Data.TaggedError("WorkerGone")<{}> {}

interface WorkerProcess {
  readonly make: (request: DocumentRequest) => Effect.Effect<DocumentResponse, WorkerFailed | WorkerGone>
}

const heapMebibytes = 512

/**
 * A process that needs more data than this ends, so that a file cannot use up the memory of the machine. The memory of
 * Typst is not part of the heap. V8 reserves much more address space than it uses, so `ulimit -v` would end every process.
 */
const dataMebibytes = 1_200

const shell = "/bin/sh"

/** The shell replaces itself with Node. */
const limitedNode = ["-c", `ulimit -d ${dataMebibytes * 1024}; exec "$@"`, shell, process.execPath]

/** The child process gets no secrets. It has one thread, because a low priority would not apply to other threads. */
const forked = () => {
  const flags = [`--max-old-space-size=${heapMebibytes}`, "--single-threaded"]
  const how = existsSync(shell)
    ? { execPath: shell, execArgv: [...limitedNode, ...flags] }
    : { execArgv: flags }
  return fork(program, {
    ...how,
    env: { RAYON_NUM_THREADS: "1" },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  }).on("error", () => {})
}

export const workerProcess = Effect.gen(function*() {
  const worker = yield* Effect.acquireRelease(
    Effect.sync(forked),
    (started) => Effect.sync(() => started.kill("SIGKILL"))
  )
  yield* nextFrom(worker)
  const make = (request: DocumentRequest) =>
    Effect.suspend((): Effect.Effect<DocumentResponse, WorkerFailed | WorkerGone> => {
      const hasEnded = !worker.connected || worker.exitCode !== null || worker.signalCode !== null
      if (hasEnded) return Effect.fail(new WorkerGone())
      worker.send(request)
      return nextFrom(worker)
    })
  return { make } satisfies WorkerProcess
})
