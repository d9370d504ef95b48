import { assert, describe, it } from "@effect/vitest"
import { Clock, Context, Effect, Fiber, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { ApiKeys } from "../src/services/keys/ApiKeys.ts"
import { eventually } from "./support/eventually.ts"
import { clerkSecret, fakeClerk } from "./support/FakeClerk.ts"
import { caller } from "./support/TestApp.ts"

const ana = caller("admin", "user_ana", "org_demo")

const keysAt = Effect.fnUntraced(function*(apiUrl: string) {
  const context = yield* Layer.build(ApiKeys.layerClerk({ apiUrl, secretKey: Redacted.make(clerkSecret) }))
  return Context.get(context, ApiKeys)
})

const scene = Effect.gen(function*() {
  const clock = yield* Clock.Clock
  const clerk = yield* fakeClerk(() => clock.currentTimeMillisUnsafe())
  clerk.setRole("org_demo", "user_ana", "admin")
  const [keys, others] = [yield* keysAt(clerk.apiUrl), yield* keysAt(clerk.apiUrl)]
  const { id, secret } = yield* keys.create(ana, { name: "script", scopes: ["reports:read"] })
  const outcomeAt = (instance: ApiKeys["Service"], key = secret) =>
    Effect.match(instance.callerOf(key), {
      onSuccess: (found) => found?.role ?? "refused",
      onFailure: ({ _tag }) => _tag
    })
  const verified = () => clerk.asked.filter((line) => line.endsWith("/verify")).length
  return { clerk, keys, others, id, secret, outcomeAt, verified }
})

describe("keys at Clerk", () => {
  it.effect.each([401, 429, 500, "not JSON"] as const)(
    "checking a key fails with Unavailable while Clerk answers %s",
    (mode) =>
      Effect.gen(function*() {
        const { clerk, keys, outcomeAt } = yield* scene
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
      const { clerk, keys, outcomeAt } = yield* scene
      clerk.close()
      assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
    }))

  it.effect("checking a key fails with Unavailable within 3 seconds when Clerk does not answer", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* scene
      clerk.become("hangs")
      const waiting = yield* Effect.forkChild(outcomeAt(keys))
      yield* eventually(Effect.sync(verified), (count) => count > 0)
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* Fiber.join(waiting), "Unavailable")
    }))

  it.effect("checking a key fails with Unavailable within 3 seconds when Clerk does not answer a request for memberships", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt } = yield* scene
      assert.strictEqual(yield* outcomeAt(keys), "admin")
      yield* TestClock.adjust("5 seconds")
      clerk.become("hangs")
      const before = clerk.asked.length
      const waiting = yield* Effect.forkChild(outcomeAt(keys))
      yield* eventually(Effect.sync(() => clerk.asked.length), (count) => count > before)
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* Fiber.join(waiting), "Unavailable")
    }))

  it.effect("after five failures the circuit breaker lets one request to Clerk through every ten seconds", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* scene
      clerk.become(500)
      for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
      assert.strictEqual(verified(), 5)
      yield* TestClock.adjust("10 seconds")
      for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys), "Unavailable")
      assert.strictEqual(verified(), 6)
      clerk.become("up")
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* outcomeAt(keys), "admin")
    }))

  it.effect("the circuit breaker sends no request to Clerk until Retry-After has passed", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt, verified } = yield* scene
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
      const { keys, outcomeAt } = yield* scene
      for (let time = 0; time < 20; time++) assert.strictEqual(yield* outcomeAt(keys, `ak_wrong_${time}`), "refused")
      assert.strictEqual(yield* outcomeAt(keys), "admin")
    }))

  it.effect("Clerk is asked at most once in 30 seconds to verify a key", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt, verified } = yield* scene
      yield* Effect.all(Array.from({ length: 20 }, () => outcomeAt(keys)), { concurrency: "unbounded" })
      assert.strictEqual(verified(), 1)
      yield* TestClock.adjust("29 seconds")
      yield* outcomeAt(keys)
      assert.strictEqual(verified(), 1)
      yield* TestClock.adjust("1 seconds")
      yield* outcomeAt(keys)
      assert.strictEqual(verified(), 2)
    }))

  it.effect("Clerk is asked again about a refused key after 5 seconds", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt, verified } = yield* scene
      for (let time = 0; time < 5; time++) yield* outcomeAt(keys, "ak_wrong")
      assert.strictEqual(verified(), 1)
      yield* TestClock.adjust("5 seconds")
      yield* outcomeAt(keys, "ak_wrong")
      assert.strictEqual(verified(), 2)
    }))

  it.effect("a key revoked at one instance of the service is refused by another within 30 seconds", () =>
    Effect.gen(function*() {
      const { id, keys, others, outcomeAt } = yield* scene
      yield* outcomeAt(keys)
      yield* outcomeAt(others)
      yield* keys.revoke(ana, id)
      assert.strictEqual(yield* outcomeAt(keys), "refused")
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* outcomeAt(others), "refused")
    }))

  it.effect("a key is refused after its expiry, although it was accepted ten seconds before", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt } = yield* scene
      const { secret } = yield* keys.create(ana, { name: "short", scopes: ["reports:read"], expiresInDays: 1 })
      yield* TestClock.adjust("86390 seconds")
      assert.strictEqual(yield* outcomeAt(keys, secret), "admin")
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* outcomeAt(keys, secret), "refused")
    }))

  it.effect("a key that belongs to a person instead of an organization is refused", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt } = yield* scene
      const ofUser = yield* keys.create(caller("admin", "user_ana", "user_ana"), {
        name: "x",
        scopes: ["reports:read"]
      })
      assert.strictEqual(yield* outcomeAt(keys, ofUser.secret), "refused")
    }))

  it.effect("all 121 keys of an organization are listed, although Clerk sends them in pages", () =>
    Effect.gen(function*() {
      const { keys } = yield* scene
      for (let more = 0; more < 120; more++) yield* keys.create(ana, { name: `key ${more}`, scopes: ["reports:read"] })
      assert.lengthOf(yield* keys.list(ana), 121)
    }))
})
