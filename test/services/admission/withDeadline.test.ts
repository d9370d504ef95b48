import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { MessageChannel } from "node:worker_threads"
import { unless, withDeadline } from "../../../src/services/admission/withDeadline.ts"

const block = (millis: number) => {
  const until = performance.now() + millis
  while (performance.now() < until);
}

it.live("`withDeadline` returns a result that arrived while the process was blocked beyond the deadline", () =>
  Effect.gen(function*() {
    const { port1, port2 } = new MessageChannel()
    const result = Effect.callback<string>((resume) => {
      port1.once("message", (message) => resume(Effect.succeed(message)))
      port2.postMessage("a result")
      queueMicrotask(() => block(100))
    })
    // After an immediate, the event loop runs the expired timer of the deadline before it reads the message.
    yield* Effect.promise(() => new Promise((resolve) => void setImmediate(resolve)))
    const found = yield* Effect.exit(withDeadline("50 millis")(result))
    port1.close()
    assert.deepStrictEqual(found, Exit.succeed("a result"))
  }))

it.effect("the watch of `unless` does not start if the effect ends at once", () =>
  Effect.gen(function*() {
    let isWatched = false
    const watch = Effect.suspend(() => {
      isWatched = true
      return Effect.never
    })
    assert.strictEqual(yield* unless(watch)(Effect.succeed("a result")), "a result")
    assert.isFalse(isWatched)
  }))
