import { Context, Duration, Effect, Layer, PartitionedSemaphore, RcMap } from "effect"
import { availableParallelism } from "node:os"
import { Config } from "../Config.ts"
import { type DocumentFormat, PdfNotInstalled } from "../domain/DocumentFormat.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import type { Document } from "./Document.ts"
import { workerProcess } from "./workerProcess.ts"

/** One core stays free for requests. */
const processes = Math.max(1, Math.min(4, availableParallelism() - 1))
/** An idle process uses about 150 MB. */
const idleFor = Duration.minutes(2)
const mostWaiting = 64

/** Organizations take turns in using the child processes. */
export class Documents extends Context.Service<Documents, {
  make(
    organizationId: string,
    document: Document,
    format: DocumentFormat
  ): Effect.Effect<Uint8Array, PdfNotInstalled | TimedOut | Unavailable>
}>()("crm-reports/documents/Documents") {
  static readonly layer = Layer.effect(
    Documents,
    Effect.gen(function*() {
      const timeout = yield* Config.documentTimeout
      const pool = yield* RcMap.make({ lookup: (_slot: number) => workerProcess, idleTimeToLive: idleFor })
      const freeSlots = Array.from({ length: processes }, (_, slot) => slot)
      const permits = yield* PartitionedSemaphore.make<string>({ permits: processes })
      const waiting = new Set<symbol>()

      /** After a failure, timeout or interruption a new process starts. */
      const inWorker = (slot: number, document: Document, format: DocumentFormat) =>
        Effect.scoped(Effect.flatMap(RcMap.get(pool, slot), ({ make }) => make({ document, format }))).pipe(
          Effect.timeoutOrElse({ duration: timeout, orElse: () => Effect.fail(new TimedOut()) }),
          Effect.onError(() => RcMap.invalidate(pool, slot))
        )

      const made = (document: Document, format: DocumentFormat) =>
        Effect.acquireUseRelease(
          Effect.sync(() => freeSlots.pop() ?? 0),
          (slot) => inWorker(slot, document, format),
          (slot) => Effect.sync(() => freeSlots.push(slot))
        ).pipe(
          Effect.catchTag("WorkerFailed", (failed) =>
            Effect.andThen(Effect.logError("a file could not be made", failed), Effect.fail(new Unavailable())))
        )

      const make = Effect.fnUntraced(function*(organizationId: string, document: Document, format: DocumentFormat) {
        if (waiting.size >= mostWaiting) return yield* new Unavailable()
        const ticket = Symbol(format)
        waiting.add(ticket)
        const response = yield* permits.withPermit(organizationId)(made(document, format)).pipe(
          Effect.ensuring(Effect.sync(() => waiting.delete(ticket)))
        )
        switch (response._tag) {
          case "Made":
            return response.bytes
          case "NotInstalled":
            return yield* new PdfNotInstalled()
          case "Failed":
            return yield* Effect.die(new Error(response.reason))
          case "Ready":
            return yield* Effect.die(new Error("a document process started twice"))
        }
      })
      return { make }
    })
  )
}
