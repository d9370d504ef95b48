import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Latch, Option } from "effect"
import { TestClock } from "effect/testing"
import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { visitorOf } from "../../../src/http/door.ts"
import { Admission, Visitor } from "../../../src/services/admission/Admission.ts"

/** Checks a key that was sent over a connection of an address. */
const checking = (address: string, port: number, check: Effect.Effect<unknown>) =>
  Effect.flatMap(Admission, ({ forVisitor }) => forVisitor(check)).pipe(
    Effect.provideService(Visitor, { owner: address, key: `${address} ${port}` })
  )

it.effect("the first key of a connection is checked next, whatever invented keys wait", () =>
  Effect.gen(function*() {
    const invented = yield* Effect.forEach(
      Array.from({ length: 100 }, (_, port) => port),
      (port) => Effect.forkChild(Effect.forever(Effect.exit(checking("attacker", port, Effect.sleep(20)))))
    )
    yield* TestClock.adjust("1505 millis")
    const valid = yield* Effect.forkChild(checking("attacker", 1_000, Effect.succeed("valid")))
    yield* TestClock.adjust("20 millis")
    assert.deepStrictEqual(valid.pollUnsafe(), Exit.succeed("valid"))
    yield* Fiber.interruptAll(invented)
  }).pipe(Effect.provide(Admission.layer)))

it.effect("keys of one address leave a place for other addresses, and wait for two seconds at most", () =>
  Effect.gen(function*() {
    const latch = yield* Latch.make()
    const invented = yield* Effect.forEach(
      Array.from({ length: 10 }, (_, port) => port),
      (port) => Effect.forkChild(Effect.exit(checking("attacker", port, latch.await)))
    )
    yield* TestClock.adjust("1 millis")
    assert.strictEqual(yield* checking("other", 1, Effect.succeed("valid")), "valid")
    yield* TestClock.adjust("2 seconds")
    const refused = yield* Fiber.join(invented[9] ?? assert.fail())
    assert.deepStrictEqual(refused, Exit.fail(Unavailable.by("unknown_keys")))
    yield* latch.open
    yield* Fiber.awaitAll(invented)
  }).pipe(Effect.provide(Admission.layer)))

class Connection extends Socket {
  override readonly remotePort: number
  constructor(port: number) {
    super()
    this.remotePort = port
  }
}

it("the connections of an address have one owner, and each has its own turn", () => {
  const [first, second] = [4_001, 4_002].map((port) =>
    visitorOf({ remoteAddress: Option.some("10.0.0.1"), source: new IncomingMessage(new Connection(port)) })
  )
  assert.strictEqual(first?.owner, second?.owner)
  assert.notStrictEqual(first?.key, second?.key)
})
