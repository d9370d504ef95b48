import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Latch } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../src/domain/Ids.ts"
import { CountLimiter } from "../src/services/limits/CountLimiter.ts"

const [flooding, other] = [OrgId.make("flooding"), OrgId.make("other")]

it.effect("a count of an organization waits for at most two of a hundred waiting counts of another organization", () =>
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

/** Runs the count three times. Returns how often the event loop turned during each pause between two counts. */
const turnsBetween = Effect.fnUntraced(function*(count: Effect.Effect<void>) {
  const { withTurn } = yield* CountLimiter
  const turns: Array<readonly [start: number, end: number]> = []
  let turn = 0
  let next = setImmediate(function count() {
    turn += 1
    next = setImmediate(count)
  })
  const counting = Effect.suspend(() => {
    const start = turn
    return Effect.andThen(count, Effect.sync(() => void turns.push([start, turn])))
  })
  yield* Effect.forEach([1, 2, 3], () => withTurn(flooding)(counting), { concurrency: "unbounded" })
  clearImmediate(next)
  return turns.slice(1).map(([start], index) => start - (turns[index]?.[1] ?? 0))
})

it.effect("the event loop turns at least twice after a count of one millisecond, and less often after a shorter count", () =>
  Effect.gen(function*() {
    const afterLong = yield* turnsBetween(TestClock.adjust("1 milli"))
    const afterShort = yield* turnsBetween(Effect.void)
    assert.lengthOf(afterLong, 2)
    for (const [index, turns] of afterLong.entries()) {
      assert.isAtLeast(turns, 2)
      assert.isBelow(afterShort[index] ?? turns, turns)
    }
  }).pipe(Effect.provide(CountLimiter.layer)))
