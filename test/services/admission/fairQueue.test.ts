import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Fiber, Latch, References } from "effect"
import { TestClock } from "effect/testing"
import { mostSteps, oneOperation } from "../../support/interruptedAnywhere.ts"
import { queueWith, settle } from "../../support/queueWith.ts"

describe("a fair queue", () => {
  it.effect("a key with seven waiting works is served about as often as each of twenty keys with one", () =>
    Effect.gen(function*() {
      const { begun, held } = yield* queueWith({})
      const keys = [...Array.from({ length: 20 }, (_, index) => `light ${index}`), ...Array(7).fill("heavy")]
      const fibers = yield* Effect.forEach(keys, (key) => Effect.forkChild(Effect.forever(held(key, Effect.sleep(1)))))
      yield* TestClock.adjust(Duration.millis(2_200))
      yield* Fiber.interruptAll(fibers)
      const countOf = (key: string) => begun.slice(0, 2_100).filter((one) => one === key).length
      for (const key of new Set(keys)) assert.approximately(countOf(key), 100, 15, key)
    }))

  it.effect("a key that is new gets the next free place, whatever waits", () =>
    Effect.gen(function*() {
      const { asking, begun, held } = yield* queueWith({})
      const flood = yield* Effect.forEach(
        Array.from({ length: 50 }, (_, index) => `old ${index}`),
        (key) => Effect.forkChild(Effect.forever(held(key, Effect.sleep(10))))
      )
      yield* TestClock.adjust("1005 millis")
      const before = begun.length
      yield* asking("new")
      yield* TestClock.adjust("10 millis")
      assert.deepStrictEqual(begun.slice(before), ["new"])
      yield* Fiber.interruptAll(flood)
    }))

  it.effect("work that is interrupted leaves the queue, and places are given back after failures and interruptions", () =>
    Effect.gen(function*() {
      const { asking, begun, inUse, waiting } = yield* queueWith({ places: 2 })
      const latch = yield* Latch.make()
      const first = yield* asking("org", undefined, "org", "first")
      yield* asking("org", latch.whenOpen(Effect.die("failed")), "org", "failing")
      const gone = yield* asking("org", undefined, "org", "gone")
      const next = yield* asking("org", undefined, "org", "next")
      yield* settle
      assert.deepStrictEqual(begun, ["first", "failing"])
      yield* Fiber.interrupt(gone)
      yield* latch.open
      yield* settle
      assert.deepStrictEqual(begun, ["first", "failing", "next"])
      yield* Fiber.interruptAll([first, next])
      assert.deepStrictEqual([inUse(), waiting()], [0, 0])
    }))

  it.effect("work that is interrupted at any moment after its place was granted gives the place back", () =>
    Effect.gen(function*() {
      for (let steps = 0; steps < mostSteps; steps++) {
        const { asking, held, inUse, waiting } = yield* queueWith({ maxWait: Duration.seconds(2) })
        const first = yield* asking("org")
        const second = yield* Effect.forkChild(
          Effect.provideService(held("org"), References.MaxOpsBeforeYield, oneOperation)
        )
        yield* Effect.repeat(Effect.yieldNow, { times: 2 * mostSteps })
        assert.strictEqual(waiting(), 1)
        yield* Fiber.interrupt(first)
        yield* Effect.repeat(Effect.yieldNow, { times: steps })
        yield* Fiber.interrupt(second)
        assert.deepStrictEqual([inUse(), waiting()], [0, 0], `interrupted after ${steps} steps`)
      }
    }))

  it.effect("a work that is interrupted keeps no place and does not wait for ever, in 2,000 works with random interruptions", () =>
    Effect.gen(function*() {
      const { held, inUse, waiting } = yield* queueWith({ places: 3, maxWait: Duration.millis(50) })
      const fibers = yield* Effect.forEach(Array.from({ length: 2_000 }), (_, index) =>
        Effect.forkChild(
          Effect.timeoutOption(Effect.exit(held(`org ${index % 7}`, Effect.sleep(index % 5))), index % 60),
          { startImmediately: true }
        ))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.awaitAll(fibers)
      assert.deepStrictEqual([inUse(), waiting()], [0, 0])
    }))

  it.effect("5,000 works that end at once get their places one after the other", () =>
    Effect.gen(function*() {
      const { asking } = yield* queueWith({})
      const latch = yield* Latch.make()
      const first = yield* asking("org", latch.await)
      const others = yield* Effect.forEach(Array.from({ length: 5_000 }), () => asking("org", Effect.void))
      yield* latch.open
      yield* Fiber.joinAll([first, ...others])
    }))
})
