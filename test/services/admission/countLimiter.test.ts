import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Metric } from "effect"
import { OrgId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { makeFairOrder } from "../../../src/services/admission/fairness.ts"
import { countsWaiting } from "../../../src/telemetry/metrics.ts"
import { countedTime } from "../../support/countedTime.ts"

const [flooding, other] = [OrgId.make("flooding"), OrgId.make("other")]

const inOrder = (queue: ReturnType<typeof makeFairOrder<string>>, times: number, cost: (key: string) => number) =>
  Array.from({ length: times }, () => {
    const [key = "", entry = ""] = queue.next() ?? []
    queue.charge(key, cost(key))
    return entry
  })

describe("a queue that is fair by time", () => {
  it("a fair queue gives the next turns to the key that has spent the least time", () => {
    const queue = makeFairOrder<string>()
    for (let entry = 0; entry < 100; entry++) queue.add("flooding", `f${entry}`)
    const cost = (key: string) => key === "flooding" ? 3_000 : 1_000
    assert.deepStrictEqual(inOrder(queue, 2, cost), ["f0", "f1"])
    for (let entry = 0; entry < 4; entry++) queue.add("other", `o${entry}`)
    assert.deepStrictEqual(inOrder(queue, 6, cost), ["o0", "o1", "o2", "o3", "f2", "f3"])
  })

  it("a fair queue gives a key no credit for the time in which the key did not wait", () => {
    const queue = makeFairOrder<string>()
    for (let entry = 0; entry < 20; entry++) queue.add("flooding", `f${entry}`)
    queue.add("other", "o")
    const cost = () => 1_000
    inOrder(queue, 14, cost)
    for (let entry = 0; entry < 5; entry++) queue.add("other", `o${entry}`)
    assert.deepStrictEqual(inOrder(queue, 6, cost), ["o0", "f13", "o1", "f14", "o2", "f15"])
  })

  it("a fair queue remembers what a key has spent while the key does not wait", () => {
    const queue = makeFairOrder<string>()
    queue.add("flooding", "f")
    inOrder(queue, 1, () => 3_000)
    queue.add("flooding", "f")
    queue.add("other", "o")
    assert.deepStrictEqual(inOrder(queue, 2, () => 1_000), ["o", "f"])
  })

  it("a fair queue is empty after its entries were removed or taken", () => {
    const queue = makeFairOrder<string>()
    for (const entry of ["a", "b", "c"]) queue.add("flooding", entry)
    queue.remove("flooding", "b")
    queue.remove("flooding", "b")
    queue.remove("other", "a")
    assert.strictEqual(queue.size(), 2)
    assert.deepStrictEqual(inOrder(queue, 3, () => 1), ["a", "c", ""])
    assert.strictEqual(queue.size(), 0)
  })
})

interface Counted {
  readonly organizationId: OrgId
  readonly turn: number
}

/** Each count of an organization takes these microseconds. Notes the turn of the event loop in which it runs. */
const counting = (micros: (organizationId: OrgId) => number) => {
  const { layer, pass } = countedTime()
  const counted: Array<Counted> = []
  let turn = 0
  let next = setImmediate(function count() {
    turn += 1
    next = setImmediate(count)
  })
  const count = (organizationId: OrgId) =>
    Effect.flatMap(Admission, ({ withTurn }) =>
      withTurn(organizationId)(Effect.sync(() => {
        pass(micros(organizationId))
        counted.push({ organizationId, turn })
      })))
  const many = (organizationId: OrgId, times: number) =>
    Effect.forEach(Array.from({ length: times }), () => Effect.forkChild(count(organizationId)))
  const limiter = Layer.provide(Admission.layer, layer)
  return { count, counted, limiter, many, stop: () => clearImmediate(next) }
}

describe("counts in memory", () => {
  it.effect("counts of an organization come next although a hundred counts of another organization wait", () => {
    const { count, counted, limiter, many, stop } = counting((id) => id === flooding ? 2_000 : 100)
    return Effect.gen(function*() {
      const [flood, others] = [yield* many(flooding, 100), yield* many(other, 3)]
      yield* Fiber.joinAll(others)
      yield* count(other)
      assert.deepStrictEqual(counted.map(({ organizationId }) => organizationId).slice(0, 4), [
        flooding,
        other,
        other,
        other
      ])
      assert.isBelow(counted.findLastIndex(({ organizationId }) => organizationId === other), 7)
      yield* Fiber.interruptAll(flood)
    }).pipe(Effect.ensuring(Effect.sync(stop)), Effect.provide(limiter))
  })

  it.effect("counts run for one millisecond in a turn of the event loop, which then turns three times", () => {
    const { counted, limiter, many, stop } = counting(() => 250)
    return Effect.gen(function*() {
      yield* Fiber.joinAll(yield* many(flooding, 9))
      const first = counted[0]?.turn ?? 0
      const slices = [0, 0, 0, 0, 3, 3, 3, 3, 6]
      assert.deepStrictEqual(counted.map(({ turn }) => turn - first), slices)
    }).pipe(Effect.ensuring(Effect.sync(stop)), Effect.provide(limiter))
  })

  it.effect("a count that is interrupted before its turn does not wait or run", () => {
    const { count, counted, limiter, many, stop } = counting(() => 100)
    return Effect.gen(function*() {
      const waiting = yield* many(flooding, 10)
      yield* Effect.yieldNow
      assert.deepStrictEqual(yield* Metric.value(countsWaiting), { value: 10 })
      yield* Fiber.interruptAll(waiting)
      assert.deepStrictEqual(yield* Metric.value(countsWaiting), { value: 0 })
      yield* count(other)
      assert.deepStrictEqual(counted.map(({ organizationId }) => organizationId), [other])
    }).pipe(Effect.ensuring(Effect.sync(stop)), Effect.provide(limiter))
  })
})
