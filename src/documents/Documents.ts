import { Clock, Context, Duration, Effect, Layer } from "effect"
import { availableParallelism } from "node:os"
import { Config } from "../Config.ts"
import { type DocumentFormat, PdfNotInstalled } from "../domain/DocumentFormat.ts"
import { makeFairPermits } from "../domain/fairPermits.ts"
import { sharedResources } from "../domain/shared.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { tallied, timed, traced, watched } from "../telemetry/measure.ts"
import { fileSeconds, filesUnfinished, shed } from "../telemetry/metrics.ts"
import type { Document } from "./Document.ts"
import type { DocumentResponse } from "./documentWorker.ts"
import { workerProcess } from "./workerProcess.ts"

/** With several cores, at least one stays free for requests. */
export const Processes = Context.Reference<number>("crm-reports/documents/Processes", {
  defaultValue: () => Math.max(1, Math.min(4, availableParallelism() - 1))
})
/** An idle process uses about 150 MB. */
const idleFor = Duration.minutes(2)
const mostUnfinished = 64
/** While other files wait, a process pauses for this multiple of the time that its last file took. */
const restShare = 1n

interface Made {
  readonly document: Document
  readonly bytes: Uint8Array
}

export class Documents extends Context.Service<Documents, {
  /** `document` reads the database only when a process is free, so that waiting files cause no load. */
  make<E>(
    organizationId: string,
    document: Effect.Effect<Document, E>,
    format: DocumentFormat
  ): Effect.Effect<Made, PdfNotInstalled | TimedOut | Unavailable | E>
}>()("crm-reports/documents/Documents") {
  static readonly layer = Layer.effect(
    Documents,
    Effect.gen(function*() {
      const timeout = yield* Config.documentTimeout
      const processes = yield* Processes
      const pool = yield* sharedResources((_slot: number) => workerProcess, idleFor)
      const freeSlots = Array.from({ length: processes }, (_, slot) => slot)
      const restUntil = new Map<number, bigint>()
      const permits = makeFairPermits(processes)
      const unfinished = new Set<symbol>()
      let refused = 0
      yield* watched(filesUnfinished, () => unfinished.size)
      yield* tallied(shed({ limit: "files" }), () => refused)

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

      const makeIn = Effect.fnUntraced(function*<E>(
        slot: number,
        computed: Effect.Effect<Document, E>,
        format: DocumentFormat
      ) {
        const rest = (restUntil.get(slot) ?? 0n) - (yield* Clock.monotonicTimeNanos)
        if (rest > 0n) yield* Effect.sleep(Duration.nanos(rest))
        const startedAt = yield* Clock.monotonicTimeNanos
        return yield* timed(() => fileSeconds({ format }))(Effect.gen(function*() {
          const document = yield* computed
          return { document, bytes: yield* Effect.flatMap(inWorker(slot, document, format), bytesOf) }
        })).pipe(Effect.ensuring(Effect.map(Clock.monotonicTimeNanos, (endedAt) => {
          restUntil.set(slot, unfinished.size > processes ? endedAt + restShare * (endedAt - startedAt) : 0n)
        })))
      })

      const enter = Effect.suspend(() => {
        if (unfinished.size >= mostUnfinished) {
          refused += 1
          return Effect.fail(new Unavailable())
        }
        const ticket = Symbol("file")
        unfinished.add(ticket)
        return Effect.succeed(ticket)
      })

      const make = <E>(organizationId: string, document: Effect.Effect<Document, E>, format: DocumentFormat) => {
        const made = Effect.acquireUseRelease(
          Effect.sync(() => freeSlots.pop() ?? 0),
          (slot) => traced(`file ${format}`)(makeIn(slot, document, format)),
          (slot) => Effect.sync(() => freeSlots.push(slot))
        )
        return Effect.acquireUseRelease(
          enter,
          () => permits.withPermit(organizationId)(made),
          (ticket) => Effect.sync(() => unfinished.delete(ticket))
        )
      }
      return { make }
    })
  )
}
