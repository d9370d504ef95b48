import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import type { Caller } from "../../../src/domain/Caller.ts"
import { type Rate, ratePolicies } from "../../../src/domain/Limit.ts"
import { Admission, type Kind } from "../../../src/services/admission/Admission.ts"
import { caller } from "../../support/TestApp.ts"

const person = (userId: string, organizationId = "acme") => caller("member", userId, organizationId)
const ana = person("ana")
const bo = person("bo")

const limited = (env: Record<string, string>) =>
  Layer.provide(Admission.layer, ConfigProvider.layer(ConfigProvider.fromEnv({ env })))

/** Sends one request. `retryAfter` is undefined if it is accepted. */
const spend = Effect.fnUntraced(function*(caller: Caller, kind: Kind = "runs") {
  const { admit } = yield* Admission
  let rates: ReadonlyArray<Rate> = []
  const admitted = admit(caller, kind, (spent) => {
    rates = spent.rates
  })(Effect.void)
  const refusal = yield* Effect.match(admitted, { onFailure: (error) => error, onSuccess: () => undefined })
  return { rates, refusal, retryAfter: refusal?.retryAfter }
})

const waits = (callers: ReadonlyArray<Caller>) =>
  Effect.forEach(callers, (caller) => Effect.map(spend(caller), ({ retryAfter }) => retryAfter))

describe("rate limits", () => {
  it.effect("a person above the rate limit is refused until the person's counter has expired", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* waits([ana, ana, ana]), [undefined, undefined, 60])
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(yield* waits([ana]), [1])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* waits([ana, ana, ana]), [undefined, undefined, 60])
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "2" }))))

  it.effect("a person who sends one request a second is never refused with a limit of 60 a minute", () =>
    Effect.gen(function*() {
      const steady = Effect.andThen(spend(ana), ({ retryAfter }) => Effect.as(TestClock.adjust("1 second"), retryAfter))
      assert.deepStrictEqual(new Set(yield* Effect.replicateEffect(steady, 300)), new Set([undefined]))
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "60" }))))

  it.effect("a wall clock that is set back does not lengthen a wait", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(3_600_000)
      yield* waits([ana, ana])
      yield* TestClock.setTime(0)
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* waits([ana]), [undefined])
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "1" }))))

  it.effect("a person above the limit for runs may still list records, and another person may still run", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* waits([ana, ana, bo]), [undefined, 60, undefined])
      assert.deepInclude((yield* spend(ana)).refusal, { _tag: "TooManyRequests", limit: "rate:runs" })
      assert.isUndefined((yield* spend(ana, "records")).retryAfter)
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "1", RATE_LIMIT_RECORDS: "1" }))))

  it.effect("an organization above its rate limit is refused, and another organization is not", () =>
    Effect.gen(function*() {
      const members = ["a", "b", "c", "d"].map((name) => person(name))
      assert.deepStrictEqual(yield* waits(members), [undefined, undefined, undefined, 60])
      const others = ["a", "b", "c"].map((name) => person(name, "bolt"))
      assert.deepStrictEqual(yield* waits(others), [undefined, undefined, undefined])
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "1", RATE_LIMIT_ORGANIZATION: "3" }))))

  it.effect("the same person in two organizations has a limit in each", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* waits([ana, person("ana", "bolt")]), [undefined, undefined])
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "1", RATE_LIMIT_ORGANIZATION: "1" }))))

  it.effect("a refused request of a person does not count for the organization", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* waits([ana, ana, ana, ana, bo]), [undefined, 60, 60, 60, undefined])
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "1", RATE_LIMIT_ORGANIZATION: "2" }))))

  it.effect("`admit` reports the remaining requests of the person and of the organization", () =>
    Effect.gen(function*() {
      yield* spend(ana)
      assert.deepStrictEqual((yield* spend(ana)).rates, [
        { name: "runs", limit: 10, remaining: 8, resetSeconds: 12, isSpent: false },
        { name: "runs-organization", limit: 50, remaining: 48, resetSeconds: 3, isSpent: false }
      ])
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "10", RATE_LIMIT_ORGANIZATION: "5" }))))

  it.effect("a rate limit of 0 limits neither a person nor an organization", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* waits([ana, ana, ana, ana]), [undefined, undefined, undefined, undefined])
      assert.deepStrictEqual((yield* spend(ana)).rates, [])
      assert.strictEqual((yield* spend(ana, "keys")).rates.length, 1)
    }).pipe(Effect.provide(limited({ RATE_LIMIT_RUNS: "0", RATE_LIMIT_ORGANIZATION: "0" }))))

  it.effect("by default, every kind of request has a limit for the person and a limit for the organization", () =>
    Effect.gen(function*() {
      const spent = yield* Effect.forEach(ratePolicies, (policy) => spend(ana, policy))
      assert.deepStrictEqual(spent.map(({ rates }) => rates.length), ratePolicies.map(() => 2))
    }).pipe(Effect.provide(limited({}))))
})
