import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Latch } from "effect"
import { OrgId } from "../src/domain/Ids.ts"
import { CountLimiter } from "../src/services/limits/CountLimiter.ts"

const [flooding, other] = [OrgId.make("flooding"), OrgId.make("other")]

it.effect("a count in a replica waits for at most two counts of another organization that has a hundred waiting", () =>
  Effect.gen(function*() {
    const limiter = yield* CountLimiter
    const latch = yield* Latch.make()
    const counted: Array<string> = []
    const count = (organizationId: OrgId) =>
      limiter.withTurn(organizationId)(Effect.sync(() => void counted.push(organizationId)))
    const held = yield* Effect.forkChild(limiter.withTurn(flooding)(latch.await))
    const flood = yield* Effect.forEach(Array.from({ length: 100 }), () => Effect.forkChild(count(flooding)))
    const one = yield* Effect.forkChild(count(other))
    yield* latch.open
    yield* Fiber.joinAll([held, ...flood, one])
    assert.isAtMost(counted.indexOf(other), 1)
    assert.strictEqual(counted.length, 101)
  }).pipe(Effect.provide(CountLimiter.layer)))
