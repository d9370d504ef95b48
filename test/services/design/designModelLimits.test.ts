import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { designerWithModel, valid } from "../../support/designerWithModel.ts"
import { eventually } from "../../support/eventually.ts"
import { caller } from "../../support/TestApp.ts"
import { tables } from "../../wishes/score.ts"

const [ana, mia] = [caller("admin", "ana"), caller("member", "mia")]

const scene = designerWithModel(tables, ana)

describe("limits of drafts by a model", () => {
  it.effect("the request to a model that does not answer in 20 seconds is aborted, and the draft is made by search", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script("hangs")
      const waiting = yield* Effect.forkChild(design())
      yield* eventually(Effect.sync(() => model.asked.length), (count) => count === 1)
      yield* TestClock.adjust("20 seconds")
      const { by, notes } = yield* Fiber.join(waiting)
      assert.deepStrictEqual([by, notes], ["search", [
        "The model did not answer in time. Words of the catalog were searched."
      ]])
      yield* eventually(Effect.sync(model.closed), (count) => count === 1)
    }))

  it.effect("all requests to the model for one draft together have 20 seconds", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script("no", "hangs")
      const waiting = yield* Effect.forkChild(design())
      yield* eventually(Effect.sync(() => model.asked.length), (count) => count === 2)
      yield* TestClock.adjust("20 seconds")
      assert.strictEqual((yield* Fiber.join(waiting)).by, "search")
    }))

  it.effect("while the model makes a draft for a person, a second draft for the same person is made by search", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script("hangs", valid, valid)
      const waiting = yield* Effect.forkChild(design())
      yield* eventually(Effect.sync(() => model.asked.length), (count) => count === 1)
      const [second, other] = [yield* design(), yield* design("deals won", mia)]
      assert.deepStrictEqual([second.by, other.by], ["search", "model"])
      assert.include(second.notes[0], "busy")
      yield* Fiber.interrupt(waiting)
      assert.strictEqual((yield* design()).by, "model")
    }))

  it.effect("with a limit of 20 drafts a day, the 21st draft of an organization is made by search", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script(...Array.from({ length: 25 }, () => valid))
      const ways = yield* Effect.forEach(
        Array.from({ length: 21 }),
        (_, index) => design("deals won", index % 2 === 0 ? ana : mia)
      )
      assert.deepStrictEqual(ways.map(({ by }) => by), [
        ...Array.from({ length: 20 }, () => "model" as const),
        "search"
      ])
      assert.include(ways.at(-1)?.notes[0], "limit")
      yield* TestClock.adjust("1 day")
      assert.strictEqual((yield* design()).by, "model")
    }))

  it.effect("after five failures to reach the model, no request is sent to it for 30 seconds", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script(500, 500, 500, 500, 500, valid)
      yield* Effect.forEach(Array.from({ length: 8 }), () => design())
      assert.strictEqual(model.asked.length, 5)
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual((yield* design()).by, "model")
    }))

  it.effect("after the wall clock was set back, a request is still sent to the model after 30 seconds", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script(500, 500, 500, 500, 500, valid)
      yield* TestClock.setTime(3_600_000)
      yield* Effect.forEach(Array.from({ length: 5 }), () => design())
      yield* TestClock.setTime(0)
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual((yield* design()).by, "model")
    }))

  it.effect("a draft above the daily limit does not reset the count of failures to reach the model", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      const zoe = caller("admin", "zoe", "other")
      model.script(...Array.from({ length: 20 }, () => valid), 500, 500, 500, 500, 500, valid)
      yield* Effect.forEach(Array.from({ length: 20 }), () => design())
      yield* Effect.forEach([zoe, zoe, zoe, zoe, ana, zoe, zoe], (who) => design("deals won", who))
      assert.strictEqual(model.asked.length, 25)
    }))

  it.effect("invalid answers of the model do not count as failures to reach it", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script(...Array.from({ length: 18 }, () => "no"), valid)
      const ways = yield* Effect.forEach(Array.from({ length: 7 }), () => design())
      assert.strictEqual(ways.at(-1)?.by, "model")
    }))
})
