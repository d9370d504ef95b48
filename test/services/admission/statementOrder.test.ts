import { assert, it } from "@effect/vitest"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { RunBegan } from "../../../src/services/admission/fairness.ts"
import { flooding, inSeconds, nine } from "../../support/nineConnections.ts"

it.effect("the newest statement of an organization is next while its oldest one waits for too long", () =>
  Effect.gen(function*() {
    const { many, started, statement } = yield* nine
    const fibers = yield* many(flooding, 7, 600)
    yield* Effect.yieldNow
    for (const name of ["1", "2", "3"]) {
      fibers.push(yield* Effect.forkChild(statement(flooding, 100, name)))
      yield* TestClock.adjust("50 millis")
    }
    started.length = 0
    yield* TestClock.adjust("10 seconds")
    assert.deepStrictEqual(started, ["3", "2", "1"])
  }))

it.effect("beside an active organization, the statements of a run are served in order, so none waits for long", () =>
  Effect.gen(function*() {
    const queue = yield* nine
    const flood = yield* queue.many(flooding, 14, 900)
    yield* inSeconds(queue, 10)
    yield* Fiber.interruptAll(flood)
    let longest = 0
    const timed = Effect.gen(function*() {
      const since = yield* Clock.currentTimeMillis
      yield* queue.statement(flooding, 700)
      longest = Math.max(longest, (yield* Clock.currentTimeMillis) - since)
    })
    const run = yield* Effect.forEach(Array.from({ length: 24 }, () => timed), (each) => each, {
      concurrency: 4,
      discard: true
    }).pipe(Effect.provideService(RunBegan, yield* Clock.monotonicTimeNanos), Effect.forkChild)
    yield* inSeconds(queue, 12)
    assert.isDefined(run.pollUnsafe(), "the run has not ended")
    assert.isBelow(longest, 2_500)
  }))
