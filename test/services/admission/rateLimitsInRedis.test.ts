import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Context, Effect, Exit, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { Rate } from "../../../src/domain/Limit.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { eventually } from "../../support/eventually.ts"
import { logInto } from "../../support/logInto.ts"
import { hasRedis, redisServer, withoutRedis } from "../../support/redisServer.ts"
import { caller } from "../../support/TestApp.ts"

const person = (userId: string, organizationId = "acme") => caller("member", userId, organizationId)
const ana = person("ana")
const bo = person("bo")

/** Builds the rate limits anew, as a new process of the service would. Returns functions that use them, and the log. */
const processWith = Effect.fnUntraced(function*(env: Record<string, string>) {
  const logged: Array<string> = []
  const logger = logInto(logged)
  const configured = ConfigProvider.layer(ConfigProvider.fromEnv({ env }))
  const context = yield* Layer.build(
    Layer.fresh(Admission.layer).pipe(Layer.provideMerge(logger), Layer.provide(configured))
  )
  const { admit } = Context.get(context, Admission)
  const asked = Effect.fnUntraced(function*(caller: Caller) {
    let rates: ReadonlyArray<Rate> = []
    const admitted = admit(caller, "runs", (spent) => {
      rates = spent.rates
    })(Effect.void)
    const refusal = yield* Effect.match(admitted, { onFailure: (error) => error, onSuccess: () => undefined })
    return { remaining: rates[0]?.remaining, wait: refusal?.retryAfter }
  }, Effect.provide(context))
  const wait = (caller: Caller) => Effect.map(asked(caller), ({ wait }) => wait)
  const remaining = (caller: Caller) => Effect.map(asked(caller), ({ remaining }) => remaining)
  return { logged, wait, remaining }
})

const isOutage = (line: string) => line.includes("Redis does not answer")
const isRecovery = (line: string) => line.includes("Redis answers again")

/** Runs the effect. If it waits for Redis, the test clock moves on, so that the wait reaches its time limit. */
const inTime = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(effect)
    let looked = 0
    const look = Effect.suspend(() => {
      looked += 1
      return looked % 20 === 0 ? TestClock.adjust("250 millis") : Effect.void
    })
    yield* eventually(Effect.as(look, fiber), (asked) => asked.pollUnsafe() !== undefined)
    yield* TestClock.adjust("1 second")
    return yield* Fiber.join(fiber)
  })

describe.skipIf(!hasRedis)(`rate limits in Redis (${hasRedis ? "redis-server" : withoutRedis})`, () => {
  it.effect("two processes share the counters of a person and of an organization", () =>
    Effect.gen(function*() {
      const redis = yield* redisServer
      yield* redis.start
      const env = { REDIS_URL: redis.url, RATE_LIMIT_RUNS: "2", RATE_LIMIT_ORGANIZATION: "2" }
      const [one, other] = [yield* processWith(env), yield* processWith(env)]
      const waits = [yield* one.wait(ana), yield* other.wait(ana), yield* one.wait(ana), yield* other.wait(ana)]
      assert.deepStrictEqual(waits.map((wait) => wait !== undefined), [false, false, true, true])
      yield* one.wait(person("bo"))
      yield* other.wait(person("bo"))
      assert.isDefined(yield* one.wait(person("cy")))
      assert.isUndefined(yield* one.wait(person("cy", "bolt")))
      assert.deepStrictEqual([one.logged, other.logged], [[], []])
    }))

  it.effect("a process that starts without Redis counts alone until Redis answers", () =>
    Effect.gen(function*() {
      const redis = yield* redisServer
      const env = { REDIS_URL: redis.url, RATE_LIMIT_RUNS: "10" }
      const one = yield* processWith(env)
      assert.isUndefined(yield* inTime(one.wait(ana)))
      // On a slow machine, the first request reaches its time limit before the connection is refused.
      assert.match(one.logged[0] ?? "", /reason=(ECONNREFUSED|.*timed? ?out)/i)
      yield* redis.start
      yield* eventually(Effect.as(inTime(one.wait(ana)), one.logged), (logged) => logged.some(isRecovery))
      const before = yield* one.remaining(bo)
      const other = yield* processWith(env)
      assert.deepStrictEqual([before, yield* other.remaining(bo)], [9, 8])
      assert.deepStrictEqual([one.logged.filter(isOutage).length, one.logged.length], [1, 2])
    }))

  it.effect("after the wall clock was set back during an outage, Redis is still asked again", () =>
    Effect.gen(function*() {
      const redis = yield* redisServer
      yield* TestClock.setTime(3_600_000_000)
      const one = yield* processWith({ REDIS_URL: redis.url, RATE_LIMIT_RUNS: "1000" })
      yield* Effect.repeat(inTime(one.wait(ana)), { times: 5 })
      yield* TestClock.setTime(0)
      yield* redis.start
      yield* Effect.repeat(inTime(one.wait(ana)), { times: 500, until: () => one.logged.some(isRecovery) })
      assert.isTrue(one.logged.some(isRecovery))
    }))

  it.effect("while Redis is killed or frozen under load, no request fails, and the log has one line for each outage", () =>
    Effect.gen(function*() {
      const redis = yield* redisServer
      yield* redis.start
      const one = yield* processWith({ REDIS_URL: redis.url, RATE_LIMIT_RUNS: "1000000" })
      const load = Effect.forEach(Array.from({ length: 20 }), () => one.wait(ana), { concurrency: 20 })
      /** Redis answers again, so the test clock stands still meanwhile: a slow answer must not reach its time limit. */
      const answeredLoad = Effect.tap(load, TestClock.adjust("1 second"))
      const outage = (begin: Effect.Effect<void>, end: Effect.Effect<void>, outages: number) =>
        Effect.gen(function*() {
          yield* begin
          yield* eventually(inTime(load), () => one.logged.filter(isOutage).length === outages)
          yield* end
          const waits = yield* eventually(answeredLoad, () => one.logged.filter(isRecovery).length === outages)
          assert.deepStrictEqual(new Set(waits), new Set([undefined]))
        })
      yield* one.wait(ana)
      yield* outage(redis.stop, redis.start, 1)
      yield* outage(redis.signal("SIGSTOP"), redis.signal("SIGCONT"), 2)
      assert.isTrue(one.logged.every((line) => isOutage(line) || isRecovery(line)))
      assert.include(one.logged[0], "check REDIS_URL")
    }))
})

it.effect("while Redis does not answer, each process still refuses a person above the limit", () =>
  Effect.gen(function*() {
    const redis = yield* redisServer
    const env = { REDIS_URL: redis.url, RATE_LIMIT_RUNS: "1" }
    const [one, other] = [yield* processWith(env), yield* processWith(env)]
    const exits = yield* Effect.forEach([one, other, one], ({ wait }) => Effect.exit(inTime(wait(ana))))
    const refused = exits.map((exit) => Exit.isSuccess(exit) ? exit.value !== undefined : "failed")
    assert.deepStrictEqual(refused, [false, false, true])
  }))
