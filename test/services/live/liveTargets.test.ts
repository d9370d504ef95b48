import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { ana, boss, liveOver, makeCrm, seconds, total, watching } from "../../support/liveOver.ts"

const asked = { widgets: [{ ...total, target: true }], timeframe: { preset: "this_month" } }

const target = (owner: string) => ({
  metricId: total.metricId,
  filters: {},
  for: owner,
  period: "month" as const,
  values: { "2026-10": 10 },
  currency: null
})

describe("targets in a live run", () => {
  it.effect("a changed target reaches the open stream of its person, and no other stream", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.parse("2026-10-10T12:00:00Z"))
      const goals = yield* Goals
      const stream = yield* watching({ caller: ana, request: Effect.succeed(asked) })
      assert.deepStrictEqual(stream.names(), ["series", "ready"])
      const { id } = yield* goals.createTarget(boss, target("ana"))
      yield* seconds(1)
      assert.deepStrictEqual(stream.names(), ["series", "ready", "series"])
      yield* goals.updateTarget(boss, id, { values: { "2026-10": 20 } })
      yield* seconds(1)
      assert.deepStrictEqual(stream.names(), ["series", "ready", "series", "series"])
      yield* goals.createTarget(boss, target("bo"))
      yield* goals.createTarget(boss, target("organization"))
      yield* seconds(2)
      assert.lengthOf(stream.names(), 4)
    }).pipe(Effect.provide(liveOver(makeCrm()))))
})
