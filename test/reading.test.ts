import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Latch } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../src/domain/Ids.ts"
import { Reading } from "../src/services/Reading.ts"

const [greedy, other] = [OrgId.make("greedy"), OrgId.make("other")]

it.effect("an organization that reads much at once is passed by another's first reading", () =>
  Effect.gen(function*() {
    const { inTurn } = yield* Reading
    const latches = yield* Effect.forEach([1, 2, 3, 4, 5, 6], () => Latch.make())
    const begun: Array<string> = []
    const begins = (who: string) => Effect.sync(() => void begun.push(who))
    const many = yield* Effect.forEach(latches, (latch, index) =>
      Effect.forkChild(inTurn(greedy)(Effect.andThen(begins(`greedy ${index}`), latch.await))))
    const one = yield* Effect.forkChild(inTurn(other)(begins("other")))
    yield* Effect.yieldNow
    assert.deepStrictEqual(begun, ["greedy 0", "greedy 1"])
    yield* Effect.forEach(latches.slice(0, 2), (latch) =>
      latch.open)
    yield* Fiber.join(one)
    assert.deepStrictEqual(begun, ["greedy 0", "greedy 1", "greedy 2", "other"])
    yield* Effect.forEach(latches, (latch) => latch.open)
    yield* Fiber.joinAll(many)
  }).pipe(Effect.provide(Reading.layer)))

it.effect("nobody waits for a turn at reading without end", () =>
  Effect.gen(function*() {
    const { inTurn } = yield* Reading
    const held = yield* Effect.forEach([1, 2, 3], () => Effect.forkChild(Effect.flip(inTurn(greedy)(Effect.never))))
    yield* TestClock.adjust("5 seconds")
    const failures = yield* Fiber.joinAll(held)
    assert.deepStrictEqual(failures.map(({ _tag }) => _tag), ["TimedOut", "TimedOut", "TimedOut"])
  }).pipe(Effect.provide(Reading.layer)))
