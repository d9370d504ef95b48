import { assert, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { flooding, inSeconds, longPlace, nine, oneSecond } from "../../support/nineConnections.ts"

it.effect("an organization that is alone uses three quarters of the connections, however long", () =>
  Effect.gen(function*() {
    const { many, runningOf } = yield* nine
    const flood = yield* many(flooding, 200, 990)
    for (let second = 0; second < 20; second++) {
      yield* TestClock.adjust("1 second")
      assert.strictEqual(runningOf(flooding), 7)
    }
    yield* Fiber.interruptAll(flood)
  }))

it.effect("beside an active organization, an organization with long statements uses a quarter of the connections", () =>
  Effect.gen(function*() {
    const queue = yield* nine
    const flood = yield* queue.many(flooding, 200, 990)
    assert.deepStrictEqual(yield* inSeconds(queue, 12), Array.from({ length: 12 }, () => 2))
    yield* Fiber.interruptAll(flood)
  }))

it.effect("an organization with long statements uses all of its connections again when it was alone for ten seconds", () =>
  Effect.gen(function*() {
    const queue = yield* nine
    const flood = yield* queue.many(flooding, 200, 990)
    yield* inSeconds(queue, 3)
    yield* TestClock.adjust("9 seconds")
    assert.strictEqual(queue.runningOf(flooding), 2)
    yield* TestClock.adjust("2 seconds")
    assert.strictEqual(queue.runningOf(flooding), 7)
    yield* Fiber.interruptAll(flood)
  }))

it.effect("beside an active organization, a burst of short statements uses three quarters of the connections", () =>
  Effect.gen(function*() {
    const queue = yield* nine
    yield* inSeconds(queue, 1)
    for (let burst = 0; burst < 5; burst++) {
      const sent = yield* queue.many(flooding, 28, 40)
      yield* Effect.yieldNow
      assert.strictEqual(queue.runningOf(flooding), 7)
      yield* inSeconds(queue, 1)
      yield* Fiber.joinAll(sent)
    }
  }))

it.effect("statements that were long before are not started together again beside an active organization", () =>
  Effect.gen(function*() {
    const queue = yield* nine
    const flood = yield* queue.many(flooding, 14, 900)
    yield* inSeconds(queue, 20)
    yield* Fiber.joinAll(flood)
    const again = yield* queue.many(flooding, 14, 900)
    yield* Effect.yieldNow
    assert.strictEqual(queue.runningOf(flooding), 2)
    yield* Fiber.interruptAll(again)
  }))

it.effect("a free connection goes to the organization that has used connections for the least time, also by statements that run", () =>
  Effect.gen(function*() {
    const { many, runningOf, started, statement } = yield* nine
    const fibers = [yield* many("a", 2, 100_000), yield* many("b", 7, 1_000)].flat()
    yield* TestClock.adjust("500 millis")
    for (const id of ["b", "b", "a", "a"]) fibers.push(yield* Effect.forkChild(statement(id, 100_000)))
    yield* TestClock.adjust("500 millis")
    assert.deepStrictEqual(started.slice(9), ["a", "a", "b", "b"])
    assert.deepStrictEqual([runningOf("a"), runningOf("b")], [4, 2])
    yield* Fiber.interruptAll(fibers)
  }))

it.effect("without others, two organizations with long statements use all connections, each for about half of the time", () =>
  Effect.gen(function*() {
    const { many, queue, started } = yield* nine
    const fibers = [yield* many("a", 1_000, 900), yield* many("b", 1_000, 300)].flat()
    yield* TestClock.adjust("1 minute")
    assert.strictEqual(queue.inUse(), 9)
    const secondsOf = (id: string, each: number) => started.filter((name) => name === id).length * each
    const [a, b] = [secondsOf("a", 0.9), secondsOf("b", 0.3)]
    assert.isAbove(Math.min(a, b) / (a + b), 0.4, `${a} and ${b}`)
    yield* Fiber.interruptAll(fibers)
  }))

it.effect("interrupted statements leave the queue, or give their connection to the next statement", () =>
  Effect.gen(function*() {
    const { many, queue, runningOf } = yield* nine
    const [running, waiting] = [yield* many(flooding, 7, 10_000), yield* many(flooding, 5, 10_000)]
    yield* Effect.yieldNow
    assert.deepStrictEqual([queue.inUse(), queue.waiting()], [7, 5])
    yield* Fiber.interruptAll(waiting.slice(0, 2))
    yield* Fiber.interruptAll(running)
    assert.deepStrictEqual([queue.inUse(), queue.waiting(), runningOf(flooding)], [3, 0, 3])
    yield* Fiber.interruptAll(waiting)
    assert.deepStrictEqual([queue.inUse(), queue.waiting()], [0, 0])
  }))

it.effect("a load of an organization starts although the organization sends more statements than are answered in time", () =>
  Effect.gen(function*() {
    const { queue, started, statement } = yield* nine
    const flood = yield* Effect.forkChild(
      Effect.forever(Effect.andThen(Effect.forkChild(statement(flooding, 600)), Effect.sleep("50 millis")))
    )
    yield* TestClock.adjust("5 seconds")
    const load = yield* Effect.forkChild(
      queue.withPlace(longPlace)(Effect.sync(() => void started.push("load")))
    )
    yield* TestClock.adjust("1 second")
    assert.include(started, "load")
    yield* Fiber.interruptAll([flood, load])
  }))

it.effect("a load does not take the connections that its organization's long statements have beside others", () =>
  Effect.gen(function*() {
    const queue = yield* nine
    const loads = yield* Effect.forEach(
      [1, 2],
      () => Effect.forkChild(queue.queue.withPlace(longPlace)(Effect.sleep("1 hour")))
    )
    const flood = yield* queue.many(flooding, 200, 990)
    yield* inSeconds(queue, 3)
    const seen = new Set<number>()
    for (let second = 0; second < 5; second++) yield* oneSecond(queue, () => seen.add(queue.runningOf(flooding)))
    assert.deepStrictEqual([...seen], [2])
    yield* Fiber.interruptAll([...flood, ...loads])
    assert.strictEqual(queue.queue.inUse(), 0)
  }))
