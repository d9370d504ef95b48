import { assert, describe, it } from "@effect/vitest"
import { Cache, Context, Effect, Exit, Fiber, Latch, type Scope } from "effect"
import { TestClock } from "effect/testing"
import { sharedCache, sharedOnce, sharedResources } from "../../src/domain/shared.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"

const Asker = Context.Reference<string>("test/shared/Asker", { defaultValue: () => "nobody" })

type Sharing = (
  lookup: Effect.Effect<number, string>
) => Effect.Effect<Effect.Effect<number, string>, never, Scope.Scope>

const ways: Readonly<Record<string, Sharing>> = {
  sharedCache: (lookup) =>
    Effect.map(
      sharedCache({ capacity: 2, lookup: () => lookup, cacheMillis: () => 60_000, fromCaller: Context.empty }),
      (cache) => Cache.get(cache, "key")
    ),
  sharedOnce: (lookup) => sharedOnce(lookup),
  sharedResources: (lookup) =>
    Effect.map(sharedResources((_key: string) => lookup, "5 seconds"), ({ get }) => Effect.scoped(get("key")))
}

const scene = Effect.fnUntraced(function*(share: Sharing) {
  const latch = yield* Latch.make(true)
  const state = { isDown: false, askers: Array<string>() }
  const lookup = Effect.gen(function*() {
    state.askers.push(yield* Asker)
    yield* latch.await
    return state.isDown ? yield* Effect.fail("down") : state.askers.length
  })
  return { latch, state, get: yield* share(lookup) }
})

describe.each(Object.keys(ways))("%s", (name) => {
  const share = ways[name] ?? assert.fail(name)

  it.effect("a caller who asks again each second gets a success as soon as the lookup can succeed", () =>
    Effect.gen(function*() {
      const { get, state } = yield* scene(share)
      state.isDown = true
      for (let asked = 1; asked <= 10; asked++) {
        assert.deepStrictEqual(yield* Effect.exit(get), Exit.fail("down"))
        assert.lengthOf(state.askers, asked)
        yield* TestClock.adjust("1 second")
      }
      state.isDown = false
      assert.deepStrictEqual([yield* get, yield* get], [11, 11])
    }))

  it.effect("a lookup that fails after its only caller has left is not kept", () =>
    Effect.gen(function*() {
      const { get, latch, state } = yield* scene(share)
      state.isDown = true
      yield* latch.close
      const left = yield* Effect.forkChild(get, { startImmediately: true })
      yield* Fiber.interrupt(left)
      yield* latch.open
      yield* Effect.repeat(Effect.yieldNow, { times: 10 })
      state.isDown = false
      assert.strictEqual(yield* get, 2)
    }))

  it.effect("when the first caller leaves, the others still get the result of the same lookup", () =>
    Effect.gen(function*() {
      const { get, latch, state } = yield* scene(share)
      yield* latch.close
      const first = yield* Effect.forkChild(get, { startImmediately: true })
      const others = yield* Effect.forEach([1, 2], () => Effect.forkChild(get, { startImmediately: true }))
      yield* Fiber.interrupt(first)
      yield* latch.open
      assert.deepStrictEqual(yield* Effect.forEach(others, Fiber.join), [1, 1])
      assert.lengthOf(state.askers, 1)
    }))

  it.effect("the lookup does not run in the context of its first caller", () =>
    Effect.gen(function*() {
      const { get, state } = yield* Effect.provideService(scene(share), Asker, "the service")
      yield* Effect.provideService(get, Asker, "a caller")
      assert.deepStrictEqual(state.askers, ["the service"])
    }))
})

describe("while the wall clock stands still", () => {
  it.effect("a success of `sharedOnce` is kept no longer than its time, and a failure is not kept", () =>
    Effect.gen(function*() {
      const { get, state } = yield* scene((lookup) => Effect.map(sharedOnce(lookup, "1 second"), fixedClock(0)))
      state.isDown = true
      assert.deepStrictEqual(yield* Effect.exit(get), Exit.fail("down"))
      state.isDown = false
      assert.deepStrictEqual([yield* get, yield* get], [2, 2])
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* get, 3)
    }))

  it.effect("a resource of `sharedResources` is closed when no caller has used it for its time", () =>
    Effect.gen(function*() {
      const events: Array<string> = []
      const opened = Effect.acquireRelease(
        Effect.sync(() => events.push("opened")),
        () => Effect.sync(() => events.push("closed"))
      )
      const { get } = yield* sharedResources((_key: string) => opened, "5 seconds")
      const use = Effect.scoped(get("key")).pipe(fixedClock(0))
      yield* use
      yield* TestClock.adjust("4 seconds")
      yield* use
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(events, ["opened"])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(events, ["opened", "closed"])
    }))
})
