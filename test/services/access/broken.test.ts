import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer } from "effect"
import { all } from "../../../src/metrics/all.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { admin } from "../../support/counted.ts"
import { asOf, office } from "../../support/office.ts"
import { sourceThat } from "../../support/sourceThat.ts"

const isBroken = new Error("nobody foresaw this")

/** Planning this metric throws an error. */
const unplannable = Object.defineProperty({ ...all["leads.total"] }, "at", {
  get: () => {
    throw isBroken
  }
})

const unplanned = MetricRunner.layer.pipe(
  Layer.provide([
    Goals.layerMemory,
    Gating.layer,
    Catalog.layerOf({ ...all, "leads.total": unplannable }),
    Admission.unlimited
  ]),
  Layer.provide([MetricSource.layerMemory(office), Organizations.layerMemory(office)])
)

const uncounted = MetricRunner.layer.pipe(
  Layer.provide([Goals.layerMemory, Gating.layer, Catalog.layer, Admission.unlimited]),
  Layer.provide(Organizations.layerMemory(office)),
  Layer.provide(sourceThat((plan) => plan.id === "leads.total" ? Effect.die(isBroken) : Effect.succeed([])))
)

const request = {
  widgets: [
    { instanceId: "broken", metricId: "leads.total", chart: "stat" },
    { instanceId: "sound", metricId: "leads.by_status", chart: "donut" }
  ]
}

describe.each([["planned", unplanned], ["counted", uncounted]])(
  "an unexpected error while a widget is %s",
  (_, runner) => {
    it.effect("only the widget with the unexpected error gets the error unavailable", () =>
      Effect.gen(function*() {
        const [broken, sound] = yield* (yield* MetricRunner).run(admin, request)
        assert.deepStrictEqual([broken?.shape, broken?.error], ["stat", {
          code: "unavailable",
          message: "The number cannot be counted now. The other numbers are not affected."
        }])
        assert.strictEqual(sound?.error, undefined)
        assert.isNotEmpty(sound?.points)
      }).pipe(Effect.provide(runner), fixedClock(asOf)))
    it.effect("a freeze fails when one of its widgets has an unexpected error", () =>
      Effect.gen(function*() {
        const frozen = yield* Effect.exit((yield* MetricRunner).freeze(admin, request))
        assert.deepStrictEqual(frozen, Exit.die(isBroken))
      }).pipe(Effect.provide(runner), fixedClock(asOf)))
  }
)
