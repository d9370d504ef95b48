import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import { Visitor } from "../../../src/services/admission/Admission.ts"
import { ownPlace } from "../../../src/services/admission/FairQueue.ts"
import { clerkScene } from "../../support/clerkScene.ts"
import { eventually } from "../../support/eventually.ts"

describe("Clerk's outages", () => {
  it.effect.each([400, 401, 429, 500, "not JSON"] as const)(
    "checking a key fails with Unavailable while Clerk's answers are %s",
    (mode) =>
      Effect.gen(function*() {
        const { clerk, keys, outcomeAt } = yield* clerkScene
        clerk.become(mode)
        assert.deepStrictEqual([yield* outcomeAt(keys), yield* outcomeAt(keys, "ak_unknown")], [
          "Unavailable",
          "Unavailable"
        ])
        clerk.become("up")
        assert.strictEqual(yield* outcomeAt(keys), "admin")
      })
  )

  it.effect("checking a key fails with Unavailable while Clerk refuses connections", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt } = yield* clerkScene
      clerk.close()
      assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
    }))

  it.effect("checking a key fails with Unavailable within 3 seconds when Clerk does not answer", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* clerkScene
      clerk.become("hangs")
      const waiting = yield* Effect.forkChild(outcomeAt(keys))
      yield* eventually(Effect.sync(verified), (count) => count > 0)
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* Fiber.join(waiting), "Unavailable")
    }))

  it.effect("checking a key fails with Unavailable within 3 seconds when Clerk does not answer a request for memberships", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt } = yield* clerkScene
      assert.strictEqual(yield* outcomeAt(keys), "admin")
      yield* TestClock.adjust("5 seconds")
      clerk.become("hangs")
      const before = clerk.asked.length
      const waiting = yield* Effect.forkChild(outcomeAt(keys))
      yield* eventually(Effect.sync(() => clerk.asked.length), (count) => count > before)
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* Fiber.join(waiting), "Unavailable")
    }))

  it.effect("after five failures the circuit breaker lets one request to Clerk through every second", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* clerkScene
      clerk.become(500)
      for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
      assert.strictEqual(verified(), 5)
      yield* TestClock.adjust("1 second")
      for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
      assert.strictEqual(verified(), 6)
      clerk.become("up")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* outcomeAt(keys), "admin")
    }))

  it.effect("after the wall clock was set back during an outage, Clerk is still asked again", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt } = yield* clerkScene
      yield* TestClock.setTime(3_600_000)
      clerk.become(500)
      for (let time = 0; time < 5; time++) assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
      clerk.become("up")
      yield* TestClock.setTime(0)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* outcomeAt(keys), "admin")
    }))

  it.effect.each([400, "not JSON"] as const)(
    "20 answers of Clerk that are %s do not open the circuit breaker",
    (mode) =>
      Effect.gen(function*() {
        const { clerk, keys, outcomeAt, verified } = yield* clerkScene
        clerk.become(mode)
        for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
        assert.strictEqual(verified(), 20)
        clerk.become("up")
        assert.strictEqual(yield* outcomeAt(keys), "admin")
      })
  )

  it.effect("the circuit breaker sends no request to Clerk until the time in the header Retry-After has passed", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* clerkScene
      clerk.become(429)
      for (let time = 0; time < 10; time++) yield* outcomeAt(keys)
      clerk.become("up")
      yield* TestClock.adjust("19 seconds")
      assert.deepStrictEqual([yield* outcomeAt(keys), verified()], ["Unavailable", 5])
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual(yield* outcomeAt(keys), "admin")
    }))

  it.effect("keys that Clerk refuses do not open the circuit breaker", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt } = yield* clerkScene
      for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys, `ak_wrong_${time}`), "refused")
      assert.strictEqual(yield* outcomeAt(keys), "admin")
    }))

  it.effect("an organization that asks for 100 memberships does not delay a key of another organization", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt } = yield* clerkScene
      const before = clerk.asked.length
      const release = clerk.hold()
      for (let person = 0; person < 100; person++) {
        yield* Effect.forkChild(Effect.exit(keys.roleOf(OrgId.make("org_greedy"), UserId.make(`user_${person}`))))
      }
      yield* eventually(Effect.sync(() => clerk.asked.length), (count) => count >= before + 8)
      const asked = yield* Effect.forkChild(outcomeAt(keys))
      // A request that has to wait is refused after this time.
      yield* TestClock.adjust("2 seconds")
      release()
      assert.strictEqual(yield* Fiber.join(asked), "admin")
    }))

  it.effect("a key that was valid before is checked at once, also while 20 unknown keys wait for Clerk", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* clerkScene
      assert.strictEqual(yield* outcomeAt(keys), "admin")
      yield* TestClock.adjust("30 seconds")
      clerk.become("hangs")
      for (let time = 0; time < 20; time++) {
        const address = ownPlace(`10.0.0.${time % 4}`)
        yield* Effect.forkChild(Effect.provideService(outcomeAt(keys, `ak_wrong_${time}`), Visitor, address))
      }
      yield* eventually(Effect.sync(verified), (count) => count >= 7)
      clerk.become("up")
      const tooMany = eventually(Effect.sync(verified), (count) => count > 8)
      assert.strictEqual(yield* Effect.raceFirst(outcomeAt(keys), tooMany), "admin")
    }))
})
