import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { assertUntraced } from "../../support/assertUntraced.ts"
import { ana, clerkScene } from "../../support/clerkScene.ts"
import { caller } from "../../support/TestApp.ts"

describe("keys at Clerk", () => {
  it.effect("no request to Clerk has a header with the ids of a trace", () =>
    Effect.gen(function*() {
      const { clerk, keys, outcomeAt } = yield* clerkScene
      yield* Effect.withSpan(outcomeAt(keys), "a request")
      assertUntraced(clerk.headersSent)
    }))

  it.effect("Clerk is asked at most once in 30 seconds to verify a key", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt, verified } = yield* clerkScene
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
      const { keys, outcomeAt, verified } = yield* clerkScene
      for (let time = 0; time < 5; time++) yield* outcomeAt(keys, "ak_wrong")
      assert.strictEqual(verified(), 1)
      yield* TestClock.adjust("5 seconds")
      yield* outcomeAt(keys, "ak_wrong")
      assert.strictEqual(verified(), 2)
    }))

  it.effect("a key revoked at one instance of the service is refused by another instance within 30 seconds", () =>
    Effect.gen(function*() {
      const { id, keys, others, outcomeAt } = yield* clerkScene
      yield* outcomeAt(keys)
      yield* outcomeAt(others)
      yield* keys.revoke(ana, id)
      assert.strictEqual(yield* outcomeAt(keys), "refused")
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* outcomeAt(others), "refused")
    }))

  it.effect("after 5 seconds, two instances of the service know that a key's person was demoted or removed", () =>
    Effect.gen(function*() {
      const { clerk, keys, others, outcomeAt } = yield* clerkScene
      const outcomes = Effect.all([outcomeAt(keys), outcomeAt(others)])
      assert.deepStrictEqual(yield* outcomes, ["admin", "admin"])
      for (const [role, outcome] of [["member", "member"], [undefined, "refused"]] as const) {
        clerk.setRole("org_demo", "user_ana", role)
        yield* TestClock.adjust("5 seconds")
        assert.deepStrictEqual(yield* outcomes, [outcome, outcome])
      }
    }))

  it.effect("the role of a person is that of at most 5 seconds ago, and fails while Clerk does not answer", () =>
    Effect.gen(function*() {
      const { clerk, keys } = yield* clerkScene
      const role = Effect.match(keys.roleOf(ana.organizationId, ana.userId), {
        onSuccess: (found) => found ?? "not a member",
        onFailure: ({ _tag }) => _tag
      })
      assert.strictEqual(yield* role, "admin")
      for (const [changed, found] of [["member", "member"], [undefined, "not a member"]] as const) {
        clerk.setRole(ana.organizationId, ana.userId, changed)
        yield* TestClock.adjust("5 seconds")
        assert.strictEqual(yield* role, found)
      }
      yield* TestClock.adjust("5 seconds")
      clerk.become(500)
      assert.strictEqual(yield* role, "Unavailable")
    }))

  it.effect("after the wall clock was set back, a revoked key and a demoted person still lose their rights in time", () =>
    Effect.gen(function*() {
      const { clerk, id, keys, others, outcomeAt } = yield* clerkScene
      yield* TestClock.setTime(3_600_000)
      assert.deepStrictEqual([yield* outcomeAt(others), yield* outcomeAt(others, "ak_wrong")], ["admin", "refused"])
      yield* TestClock.setTime(0)
      clerk.setRole("org_demo", "user_ana", "member")
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* outcomeAt(others), "member")
      yield* keys.revoke(ana, id)
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* outcomeAt(others), "refused")
    }))

  it.effect("the revocation of one key does not make the service ask Clerk again about another key", () =>
    Effect.gen(function*() {
      const { id, keys, outcomeAt, verified } = yield* clerkScene
      const { secret } = yield* keys.create(ana, { name: "other", scopes: ["reports:read"] })
      yield* outcomeAt(keys)
      yield* outcomeAt(keys, secret)
      yield* keys.revoke(ana, id)
      assert.deepStrictEqual([yield* outcomeAt(keys, secret), verified()], ["admin", 2])
      assert.deepStrictEqual([yield* outcomeAt(keys), verified()], ["refused", 3])
    }))

  it.effect("a key is refused after its expiry, although it was accepted ten seconds before", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt } = yield* clerkScene
      const { secret } = yield* keys.create(ana, { name: "short", scopes: ["reports:read"], expiresInDays: 1 })
      yield* TestClock.adjust("86390 seconds")
      assert.strictEqual(yield* outcomeAt(keys, secret), "admin")
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* outcomeAt(keys, secret), "refused")
    }))

  it.effect("a key that belongs to a person instead of an organization is refused", () =>
    Effect.gen(function*() {
      const { keys, outcomeAt } = yield* clerkScene
      const ofUser = yield* keys.create(caller("admin", "user_ana", "user_ana"), {
        name: "x",
        scopes: ["reports:read"]
      })
      assert.strictEqual(yield* outcomeAt(keys, ofUser.secret), "refused")
    }))

  it.effect("the list of keys has all 121 keys of an organization, although Clerk sends them in pages", () =>
    Effect.gen(function*() {
      const { clerk, keys } = yield* clerkScene
      for (let more = 0; more < 120; more++) yield* keys.create(ana, { name: `key ${more}`, scopes: ["reports:read"] })
      assert.lengthOf(yield* keys.list(ana), 121)
      clerk.become("shifts")
      assert.lengthOf(yield* keys.list(ana), 121)
    }))

  it.effect("the list of keys has only valid keys, the newest first", () =>
    Effect.gen(function*() {
      const { id, keys } = yield* clerkScene
      for (const [name, expiresInDays] of [["a day", 1], ["a week", 7], ["a month", 30]] as const) {
        yield* TestClock.adjust("1 minute")
        yield* keys.create(ana, { name, scopes: ["reports:read"], expiresInDays })
      }
      yield* keys.revoke(ana, id)
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual((yield* keys.list(ana)).map(({ name }) => name), ["a month", "a week"])
    }))
})
