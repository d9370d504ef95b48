import { assert } from "@effect/vitest"
import { Effect, Result } from "effect"
import { OrgId } from "../../src/domain/Ids.ts"
import type { Answer, Attempt } from "../../src/services/reports/IdempotencyKeys/Claim.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { aDay, Passing } from "./Passing.ts"

const attemptIn = (organizationId: string): Attempt => ({
  organizationId: OrgId.make(organizationId),
  id: "who asks what",
  fingerprint: "a body"
})

const fresh = () => attemptIn(crypto.randomUUID())

const created: Answer = { status: 201, etag: "\"1.0\"", body: "{\"title\":\"Übersicht\"}" }

const claim = Effect.fnUntraced(function*(attempt: Attempt) {
  const keys = yield* IdempotencyKeys
  return yield* keys.claim(attempt)
})

/** Claims a free idempotency key and returns its holder. */
const claimed = Effect.fnUntraced(function*(attempt: Attempt) {
  const found = yield* claim(attempt)
  return found._tag === "Claimed" ? found.holder : yield* Effect.die("the key has an answer")
})

/** Returns the outcome of a claim as one word. */
const verdict = (attempt: Attempt) =>
  Effect.map(
    Effect.result(claim(attempt)),
    (found) => Result.isSuccess(found) ? found.success._tag : found.failure._tag
  )

const answered = Effect.fnUntraced(function*(attempt: Attempt) {
  const keys = yield* IdempotencyKeys
  yield* keys.keep(attempt, yield* claimed(attempt), created)
  return attempt
})

const passes = (seconds: number) => Effect.flatMap(Passing, (time) => time.seconds(seconds))

type Act = Effect.Effect<void, unknown, IdempotencyKeys | Passing>

export const idempotencyCases: ReadonlyArray<readonly [name: string, act: Act]> = [
  [
    "a stored response is returned unchanged",
    Effect.gen(function*() {
      const attempt = yield* answered(fresh())
      assert.deepStrictEqual(yield* claim(attempt), { _tag: "Answered", answer: created })
      assert.deepStrictEqual(yield* claim(attempt), { _tag: "Answered", answer: created })
    })
  ],
  [
    "a second claim of an idempotency key in use gets InProgress, or IdempotencyMismatch if the body differs",
    Effect.gen(function*() {
      const attempt = fresh()
      yield* claimed(attempt)
      assert.strictEqual(yield* verdict(attempt), "InProgress")
      assert.strictEqual(yield* verdict({ ...attempt, fingerprint: "another" }), "IdempotencyMismatch")
    })
  ],
  [
    "a claim with another body gets IdempotencyMismatch after a response was stored",
    Effect.gen(function*() {
      const attempt = yield* answered(fresh())
      assert.strictEqual(yield* verdict({ ...attempt, fingerprint: "another" }), "IdempotencyMismatch")
    })
  ],
  [
    "one idempotency key can be claimed in two organizations and for two routes",
    Effect.gen(function*() {
      const attempt = yield* answered(fresh())
      assert.strictEqual(yield* verdict({ ...fresh(), id: attempt.id }), "Claimed")
      assert.strictEqual(yield* verdict({ ...attempt, id: "another" }), "Claimed")
    })
  ],
  [
    "a released idempotency key can be claimed again with another body",
    Effect.gen(function*() {
      const keys = yield* IdempotencyKeys
      const attempt = fresh()
      yield* keys.release(attempt, yield* claimed(attempt))
      assert.strictEqual(yield* verdict({ ...attempt, fingerprint: "another" }), "Claimed")
    })
  ],
  [
    "of twenty concurrent claims of an idempotency key, one succeeds and the others get InProgress",
    Effect.gen(function*() {
      const attempt = fresh()
      const verdicts = yield* Effect.all(Array.from({ length: 20 }, () => verdict(attempt)), { concurrency: 10 })
      assert.strictEqual(verdicts.filter((one) => one === "Claimed").length, 1)
      assert.strictEqual(verdicts.filter((one) => one === "InProgress").length, 19)
    })
  ],
  [
    "an idempotency key without a response can be claimed again after 60 seconds",
    Effect.gen(function*() {
      const attempt = fresh()
      yield* claimed(attempt)
      assert.strictEqual(yield* verdict(attempt), "InProgress")
      yield* passes(60)
      assert.strictEqual(yield* verdict(attempt), "Claimed")
      assert.strictEqual(yield* verdict(attempt), "InProgress")
    })
  ],
  [
    "the error InProgress says after how many seconds the key can be claimed again",
    Effect.gen(function*() {
      const attempt = fresh()
      yield* claimed(attempt)
      yield* passes(10)
      const found = yield* claim(attempt)
      assert.strictEqual(found._tag, "InProgress")
      const seconds = found._tag === "InProgress" ? found.seconds : 0
      assert.isAtLeast(seconds, 1)
      assert.isAtMost(seconds, 50)
      yield* passes(seconds)
      assert.strictEqual(yield* verdict(attempt), "Claimed")
    })
  ],
  [
    "a request that lost its idempotency key to another request can neither store a response nor release the key",
    Effect.gen(function*() {
      const keys = yield* IdempotencyKeys
      const attempt = fresh()
      const late = yield* claimed(attempt)
      yield* passes(60)
      const holder = yield* claimed(attempt)
      yield* keys.keep(attempt, late, { ...created, body: "late" })
      yield* keys.release(attempt, late)
      assert.strictEqual(yield* verdict(attempt), "InProgress")
      yield* keys.keep(attempt, holder, created)
      assert.deepStrictEqual(yield* claim(attempt), { _tag: "Answered", answer: created })
    })
  ],
  [
    "the stored response of an idempotency key expires after 24 hours",
    Effect.gen(function*() {
      const attempt = yield* answered(fresh())
      yield* passes(aDay - 600)
      assert.strictEqual(yield* verdict(attempt), "Answered")
      yield* passes(600)
      assert.strictEqual(yield* verdict({ ...attempt, fingerprint: "another" }), "Claimed")
    })
  ],
  [
    "the cleanup deletes all idempotency keys that are at least 24 hours old, of every organization",
    Effect.gen(function*() {
      const keys = yield* IdempotencyKeys
      yield* passes(2 * aDay)
      yield* keys.purge
      yield* answered(fresh())
      yield* claimed(fresh())
      yield* passes(aDay)
      const young = yield* answered(fresh())
      assert.strictEqual(yield* keys.purge, 2)
      assert.strictEqual(yield* keys.purge, 0)
      assert.strictEqual(yield* verdict(young), "Answered")
    })
  ]
]
