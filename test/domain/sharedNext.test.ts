import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Latch } from "effect"
import { makeSharedNext } from "../../src/domain/shared.ts"

/** Each execution reads `commits` when it begins, and returns this number when the latch opens. */
const held = Effect.gen(function*() {
  const latch = yield* Latch.make()
  const begun: Array<string> = []
  let commits = 0
  const shared = yield* makeSharedNext<string, number>()
  const look = (key: string) =>
    shared(
      key,
      Effect.suspend(() => {
        begun.push(key)
        return latch.whenOpen(Effect.succeed(commits))
      })
    )
  const commit = () => {
    commits += 1
  }
  return { latch, begun, look, commit }
})

describe("makeSharedNext", () => {
  it.effect("callers that arrive during an execution share the next execution, which sees all earlier commits", () =>
    Effect.gen(function*() {
      const { begun, commit, latch, look } = yield* held
      const first = yield* Effect.forkChild(look("org"))
      yield* Effect.yieldNow
      commit()
      const others = yield* Effect.forEach([1, 2, 3], () => Effect.forkChild(look("org")))
      yield* Effect.yieldNow
      assert.deepStrictEqual(begun, ["org"])
      yield* latch.open
      assert.strictEqual(yield* Fiber.join(first), 0)
      assert.deepStrictEqual(yield* Effect.forEach(others, Fiber.join), [1, 1, 1])
      assert.deepStrictEqual(begun, ["org", "org"])
      assert.strictEqual(yield* look("org"), 1)
      assert.lengthOf(begun, 3)
    }))

  it.effect("an interrupted caller does not interrupt the execution that other callers share", () =>
    Effect.gen(function*() {
      const { begun, latch, look } = yield* held
      const [first, second, third] = yield* Effect.all([1, 2, 3].map(() => Effect.forkChild(look("org"))))
      yield* Effect.yieldNow
      yield* Effect.all([first, second].map((caller) => caller === undefined ? Effect.void : Fiber.interrupt(caller)))
      const late = yield* Effect.forkChild(look("org"))
      yield* latch.open
      const rest = [third, late].flatMap((caller) => caller === undefined ? [] : [Fiber.join(caller)])
      assert.deepStrictEqual(yield* Effect.all(rest), [0, 0])
      assert.lengthOf(begun, 2)
    }))

  it.effect("an execution for one key does not delay an execution for another key", () =>
    Effect.gen(function*() {
      const { begun, latch, look } = yield* held
      const callers = yield* Effect.forEach(["a", "b"], (key) => Effect.forkChild(look(key)))
      yield* Effect.yieldNow
      assert.deepStrictEqual(begun, ["a", "b"])
      yield* latch.open
      yield* Effect.forEach(callers, Fiber.join)
    }))

  it.effect("all callers of a failed execution get its failure, and the next caller begins another execution", () =>
    Effect.gen(function*() {
      let isBroken = true
      const shared = yield* makeSharedNext<string, number>()
      const look = (key: string) =>
        shared(key, Effect.suspend(() => isBroken ? Effect.die("broken") : Effect.succeed(1)))
      assert.deepStrictEqual(yield* Effect.exit(look("org")), Exit.die("broken"))
      isBroken = false
      assert.strictEqual(yield* look("org"), 1)
    }))
})
