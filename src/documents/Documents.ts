import { Context, Duration, Effect, Layer, Pool } from "effect"
import { availableParallelism } from "node:os"
import { Config } from "../Config.ts"
import { type DocumentFormat, PdfNotInstalled } from "../domain/DocumentFormat.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { timed, traced } from "../telemetry/measure.ts"
import { fileSeconds } from "../telemetry/metrics.ts"
import type { ComparisonDocument } from "./ComparisonDocument.ts"
import { isSmall } from "./cost.ts"
import type { Document } from "./Document.ts"
import type { DocumentResponse } from "./documentWorker.ts"
import { workerProcess } from "./workerProcess.ts"

/** This number of large files is made at a time. With several cores, at least one stays free for requests. */
export const Processes = Context.Reference<number>("crm-reports/documents/Processes", {
  defaultValue: () => Math.max(1, Math.min(4, availableParallelism() - 1))
})

/** Small files are made one after the other, in a process of their own. */
export const smallProcesses = 1

/** An idle process uses about 150 MB. */
const idleFor = Duration.minutes(2)

/** A process does not give memory back, so it makes no further file when it uses more. */
export const MostIdleBytes = Context.Reference<number>("crm-reports/documents/MostIdleBytes", {
  defaultValue: () => 300e6
})

export class Documents extends Context.Service<Documents, {
  /** The caller has taken the place of one of the processes. */
  make(
    document: Document | ComparisonDocument,
    format: DocumentFormat
  ): Effect.Effect<Uint8Array, PdfNotInstalled | TimedOut | Unavailable>
}>()("crm-reports/documents/Documents") {
  static readonly layer = Layer.effect(
    Documents,
    Effect.gen(function*() {
      const timeout = yield* Config.documentTimeout
      const scope = yield* Effect.scope
      const mostIdleBytes = yield* MostIdleBytes
      const spare = 1
      const pool = yield* Pool.makeWithTTL({
        acquire: workerProcess,
        min: 0,
        max: (yield* Processes) + smallProcesses + spare,
        timeToLive: idleFor
      })
      /** Starts a process for the next file, because a start takes a second. */
      const prepared = Effect.scoped(Pool.get(pool)).pipe(Effect.ignore, Effect.forkIn(scope))

      /** A large file gets a new process, which ends with it. If a process fails or is interrupted, it ends too. */
      const inProcess = (document: Document | ComparisonDocument, format: DocumentFormat) =>
        Effect.scoped(Effect.gen(function*() {
          const isLarge = !isSmall(document, format)
          const worker = yield* Pool.get(pool)
          if (isLarge) yield* prepared
          const response = yield* worker.make({ document, format }).pipe(
            Effect.onError(() => Pool.invalidate(pool, worker))
          )
          const isHeavy = response._tag === "Made" && response.residentBytes > mostIdleBytes
          if (isLarge || isHeavy) yield* Pool.invalidate(pool, worker)
          return response
        })).pipe(
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

      const make = (document: Document | ComparisonDocument, format: DocumentFormat) =>
        Effect.flatMap(inProcess(document, format), bytesOf).pipe(
          timed(() => fileSeconds({ format })),
          traced(`file ${format}`)
        )
      return { make }
    })
  )
}
