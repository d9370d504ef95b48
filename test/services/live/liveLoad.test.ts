import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Latch, Layer } from "effect"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { makeAgenda } from "../../../src/services/live/Agenda.ts"
import { addLead, ana, liveOver, makeCrm, request, seconds, watching } from "../../support/liveOver.ts"

/** The organization gets no place for an ordinary run. */
const noPlaces = Layer.effect(
  Admission,
  Effect.map(Admission, (all): Admission["Service"] => ({
    ...all,
    withPlace: (resource, organizationId) =>
      resource === "runs" ? () => Effect.never : all.withPlace(resource, organizationId)
  }))
).pipe(Layer.provide(Admission.layer))

const hour = 3_600_000

it("after the clock of the machine was set back by an hour, a stream sends comments and counts again as before", () => {
  const agenda = makeAgenda({ epoch: 10 * hour, monotonic: 0 })
  const at = (monotonic: number) => ({ epoch: 9 * hour + monotonic, monotonic })
  assert.isTrue(agenda.isDue(at(1_000), true))
  agenda.begin(at(1_000))
  assert.deepStrictEqual([agenda.next(at(1_000), true), agenda.next(at(1_000), false)], [15_000, 11_000])
  agenda.sent(at(290_000))
  assert.strictEqual(agenda.next(at(290_000), true), 300_000)
  assert.deepStrictEqual([299_999, 300_000].map((time) => agenda.isDue(at(time), true)), [false, true])
})

it("after a run that succeeded, a stream does not count again because a check failed during the run", () => {
  const agenda = makeAgenda({ epoch: 0, monotonic: 0 })
  const later = { epoch: 2_000, monotonic: 2_000 }
  agenda.retry({ epoch: 0, monotonic: 0 }, 1)
  assert.isTrue(agenda.isDue(later, true))
  agenda.ran()
  assert.isFalse(agenda.isDue(later, true))
})

describe("live runs under load", () => {
  it.effect("a stream counts again although its organization has no free place for a run", () =>
    Effect.suspend(() => {
      const crm = makeCrm()
      return Effect.gen(function*() {
        const stream = yield* watching({ caller: ana })
        addLead(crm, "ana")
        yield* seconds(1)
        assert.deepStrictEqual(stream.values(), [1, 2])
      }).pipe(Effect.provide(liveOver(crm, {}, noPlaces)))
    }))

  it.effect("while its run waits, a stream sends a comment every 15 seconds, and the run keeps its place", () =>
    Effect.suspend(() => {
      const crm = makeCrm()
      return Effect.gen(function*() {
        const latch = yield* Latch.make(true)
        let begun = 0
        const asked = Effect.andThen(Effect.sync(() => void (begun += 1)), latch.whenOpen(Effect.succeed(request)))
        const streams = yield* Effect.forEach([1, 2, 3, 4, 5], () => watching({ caller: ana, request: asked }))
        yield* latch.close
        addLead(crm, "ana")
        yield* seconds(50)
        const alive = ["alive", "alive", "alive"]
        for (const stream of streams) assert.deepStrictEqual(stream.names(), ["series", "ready", ...alive])
        // Three of four places are those of one organization.
        assert.strictEqual(begun, streams.length + 3)
        yield* latch.open
        yield* seconds(1)
        for (const stream of streams) assert.deepStrictEqual(stream.values(), [1, 2])
        assert.strictEqual(begun, 10)
      }).pipe(Effect.provide(liveOver(crm)))
    }))

  it.effect("a stream sends comments although each of its runs takes longer than the time until the next run", () =>
    Effect.suspend(() => {
      const crm = { ...makeCrm(), isLogged: false }
      return Effect.gen(function*() {
        let delay = 0
        const asked = Effect.suspend(() => Effect.delay(Effect.succeed(request), delay))
        const open = yield* Effect.forkChild(watching({ caller: ana, request: asked }))
        yield* seconds(1)
        const stream = yield* Fiber.join(open)
        delay = 12_000
        yield* seconds(90)
        assert.isAtLeast(crm.counts.length, 7)
        assert.isAtLeast(stream.names().filter((name) => name === "alive").length, 5)
      }).pipe(Effect.provide(liveOver(crm)))
    }))

  it.effect("a run in progress does not delay the end of a stream whose session token expires", () =>
    Effect.suspend(() => {
      const crm = makeCrm()
      return Effect.gen(function*() {
        let isHanging = false
        let isExpired = false
        const stream = yield* watching({
          caller: ana,
          request: Effect.suspend(() => isHanging ? Effect.never : Effect.succeed(request)),
          check: Effect.suspend(() => isExpired ? Effect.fail("expired") : Effect.succeed(ana)),
          expiresAt: 7_000
        })
        isHanging = true
        addLead(crm, "ana")
        yield* seconds(6)
        isExpired = true
        assert.isUndefined(stream.end())
        yield* seconds(1)
        assert.deepStrictEqual(stream.end(), Exit.fail("expired"))
      }).pipe(Effect.provide(liveOver(crm)))
    }))

  it.effect("a look for changes that passed its deadline keeps its connection until its statement ends", () =>
    Effect.suspend(() => {
      const crm = makeCrm()
      return Effect.gen(function*() {
        yield* watching({ caller: ana })
        const { withConnection } = yield* Admission
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
