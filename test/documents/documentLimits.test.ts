import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Schema } from "effect"
import { ChildProcess } from "node:child_process"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { platform } from "node:process"
import type { Document } from "../../src/documents/Document.ts"
import { Documents, MostIdleBytes, Processes } from "../../src/documents/Documents.ts"
import { timeseries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"

const document = documentWith([])

const documents = (timeout: string) =>
  Documents.layer.pipe(
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DOCUMENT_TIMEOUT: timeout } })))
  )

const Started = Schema.NonEmptyArray(Schema.Struct({ process: Schema.instanceOf(ChildProcess) }))

const make = Effect.flatMap(Documents, (documents) => documents.make(document, "csv"))

const series = timeseries(["Leads"], 1_100, (at) => at)

const large: Document = {
  ...document,
  cards: [{
    title: "Leads",
    metricId: "leads",
    description: "",
    chart: "line",
    series,
    details: {},
    x: 0,
    y: 0,
    w: 4,
    h: 4
  }]
}

/** Returns the processes that start while the effect runs. */
const startedBy = Effect.fnUntraced(function*<A, E, R>(work: Effect.Effect<A, E, R>) {
  const started: Array<unknown> = []
  const note = (message: unknown) => void started.push(message)
  subscribe("child_process", note)
  yield* Effect.ensuring(work, Effect.sync(() => unsubscribe("child_process", note)))
  const [first, ...others] = yield* Schema.decodeUnknownEffect(Started)(started)
  return [first.process, ...others.map(({ process }) => process)] as const
})

describe("the limits of documents", () => {
  it.live("a file that takes longer than DOCUMENT_TIMEOUT fails with TimedOut", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(make))._tag, "TimedOut")
    }).pipe(Effect.provide(documents("1 millis"))))

  it.live("a file gets a new process if the process of the last file was killed after it", () =>
    Effect.gen(function*() {
      const [process] = yield* startedBy(make)
      const ended = once(process, "exit")
      process.kill("SIGKILL")
      yield* Effect.promise(() => ended)
      assert.strictEqual((yield* Effect.result(make))._tag, "Success")
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 1)))))

  it.live("small files have one process, and a large file has a process that ends with it", () =>
    Effect.gen(function*() {
      const documents = yield* Documents
      const [ofSmall, ...others] = yield* startedBy(Effect.andThen(make, make))
      assert.lengthOf(others, 0)
      assert.isFalse(ofSmall.killed)
      // This file uses the idle process, and another process is started for the next file.
      const [spare] = yield* startedBy(documents.make(large, "csv"))
      assert.isTrue(ofSmall.killed)
      assert.isFalse(spare.killed)
      yield* documents.make(large, "csv")
      assert.isTrue(spare.killed)
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 1)))))

  it.live("a process that has become large makes no further file", () =>
    Effect.gen(function*() {
      const [process] = yield* startedBy(make)
      assert.isTrue(process.killed)
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(MostIdleBytes, 1)))))

  it.live.skipIf(platform !== "linux")(
    "the system limits the memory of a process that makes files",
    () =>
      Effect.gen(function*() {
        const [{ pid }] = yield* startedBy(make)
        assert.match(readFileSync(`/proc/${pid}/limits`, "utf8"), /^Max data size +1258291200 /m)
      }).pipe(Effect.provide(documents("1 hour")))
  )
})
