import { assert, describe, it } from "@effect/vitest"
import { Effect, Latch, Layer } from "effect"
import { ConnectionLimiter } from "../src/services/limits/ConnectionLimiter.ts"
import { RunLimiter } from "../src/services/limits/RunLimiter.ts"
import { addLead, ana, liveOver, makeCrm, seconds, watching } from "./support/liveOver.ts"

const noPermits = Layer.succeed(RunLimiter, {
  shedLoad: () => Effect.void,
  counted: (_organizationId, _widgets, run) => run(Effect.void),
  withPermit: () => () => Effect.never
})

describe("live runs under load", () => {
  it.effect("a stream counts again although its organization has no free permit for a run", () =>
    Effect.suspend(() => {
      const crm = makeCrm()
      return Effect.gen(function*() {
        const stream = yield* watching({ caller: ana })
        addLead(crm, "ana")
        yield* seconds(1)
        assert.deepStrictEqual(stream.values(), [1, 2])
      }).pipe(Effect.provide(Layer.provide(liveOver(crm), noPermits)))
    }))

  it.effect("a look for changes that passed its deadline keeps its connection until its statement ends", () =>
    Effect.suspend(() => {
      const crm = makeCrm()
      return Effect.gen(function*() {
        yield* watching({ caller: ana })
        const { withConnection } = yield* ConnectionLimiter
        const statement = yield* Latch.make()
        crm.lookDelay = Effect.uninterruptible(statement.await)
        yield* seconds(2)
        let isBegun = false
        yield* Effect.forkChild(withConnection(ana.organizationId)(Effect.sync(() => void (isBegun = true))))
        yield* seconds(10)
        assert.isFalse(isBegun)
        yield* statement.open
        yield* seconds(1)
        assert.isTrue(isBegun)
      }).pipe(Effect.provide(liveOver(crm, { DATABASE_POOL: "1" })))
    }))
})
