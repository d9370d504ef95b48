import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Latch } from "effect"
import { makeFairPermits } from "../src/domain/fairPermits.ts"
import { waitForGrant } from "../src/domain/waitForGrant.ts"

const settle = Effect.repeat(Effect.yieldNow, { times: 20 })

it.effect("an organization with seven waiters gets about as many permits as each of 20 organizations with one waiter", () =>
  Effect.gen(function*() {
    const { withPermit } = makeFairPermits(1)
    const grants: Array<string> = []
    const organizations = [...Array.from({ length: 20 }, (_, index) => `light ${index}`), ...Array(7).fill("heavy")]
    const asking = (organizationId: string) =>
      Effect.forever(
        withPermit(organizationId)(Effect.andThen(Effect.sync(() => void grants.push(organizationId)), Effect.yieldNow))
      )
    const fibers = yield* Effect.forEach(organizations, (one) => Effect.forkChild(asking(one)))
    while (grants.length < 2_100) yield* settle
    yield* Fiber.interruptAll(fibers)
    const countOf = (organizationId: string) => grants.slice(0, 2_100).filter((one) => one === organizationId).length
    for (const organizationId of new Set(organizations)) assert.approximately(countOf(organizationId), 100, 15)
  }))

it.effect("a waiter that is interrupted leaves the queue, and permits are given back after failures and interruptions", () =>
  Effect.gen(function*() {
    const { withPermit } = makeFairPermits(2)
    const latch = yield* Latch.make()
    const begun: Array<string> = []
    const asking = (name: string, work: Effect.Effect<void, string>) =>
      Effect.forkChild(withPermit("org")(Effect.andThen(Effect.sync(() => void begun.push(name)), work)))
    const held = yield* asking("held", Effect.never)
    const failing = yield* asking("failing", latch.whenOpen(Effect.fail("failed")))
    const gone = yield* asking("gone", Effect.void)
    const next = yield* asking("next", Effect.never)
    const last = yield* asking("last", Effect.void)
    yield* settle
    assert.deepStrictEqual(begun, ["held", "failing"])
    yield* Fiber.interrupt(gone)
    yield* latch.open
    yield* Fiber.await(failing)
    yield* settle
    assert.deepStrictEqual(begun, ["held", "failing", "next"])
    yield* Fiber.interrupt(held)
    yield* Fiber.join(last)
    yield* Fiber.interrupt(next)
    yield* Effect.forEach([1, 2], (index) => asking(`free ${index}`, Effect.never))
    yield* settle
    assert.deepStrictEqual(begun, ["held", "failing", "next", "last", "free 1", "free 2"])
  }))

it.effect("20,000 waiters that end at once get their permits one after the other", () =>
  Effect.gen(function*() {
    const { withPermit } = makeFairPermits(1)
    const latch = yield* Latch.make()
    const first = yield* Effect.forkChild(withPermit("org")(latch.await))
    yield* settle
    const others = yield* Effect.forEach(
      Array.from({ length: 20_000 }),
      () => Effect.forkChild(withPermit("org")(Effect.void), { startImmediately: true })
    )
    yield* latch.open
    yield* Fiber.joinAll([first, ...others])
  }))

it.effect("a waiter that is interrupted just after its permit was granted gives the permit back", () =>
  Effect.gen(function*() {
    let released = 0
    const release = Effect.sync(() => {
      released += 1
    })
    const waiting = Effect.withFiber<void>((fiber) => {
      const enter = (start: () => void) => {
        start()
        fiber.interruptUnsafe()
        return () => {}
      }
      return waitForGrant({ enter, release }, Effect.interruptible)
    })
    yield* Fiber.await(yield* Effect.forkChild(Effect.uninterruptible(waiting)))
    assert.strictEqual(released, 1)
  }))
