import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { addLead, ana, boss, type Crm, liveOver, makeCrm, seconds, watching } from "../../support/liveOver.ts"

const over = <A, E>(work: (crm: Crm) => Effect.Effect<A, E, Effect.Services<ReturnType<typeof watching>>>) =>
  Effect.suspend(() => {
    const crm = makeCrm()
    return Effect.provide(work(crm), liveOver(crm))
  })

describe("live runs while the database does not answer", () => {
  it.effect("as soon as looking for changes succeeds again, 40 streams open, although a client has tried each second", () =>
    over(Effect.fnUntraced(function*(crm) {
      const isRefused = Effect.map(Effect.exit(watching({ caller: boss })), Exit.isFailure)
      crm.isBlind = true
      for (let tried = 0; tried < 12; tried++) {
        assert.isTrue(yield* isRefused)
        yield* seconds(1)
      }
      crm.isBlind = false
      const pages = yield* Effect.forEach(Array.from({ length: 40 }), () => watching({ caller: ana }))
      assert.deepStrictEqual(pages.flatMap((page) => page.values()), pages.map(() => 1))
    })))

  it.effect("while looking for changes fails, a live run counts again every 10 seconds, as without a change log", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana })
      crm.isBlind = true
      yield* seconds(15)
      addLead(crm, "ana")
      yield* seconds(10)
      assert.deepStrictEqual(stream.values(), [1, 2])
      crm.isBlind = false
      yield* seconds(1)
      const counts = crm.counts.length
      yield* seconds(30)
      assert.strictEqual(crm.counts.length, counts)
    })))
})
