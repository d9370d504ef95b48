import { assert, it } from "@effect/vitest"
import { Effect, Layer, Ref } from "effect"
import { TestClock } from "effect/testing"
import { ChangedAlerts } from "../../../src/services/deliveries/ChangedAlerts.ts"
import { Delivering } from "../../../src/services/deliveries/Delivering.ts"
import { ScheduledDeliveries } from "../../../src/services/deliveries/ScheduledDeliveries.ts"

const built = (delivering: Partial<Delivering["Service"]>, judge: ChangedAlerts["Service"]["judge"] = Effect.void) =>
  Layer.build(
    Layer.provide(ScheduledDeliveries, [
      Layer.succeed(Delivering, {
        makeDue: Effect.void,
        findWaiting: Effect.void,
        sendOne: Effect.succeed(false),
        ...delivering
      }),
      Layer.succeed(ChangedAlerts, { judge })
    ])
  )

it.effect("each minute, the deliveries due are made, and then three are sent at a time until none waits", () =>
  Effect.gen(function*() {
    const waiting = yield* Ref.make(0)
    const busy = yield* Ref.make(0)
    const most = yield* Ref.make(0)
    const finds = yield* Ref.make(0)
    const makeDue = Ref.update(waiting, (count) => count + 7)
    const findWaiting = Ref.update(finds, (count) => count + 1)
    const sendOne = Effect.gen(function*() {
      if (!(yield* Ref.modify(waiting, (count) => [count > 0, Math.max(0, count - 1)]))) return false
      const now = yield* Ref.updateAndGet(busy, (count) => count + 1)
      yield* Ref.update(most, (before) => Math.max(before, now))
      yield* Effect.sleep("30 seconds")
      yield* Ref.update(busy, (count) => count - 1)
      return true
    })
    yield* TestClock.setTime(Date.parse("2026-10-11T05:00:30Z"))
    yield* built({ makeDue, findWaiting, sendOne })
    yield* TestClock.adjust("30 seconds")
    assert.deepStrictEqual([yield* Ref.get(waiting), yield* Ref.get(busy)], [4, 3])
    yield* TestClock.adjust("1 minute")
    assert.deepStrictEqual([yield* Ref.get(waiting), yield* Ref.get(busy)], [5, 3])
    assert.strictEqual(yield* Ref.get(most), 3)
    // The queue is read after each of the two jobs of the two minutes, however many slots send.
    assert.strictEqual(yield* Ref.get(finds), 4)
  }))

it.effect("a failure does not stop the deliveries of the next minute", () =>
  Effect.gen(function*() {
    const made = yield* Ref.make(0)
    const makeDue = Effect.andThen(Ref.update(made, (count) => count + 1), Effect.die("broken"))
    yield* TestClock.setTime(Date.parse("2026-10-11T05:00:30Z"))
    yield* built({ makeDue, sendOne: Effect.die("broken") }, Effect.die("broken"))
    yield* TestClock.adjust("2 minutes")
    assert.strictEqual(yield* Ref.get(made), 2)
  }))

it.effect("each minute, alerts are judged, and their mails are sent without waiting for the next minute", () =>
  Effect.gen(function*() {
    const waiting = yield* Ref.make(0)
    const sent = yield* Ref.make(0)
    const judge = Effect.andThen(Effect.sleep("10 seconds"), Ref.set(waiting, 1))
    const sendOne = Effect.gen(function*() {
      const count = yield* Ref.getAndSet(waiting, 0)
      yield* Ref.update(sent, (before) => before + count)
      return count > 0
    })
    yield* TestClock.setTime(Date.parse("2026-10-11T05:00:30Z"))
    yield* built({ sendOne }, judge)
    yield* TestClock.adjust("39 seconds")
    assert.strictEqual(yield* Ref.get(sent), 0)
    yield* TestClock.adjust("1 second")
    assert.strictEqual(yield* Ref.get(sent), 1)
  }))
