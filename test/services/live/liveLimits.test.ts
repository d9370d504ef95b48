import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Metric } from "effect"
import { TooManyStreams } from "../../../src/domain/Live.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { refused } from "../../../src/telemetry/metrics.ts"
import { ana, boss, type Crm, liveOver, makeCrm, watching } from "../../support/liveOver.ts"
import { caller } from "../../support/TestApp.ts"

const over = <A, E>(
  work: (crm: Crm) => Effect.Effect<A, E, Effect.Services<ReturnType<typeof watching>>>,
  settings: Record<string, string>
) =>
  Effect.suspend(() => {
    const crm = makeCrm()
    return Effect.provide(work(crm), liveOver(crm, settings))
  })

const refusedStreams = Effect.map(Metric.value(refused({ limit: "streams" })), ({ count }) => count)

describe("the limits of live runs", () => {
  it.effect("a stream above LIVE_STREAMS_PER_PERSON is refused in every organization until another stream of the person ends", () =>
    over(
      Effect.fnUntraced(function*() {
        const tooMany = Exit.fail(TooManyStreams.byPerson())
        const first = yield* watching({ caller: ana })
        yield* watching({ caller: ana })
        assert.deepStrictEqual(yield* Effect.exit(watching({ caller: ana })), tooMany)
        const elsewhere = { ...ana, organizationId: caller("member", "ana", "other").organizationId }
        assert.deepStrictEqual(yield* Effect.exit(watching({ caller: elsewhere })), tooMany)
        yield* first.leave
        assert.isTrue(Exit.isSuccess(yield* Effect.exit(watching({ caller: elsewhere }))))
        assert.deepStrictEqual(yield* Effect.exit(watching({ caller: ana })), tooMany)
      }),
      { LIVE_STREAMS_PER_PERSON: "2" }
    ))

  it.effect("an organization holds at most three times the streams that are free, so another one opens its first", () =>
    over(
      Effect.fnUntraced(function*() {
        const people = Array.from({ length: 10 }, (_, index) => caller("member", `person ${index}`))
        const exits = yield* Effect.forEach(people, (one) => Effect.exit(watching({ caller: one })))
        assert.strictEqual(exits.filter(Exit.isSuccess).length, 6)
        assert.deepStrictEqual(exits[6], Exit.fail(Unavailable.by("streams")))
        const first = yield* Effect.exit(watching({ caller: caller("member", "zoe", "other") }))
        assert.isTrue(Exit.isSuccess(first))
      }),
      { LIVE_STREAMS: "8" }
    ))

  it.effect("a stream above LIVE_STREAMS is refused until another stream ends", () =>
    over(
      Effect.fnUntraced(function*() {
        const first = yield* watching({ caller: ana })
        yield* watching({ caller: boss })
        const exit = yield* Effect.exit(watching({ caller: caller("member", "bo") }))
        assert.deepStrictEqual(exit, Exit.fail(Unavailable.by("streams")))
        yield* first.leave
        assert.isTrue(Exit.isSuccess(yield* Effect.exit(watching({ caller: caller("member", "bo") }))))
      }),
      { LIVE_STREAMS: "2" }
    ))

  it.effect("with LIVE_STREAMS=0, a stream is refused with the message that live runs are turned off", () =>
    over(
      Effect.fnUntraced(function*() {
        const refused = Exit.fail(new Unavailable({ message: "Live runs are turned off." }))
        assert.deepStrictEqual(yield* Effect.exit(watching({ caller: ana })), refused)
        assert.strictEqual(yield* refusedStreams, 0)
      }),
      { LIVE_STREAMS: "0" }
    ))

  it.effect("only a stream that is refused because of LIVE_STREAMS counts as overload", () =>
    over(
      Effect.fnUntraced(function*() {
        yield* watching({ caller: ana })
        yield* Effect.exit(watching({ caller: ana }))
        assert.strictEqual(yield* refusedStreams, 0)
        yield* watching({ caller: boss })
        yield* Effect.exit(watching({ caller: caller("member", "bo") }))
        assert.strictEqual(yield* refusedStreams, 1)
      }),
      { LIVE_STREAMS: "2", LIVE_STREAMS_PER_PERSON: "1" }
    ))

  it.effect("a stream that fails to open does not count toward LIVE_STREAMS", () =>
    over(
      Effect.fnUntraced(function*(crm) {
        crm.isDown = true
        assert.deepInclude(yield* Effect.flip(watching({ caller: ana })), { _tag: "Unavailable" })
        crm.isDown = false
        assert.isTrue(Exit.isSuccess(yield* Effect.exit(watching({ caller: ana }))))
      }),
      { LIVE_STREAMS: "1" }
    ))
})
