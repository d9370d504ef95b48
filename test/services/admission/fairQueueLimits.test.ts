import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Metric } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { refused as refusedTotal } from "../../../src/telemetry/metrics.ts"
import { queueWith, settle } from "../../support/queueWith.ts"

const refused = Exit.fail(Unavailable.by("runs"))

const refusals = Effect.map(Metric.value(refusedTotal({ limit: "runs" })), ({ count }) => count)

describe("the limits of a fair queue", () => {
  it.effect("work that has waited for the longest wait is refused with the name of the limit", () =>
    Effect.gen(function*() {
      const { asking, waiting } = yield* queueWith({ maxWait: Duration.seconds(2) })
      yield* asking("a")
      const late = yield* asking("b")
      yield* TestClock.adjust("1999 millis")
      assert.isUndefined(late.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(late.pollUnsafe(), refused)
      assert.deepInclude(yield* Effect.flip(Fiber.join(late)), { limit: "runs", retryAfter: 1 })
      assert.deepStrictEqual([yield* refusals, waiting()], [1, 0])
    }))

  it.effect("while no other owner is active, an owner with too many waiting works is refused at once", () =>
    Effect.gen(function*() {
      const { asking, begun } = yield* queueWith({ maxWaitingAlone: 2, maxWait: Duration.seconds(2) })
      for (let work = 0; work < 3; work++) yield* asking("flooding")
      const alone = yield* asking("flooding")
      assert.deepStrictEqual(alone.pollUnsafe(), refused)
      yield* asking("other", Effect.void)
      assert.deepStrictEqual(begun, ["flooding"])
    }))

  it.effect("beside another active owner, an owner with many waiting works waits", () =>
    Effect.gen(function*() {
      const { asking } = yield* queueWith({ maxWaitingAlone: 2 })
      yield* Fiber.join(yield* asking("other", Effect.void))
      for (let work = 0; work < 3; work++) yield* asking("flooding")
      const beside = yield* asking("flooding")
      yield* TestClock.adjust("9 seconds")
      assert.isUndefined(beside.pollUnsafe())
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual((yield* asking("flooding")).pollUnsafe(), refused)
    }))

  it.effect("if too many works wait, the newest work of the owner with the most of them is refused", () =>
    Effect.gen(function*() {
      const { asking } = yield* queueWith({ maxWaiting: 4 })
      yield* asking("running")
      const many = yield* Effect.forEach([1, 2, 3], () => asking("many"))
      const few = yield* asking("few")
      const newcomer = yield* asking("newcomer")
      yield* settle
      assert.deepStrictEqual(
        [...many, few, newcomer].map((fiber) => fiber.pollUnsafe()),
        [undefined, undefined, refused, undefined, undefined]
      )
      assert.deepStrictEqual((yield* asking("many")).pollUnsafe(), refused)
    }))

  it.effect("an owner holds at most as many places as its terms allow for the number of free places", () =>
    Effect.gen(function*() {
      const { asking, inUse } = yield* queueWith({ places: 8, most: (free) => 3 * free, maxWaiting: 0 })
      for (let work = 0; work < 6; work++) yield* asking("greedy")
      assert.strictEqual(inUse(), 6)
      assert.deepStrictEqual((yield* asking("greedy")).pollUnsafe(), refused)
      yield* asking("other")
      assert.strictEqual(inUse(), 7)
    }))

  it.effect("keys of one owner share its places and take turns", () =>
    Effect.gen(function*() {
      const { asking, begun } = yield* queueWith({ places: 2, most: () => 1 })
      yield* asking("org", Effect.sleep(10), "a", "a1")
      yield* asking("org", Effect.sleep(10), "a", "a2")
      yield* asking("org", Effect.sleep(10), "b", "b1")
      yield* TestClock.adjust("15 millis")
      assert.deepStrictEqual(begun, ["a1", "b1"])
    }))
})

describe("works that may take too long", () => {
  const twelve = { places: 64, most: () => 16, slow: Duration.seconds(10) }

  it.effect("an owner begins with two works at a time, and with more after works that end fast", () =>
    Effect.gen(function*() {
      const { asking, inUse } = yield* queueWith(twelve)
      yield* Effect.forEach(Array.from({ length: 100 }), () => asking("org", Effect.sleep(20)))
      assert.strictEqual(inUse(), 2)
      yield* TestClock.adjust("20 millis")
      assert.strictEqual(inUse(), 4)
      yield* TestClock.adjust("60 millis")
      assert.strictEqual(inUse(), 16)
    }))

  it.effect("works of an owner that would take too long together are done one after the other", () =>
    Effect.gen(function*() {
      const { begun, held, inUse } = yield* queueWith(twelve)
      // Each work needs seven seconds, and works in progress slow each other down.
      const heavy = Effect.suspend(() => Effect.sleep(Duration.seconds(7 * inUse())))
      const flood = yield* Effect.forEach(Array.from({ length: 30 }), () => Effect.forkChild(held("org", heavy)))
      yield* TestClock.adjust("3 minutes")
      assert.strictEqual(inUse(), 1)
      assert.isAtLeast(begun.length, 20)
      yield* Fiber.interruptAll(flood)
    }))

  it.effect("a work that was interrupted early does not count as one that ended fast", () =>
    Effect.gen(function*() {
      const { asking, inUse } = yield* queueWith(twelve)
      for (let time = 0; time < 5; time++) yield* Fiber.interrupt(yield* asking("org"))
      yield* Effect.forEach([1, 2, 3, 4], () => asking("org"))
      assert.strictEqual(inUse(), 2)
    }))
})
