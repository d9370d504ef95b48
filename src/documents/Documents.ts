import { Context, Duration, Effect, Layer, Queue } from "effect"
import { availableParallelism } from "node:os"
import { Config } from "../Config.ts"
import { type DocumentFormat, PdfNotInstalled } from "../domain/DocumentFormat.ts"
import { sharedResources } from "../domain/shared.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { timed, traced } from "../telemetry/measure.ts"
import { fileSeconds } from "../telemetry/metrics.ts"
import type { Document } from "./Document.ts"
import type { DocumentResponse } from "./documentWorker.ts"
import { workerProcess } from "./workerProcess.ts"

/** With several cores, at least one stays free for requests. */
export const Processes = Context.Reference<number>("crm-reports/documents/Processes", {
  defaultValue: () => Math.max(1, Math.min(4, availableParallelism() - 1))
})
/** An idle process uses about 150 MB. */
const idleFor = Duration.minutes(2)

export class Documents extends Context.Service<Documents, {
  /** The caller has taken the place of one of the processes. */
  make(document: Document, format: DocumentFormat): Effect.Effect<Uint8Array, PdfNotInstalled | TimedOut | Unavailable>
}>()("crm-reports/documents/Documents") {
  static readonly layer = Layer.effect(
    Documents,
    Effect.gen(function*() {
      const timeout = yield* Config.documentTimeout
      const processes = yield* Processes
      const pool = yield* sharedResources((_slot: number) => workerProcess, idleFor)
      /** A process makes one file at a time. */
      const slots = yield* Queue.unbounded<number>()
      yield* Queue.offerAll(slots, Array.from({ length: processes }, (_, slot) => slot))
      /** If the process has ended, fails, times out or is interrupted, its slot gets a new process. */
      const inWorker = (slot: number, document: Document, format: DocumentFormat) =>
        Effect.scoped(Effect.flatMap(pool.get(slot), ({ make }) => make({ document, format }))).pipe(
          Effect.onError(() => pool.discard(slot)),
          Effect.retry({ times: 1, while: ({ _tag }) => _tag === "WorkerGone" }),
          Effect.timeoutOrElse({ duration: timeout, orElse: () => Effect.fail(new TimedOut()) }),
          Effect.catchTag(
            ["WorkerFailed", "WorkerGone"],
            (failed) =>
              Effect.andThen(Effect.logError("a file could not be made", failed), Effect.fail(new Unavailable()))
          )
        )

      const bytesOf = (response: DocumentResponse) => {
        switch (response._tag) {
          case "Made":
            return Effect.succeed(response.bytes)
          case "NotInstalled":
            return Effect.fail(new PdfNotInstalled())
          case "Failed":
            return Effect.die(new Error(response.reason))
          case "Ready":
            return Effect.die(new Error("a document process started twice"))
        }
      }

      const make = (document: Document, format: DocumentFormat) =>
        Effect.acquireUseRelease(
          Queue.take(slots),
          (slot) => Effect.flatMap(inWorker(slot, document, format), bytesOf),
          (slot) => Queue.offer(slots, slot)
        ).pipe(timed(() => fileSeconds({ format })), traced(`file ${format}`))
      return { make }
    })
  )
}
