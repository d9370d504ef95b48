import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Schema } from "effect"
import { ChildProcess } from "node:child_process"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import type { Document } from "../src/documents/Document.ts"
import { Documents, Processes } from "../src/documents/Documents.ts"

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

const make = Effect.flatMap(Documents, (documents) => documents.make(document, "csv"))

describe("the limits of documents", () => {
  it.live("a file that takes longer than DOCUMENT_TIMEOUT fails with TimedOut", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(make))._tag, "TimedOut")
    }).pipe(Effect.provide(documents("1 millis"))))

  it.live("a file gets a new process if the process of the last file was killed after it", () =>
    Effect.gen(function*() {
      const started: Array<unknown> = []
      const note = (message: unknown) => void started.push(message)
      subscribe("child_process", note)
      yield* make
      unsubscribe("child_process", note)
      const [{ process }] = yield* Schema.decodeUnknownEffect(Started)(started)
      const ended = once(process, "exit")
      process.kill("SIGKILL")
      yield* Effect.promise(() => ended)
      assert.strictEqual((yield* Effect.result(make))._tag, "Success")
    }).pipe(Effect.provide(Layer.provide(documents("1 hour"), Layer.succeed(Processes, 1)))))
})
