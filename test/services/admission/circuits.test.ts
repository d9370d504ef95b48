import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { CurrentCaller } from "../../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { makeCircuits } from "../../../src/services/admission/connections.ts"
import { withDeadline } from "../../../src/services/admission/withDeadline.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { logInto } from "../../support/logInto.ts"

const [hanging, other] = [OrgId.make("hanging"), OrgId.make("other")]

const limiterWith = (pool: number) =>
  Layer.provideMerge(SqlFailures.layerLimited, Admission.layer).pipe(
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_POOL: String(pool) } })))
  )

/** Sends a statement as a widget does: the run interrupts it after 5 seconds. */
const statement = <A>(organizationId: OrgId, work: Effect.Effect<A>) =>
  Effect.flatMap(
    Admission,
    (limiter) => withDeadline("5 seconds")(limiter.withConnection(organizationId)(work))
  )

const tagOf = (exit: Exit.Exit<unknown, { readonly _tag: string }>) => Exit.isSuccess(exit) ? "answered" : "failed"

/** Returns `answered`, or the tag of the error. */
const outcomeOf = <A, R>(effect: Effect.Effect<A, { readonly _tag: string }, R>) =>
  Effect.match(effect, { onFailure: ({ _tag }) => _tag, onSuccess: () => "answered" })

/** Sends three statements, which all reach their deadline. */
const threeLate = Effect.gen(function*() {
  const late = yield* Effect.forEach([1, 2, 3], () => Effect.forkChild(Effect.flip(statement(hanging, Effect.never))))
  yield* TestClock.adjust("5 seconds")
  assert.deepStrictEqual((yield* Fiber.joinAll(late)).map(({ _tag }) => _tag), ["TimedOut", "TimedOut", "TimedOut"])
})

describe("the circuit of an organization", () => {
  it.effect("after three late statements in a row, one statement is sent and others get Unavailable at once", () =>
    Effect.gen(function*() {
      const { withPlace } = yield* Admission
      const beginRun = (organizationId: OrgId) => withPlace("runs", organizationId)(Effect.void)
      yield* threeLate
      yield* beginRun(hanging)
      const latch = yield* Latch.make()
      const probe = yield* Effect.forkChild(statement(hanging, Effect.as(latch.await, "answered")))
      yield* Effect.yieldNow
      const refused = yield* Effect.forEach([1, 2], () => outcomeOf(statement(hanging, Effect.void)))
      assert.deepStrictEqual(
        [...refused, yield* outcomeOf(beginRun(hanging))],
        [1, 2, 3].map(() => "Unavailable")
      )
      assert.strictEqual(yield* statement(other, Effect.succeed("answered")), "answered")
      yield* beginRun(other)
      yield* latch.open
      assert.strictEqual(yield* Fiber.join(probe), "answered")
      const again = yield* Effect.forEach([1, 2, 3, 4], () => statement(hanging, Effect.succeed("answered")), {
        concurrency: 4
      })
      assert.deepStrictEqual(again, [1, 2, 3, 4].map(() => "answered"))
    }).pipe(Effect.provide(limiterWith(10))))

  it.effect("an open circuit sends another statement after the previous one was late", () =>
    Effect.gen(function*() {
      yield* threeLate
      const probe = yield* Effect.forkChild(Effect.flip(statement(hanging, Effect.never)))
      yield* TestClock.adjust("4900 millis")
      assert.deepStrictEqual(yield* outcomeOf(statement(hanging, Effect.void)), "Unavailable")
      yield* TestClock.adjust("100 millis")
      assert.strictEqual((yield* Fiber.join(probe))._tag, "TimedOut")
      yield* Effect.yieldNow
      assert.strictEqual(yield* statement(hanging, Effect.succeed("answered")), "answered")
    }).pipe(Effect.provide(limiterWith(10))))

  it.effect("the log has one line when a circuit opens, also if another statement found it open, and one when it closes", () => {
    const lines: Array<string> = []
    const logged = () => lines.map((line) => /statements of an organization (do not end|end again)/.exec(line)?.[1])
    return Effect.gen(function*() {
      const late = yield* Effect.forEach(
        [1, 2, 3],
        () => Effect.forkChild(Effect.flip(statement(hanging, Effect.never)))
      )
      yield* TestClock.adjust("4900 millis")
      const probe = yield* Effect.forkChild(Effect.flip(statement(hanging, Effect.never)))
      yield* TestClock.adjust("100 millis")
      yield* Fiber.joinAll(late)
      assert.deepStrictEqual(logged(), ["do not end"])
      yield* TestClock.adjust("4900 millis")
      yield* Fiber.join(probe)
      yield* statement(hanging, Effect.void)
      assert.deepStrictEqual(logged(), ["do not end", "end again"])
    }).pipe(Effect.provide(Layer.provideMerge(limiterWith(10), logInto(lines))))
  })

  it.effect("another organization gets answers while nine statements of an organization never end", () =>
    Effect.gen(function*() {
      const latch = yield* Latch.make()
      const stuck = Effect.uninterruptible(latch.await)
      const asked = yield* Effect.forEach(
        Array.from({ length: 9 }),
        () => Effect.forkChild(Effect.exit(statement(hanging, stuck)))
      )
      yield* TestClock.adjust("4600 millis")
      const before = yield* Effect.forkChild(Effect.exit(statement(hanging, Effect.void)))
      yield* Effect.yieldNow
      assert.isUndefined(before.pollUnsafe())
      assert.strictEqual(yield* statement(other, Effect.succeed("answered")), "answered")
      yield* TestClock.adjust("400 millis")
      assert.deepStrictEqual(new Set((yield* Fiber.joinAll(asked)).map(tagOf)), new Set(["failed"]))
      yield* latch.open
      yield* Fiber.join(before)
    }).pipe(Effect.provide(limiterWith(10))))

  it.effect("statements do not open the circuit when their clients disconnect early", () =>
    Effect.gen(function*() {
      for (let left = 0; left < 5; left++) {
        const asked = yield* Effect.forkChild(statement(hanging, Effect.never))
        yield* TestClock.adjust("1 second")
        yield* Fiber.interrupt(asked)
      }
      const answers = Effect.forEach([1, 2], () => statement(hanging, Effect.succeed("answered")), { concurrency: 2 })
      assert.deepStrictEqual(yield* answers, ["answered", "answered"])
    }).pipe(Effect.provide(limiterWith(10))))

  it.effect("a statement that fails before its deadline closes the circuit", () =>
    Effect.gen(function*() {
      yield* threeLate
      yield* Effect.exit(statement(hanging, Effect.die("no such column")))
      const answers = Effect.forEach([1, 2], () => statement(hanging, Effect.succeed("answered")), { concurrency: 2 })
      assert.deepStrictEqual(yield* answers, ["answered", "answered"])
    }).pipe(Effect.provide(limiterWith(10))))

  it.effect("a statement inside a transaction does not wait for a second connection", () =>
    Effect.gen(function*() {
      const { withConnection, withLongConnection } = yield* Admission
      const inner = withConnection(hanging)(Effect.succeed("answered"))
      const nested = yield* Effect.forkChild(withLongConnection(hanging)(withLongConnection(hanging)(inner)))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(nested.pollUnsafe(), Exit.succeed("answered"))
    }).pipe(Effect.provide(limiterWith(1))))

  it.effect("statements of reports use the connections of the caller's organization", () =>
    Effect.gen(function*() {
      const { withConnection } = yield* Admission
      const { withSqlDeadline } = yield* SqlFailures
      const latch = yield* Latch.make()
      const held = yield* Effect.forEach([1, 2], () => Effect.forkChild(withConnection(hanging)(latch.await)))
      const asCaller = (organizationId: OrgId) =>
        Effect.provideService(withSqlDeadline(Effect.succeed("answered")), CurrentCaller, {
          organizationId,
          userId: UserId.make("ana"),
          role: "member"
        })
      const waiting = yield* Effect.forkChild(asCaller(hanging))
      yield* Effect.yieldNow
      assert.strictEqual(yield* asCaller(other), "answered")
      assert.isUndefined(waiting.pollUnsafe())
      yield* latch.open
      assert.strictEqual(yield* Fiber.join(waiting), "answered")
      yield* Fiber.joinAll(held)
    }).pipe(Effect.provide(limiterWith(4))))

  it("the circuits forget an organization that has neither late nor running statements", () => {
    const circuits = makeCircuits(10n)
    const statement = circuits.start("hanging", 0n)
    assert.isDefined(statement)
    assert.strictEqual(circuits.size(), 1)
    if (statement !== undefined) circuits.end("hanging", statement, 5n, "interrupted")
    assert.strictEqual(circuits.size(), 0)
  })

  it("an open circuit without running statements is forgotten a minute after its last late statement", () => {
    const circuits = makeCircuits(10n)
    const minute = 60_000_000_000n
    const late = [1, 2, 3].map(() => circuits.start("hanging", 0n))
    for (const statement of late) {
      if (statement !== undefined) circuits.end("hanging", statement, 10n, "interrupted")
    }
    assert.deepStrictEqual([circuits.openCount(10n + minute), circuits.size()], [1, 1])
    assert.deepStrictEqual([circuits.openCount(11n + minute), circuits.size()], [0, 0])
  })
})
