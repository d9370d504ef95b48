import { Data, Effect } from "effect"
import { extname } from "node:path"
import { Worker } from "node:worker_threads"
import type { DocumentRequest, DocumentResponse } from "./documentWorker.ts"

const program = new URL(`./documentWorker${extname(import.meta.filename)}`, import.meta.url)

/** A thread that made no file: it ended, ran out of memory, or threw. */
export class ThreadFailed extends Data.TaggedError("ThreadFailed")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

/** The thread's next message, or why there is none. */
const nextFrom = (worker: Worker) =>
  Effect.callback<DocumentResponse, ThreadFailed>((resume) => {
    const finish = (response: Effect.Effect<DocumentResponse, ThreadFailed>) => {
      forget()
      resume(response)
    }
    const fail = (reason: string) => finish(Effect.fail(new ThreadFailed({ reason })))
    const onMessage = (response: DocumentResponse) => finish(Effect.succeed(response))
    const onError = (error: Error) => fail(error.message)
    const onExit = (code: number) => fail(`the thread ended with code ${code}`)
    const forget = () => worker.off("message", onMessage).off("error", onError).off("exit", onExit)
    worker.once("message", onMessage).once("error", onError).once("exit", onExit)
    return Effect.sync(forget)
  })

export interface WorkerThread {
  readonly make: (request: DocumentRequest) => Effect.Effect<DocumentResponse, ThreadFailed>
}

const heapMebibytes = 512

/** A thread that lives as long as its scope. Ending it is the only way to stop what it computes. */
export const workerThread = Effect.gen(function*() {
  const worker = yield* Effect.acquireRelease(
    Effect.sync(() => new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: heapMebibytes } })),
    (started) => Effect.promise(() => started.terminate())
  )
  worker.on("error", () => {})
  yield* nextFrom(worker)
  const make = (request: DocumentRequest) =>
    Effect.suspend(() => {
      const answer = nextFrom(worker)
      worker.postMessage(request, [])
      return answer
    })
  return { make } satisfies WorkerThread
})
