import { assert, it } from "@effect/vitest"
import { Effect, Layer, Ref } from "effect"
import { TestClock } from "effect/testing"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { IdempotencyCleanup } from "../../../src/services/reports/nightlyCleanup.ts"

it.effect("expired idempotency keys are deleted every night", () =>
  Effect.gen(function*() {
    const nights = yield* Ref.make(0)
    const purge = Ref.updateAndGet(nights, (count) => count + 1)
    yield* TestClock.setTime(Date.parse("2026-11-24T00:00:00Z"))
    yield* Layer.build(Layer.provide(IdempotencyCleanup, Layer.mock(IdempotencyKeys, { purge })))
    yield* TestClock.adjust("2 days")
    assert.strictEqual(yield* Ref.get(nights), 2)
  }))
