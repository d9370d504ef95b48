import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Latch } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../src/domain/Ids.ts"
import { Unavailable } from "../src/domain/Unavailable.ts"
import { CountLimiter } from "../src/services/limits/CountLimiter.ts"

const [flooding, other] = [OrgId.make("flooding"), OrgId.make("other")]

it.effect("a count in a replica waits for at most two counts of another organization that has a hundred waiting", () =>
  Effect.gen(function*() {
    const limiter = yield* CountLimiter
    const latch = yield* Latch.make()
    const counted: Array<string> = []
    const count = (organizationId: OrgId) =>
      limiter.withTurn(organizationId)(Effect.sync(() => void counted.push(organizationId)))
    const held = yield* Effect.forkChild(limiter.withTurn(flooding)(latch.await))
    const flood = yield* Effect.forEach(Array.from({ length: 100 }), () => Effect.forkChild(count(flooding)))
    const one = yield* Effect.forkChild(count(other))
    yield* latch.open
    yield* Fiber.joinAll([held, ...flood, one])
    assert.isAtMost(counted.indexOf(other), 1)
    assert.strictEqual(counted.length, 101)
  }).pipe(Effect.provide(CountLimiter.layer)))

it.effect("load shedding begins when a count has waited 100 ms and ends 250 ms after the wait", () =>
  Effect.gen(function*() {
    const limiter = yield* CountLimiter
    const latch = yield* Latch.make()
    const held = yield* Effect.forkChild(limiter.withTurn(flooding)(latch.await))
    const waiting = yield* Effect.forkChild(limiter.withTurn(flooding)(Effect.void))
    yield* TestClock.adjust("100 millis")
    yield* limiter.shedLoad(flooding)
    yield* TestClock.adjust("1 millis")
    assert.deepStrictEqual(yield* Effect.exit(limiter.shedLoad(flooding)), Exit.fail(new Unavailable()))
    yield* limiter.shedLoad(other)
    yield* latch.open
    yield* Fiber.joinAll([held, waiting])
    assert.deepStrictEqual(yield* Effect.exit(limiter.shedLoad(flooding)), Exit.fail(new Unavailable()))
    yield* TestClock.adjust("250 millis")
    yield* limiter.shedLoad(flooding)
  }).pipe(Effect.provide(CountLimiter.layer)))

it.effect("a waiting count that is interrupted causes no load shedding", () =>
  Effect.gen(function*() {
    const limiter = yield* CountLimiter
    const latch = yield* Latch.make()
    const held = yield* Effect.forkChild(limiter.withTurn(flooding)(latch.await))
    const waiting = yield* Effect.forkChild(limiter.withTurn(other)(Effect.void))
    yield* TestClock.adjust("1 millis")
    yield* Fiber.interrupt(waiting)
    yield* TestClock.adjust("1 second")
    yield* limiter.shedLoad(other)
    yield* latch.open
    yield* Fiber.join(held)
  }).pipe(Effect.provide(CountLimiter.layer)))
