import { assert, describe, it } from "@effect/vitest"
import { Clock, ConfigProvider, Duration, Effect, Fiber, Layer, Metric, Schema } from "effect"
import { TestClock } from "effect/testing"
import { ChildProcess } from "node:child_process"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import type { Document } from "../src/documents/Document.ts"
import { Documents, Processes } from "../src/documents/Documents.ts"
import { IsMeasured } from "../src/telemetry/measure.ts"
import { fileSeconds } from "../src/telemetry/metrics.ts"

const document: Document = {
  title: "Report",
  description: null,
  scope: "Own records",
  asOf: "2026-11-20T12:00:00.000Z",
  timeZone: "UTC",
  contentHash: null,
  theme: "light",
  locale: "en",
  cards: []
}

const documents = (timeout: string) =>
  Documents.layer.pipe(
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DOCUMENT_TIMEOUT: timeout } })))
  )

const Started = Schema.NonEmptyArray(Schema.Struct({ process: Schema.instanceOf(ChildProcess) }))

const make = (organizationId: string) =>
  Effect.gen(function*() {
    return yield* (yield* Documents).make(organizationId, Effect.succeed(document), "csv")
  })

describe("the limits of documents", () => {
  it.live("a file that takes longer than DOCUMENT_TIMEOUT fails with TimedOut", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(make("org")))._tag, "TimedOut")
    }).pipe(Effect.provide(documents("1 millis"))))

  it.live("a file gets a new process if the process of the last file was killed after it", () =>
    Effect.gen(function*() {
      const started: Array<unknown> = []
      const note = (message: unknown) => void started.push(message)
      subscribe("child_process", note)
      yield* make("org")
      unsubscribe("child_process", note)
      const [{ process }] = yield* Schema.decodeUnknownEffect(Started)(started)
      const ended = once(process, "exit")
      process.kill("SIGKILL")
      yield* Effect.promise(() => ended)
      assert.strictEqual((yield* Effect.result(make("org")))._tag, "Success")
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 1)))))

  it.live("the numbers of a file are computed only when one of the processes that make files is free", () =>
    Effect.gen(function*() {
      const documents = yield* Documents
      const counts = { underway: 0, most: 0 }
      const computed = Effect.sync(() => {
        counts.underway += 1
        counts.most = Math.max(counts.most, counts.underway)
        return document
      })
      const one = Effect.tap(documents.make("org", computed, "csv"), () => Effect.sync(() => counts.underway -= 1))
      yield* Effect.all(Array.from({ length: 20 }, () => one), { concurrency: "unbounded" })
      assert.isAtLeast(counts.most, 1)
      // A process may start its next file before this test has counted its previous file as ended, hence the factor 2.
      assert.isAtMost(counts.most, 2 * (yield* Processes))
    }).pipe(Effect.provide(documents("1 hour"))))

  /** Starts `count` files whose numbers fail after a minute. Returns the minutes in which they start. */
  const startsOf = Effect.fnUntraced(function*(count: number, minutes: number) {
    const documents = yield* Documents
    const starts: Array<number> = []
    const computed = Effect.gen(function*() {
      starts.push((yield* Clock.currentTimeMillis) / 60_000)
      yield* Effect.sleep("1 minute")
      return yield* Effect.fail("no numbers")
    })
    const one = Effect.flip(documents.make("org", computed, "csv"))
    const files = yield* Effect.forkChild(
      Effect.all(Array.from({ length: count }, () => one), { concurrency: "unbounded" })
    )
    yield* TestClock.adjust(Duration.minutes(minutes))
    yield* Fiber.join(files)
    return starts
  })

  it.effect("after a failed file, a process pauses for as long as that file took", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* startsOf(3, 5), [0, 2, 4])
      assert.deepStrictEqual(yield* startsOf(1, 1), [5])
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 1)))))

  it.effect("after a failed file, a process pauses only if another file waits", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* startsOf(2, 1), [0, 0])
      assert.deepStrictEqual(yield* startsOf(2, 1), [1, 1])
      assert.deepStrictEqual(yield* startsOf(3, 3), [2, 2, 4])
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 2)))))

  it.effect("the measured time of a file excludes the pause of its process", () =>
    Effect.gen(function*() {
      yield* startsOf(3, 5)
      const { count, sum } = yield* Metric.value(fileSeconds({ format: "csv" }))
      assert.deepStrictEqual({ count, sum }, { count: 3, sum: 180 })
    }).pipe(
      Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 1))),
      Effect.provideService(IsMeasured, true)
    ))

  it.live("of 65 files requested at once, only the last one is refused with Unavailable", () =>
    Effect.gen(function*() {
      const results = yield* Effect.all(Array.from({ length: 65 }, () => Effect.result(make("org"))), {
        concurrency: "unbounded"
      })
      const tags = results.map((result) => result._tag === "Success" ? "made" : result.failure._tag)
      assert.deepStrictEqual(tags.slice(0, 64), Array.from({ length: 64 }, () => "made"))
      assert.strictEqual(tags[64], "Unavailable")
    }).pipe(Effect.provide(documents("1 hour"))))
})
