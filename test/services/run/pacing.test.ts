import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable, type Unreachable } from "../../../src/domain/Unavailable.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { admin } from "../../support/counted.ts"
import { meter } from "../../support/meter.ts"
import { office } from "../../support/office.ts"
import { overloaded } from "../../support/overloaded.ts"
import { sourceThat } from "../../support/sourceThat.ts"

const over = (
  source: ReturnType<typeof sourceThat>,
  env: Record<string, string> = {},
  admission: Layer.Layer<Admission> = Admission.unlimited
) =>
  MetricRunner.layer.pipe(
    Layer.provide([Goals.layerMemory, Gating.layer, Catalog.layer, admission]),
    Layer.provide([source, Organizations.layerMemory(office)]),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  )

const total = { instanceId: "total", metricId: "leads.total", chart: "stat" }
const widgets = Array.from({ length: 12 }, (_, index) => ({
  ...total,
  instanceId: `${index}`,
  filters: { status: `${index}` }
}))

it.effect.each(
  [
    ["the default RUN_CONCURRENCY", 4, undefined],
    ["RUN_CONCURRENCY=2", 2, "2"]
  ] as const
)(
  "with %s, a run computes %i widgets at a time",
  ([, expected, concurrency]) =>
    Effect.gen(function*() {
      const { metered, mostAtOnce } = meter()
      const source = sourceThat(() => metered(Effect.succeed([])))
      const env = concurrency === undefined ? {} : { RUN_CONCURRENCY: concurrency }
      yield* Effect.provide(Effect.flatMap(MetricRunner, (runner) => runner.run(admin, { widgets })), over(source, env))
      assert.strictEqual(mostAtOnce(), expected)
    })
)

it.effect("runs, freezes and runs in the background fail with Unavailable if their organization gets no place", () =>
  Effect.gen(function*() {
    const { freeze, run, runInBackground } = yield* MetricRunner
    const request = { widgets: [total] }
    const exits = yield* Effect.forEach(
      [run, freeze, runInBackground],
      (one) => Effect.exit<unknown, Unreachable, never>(one(admin, request))
    )
    assert.deepStrictEqual(
      exits,
      [Unavailable.by("runs"), Unavailable.by("runs"), Unavailable.by("background_runs")].map(Exit.fail)
    )
  }).pipe(Effect.provide(over(sourceThat(() => Effect.succeed([])), {}, overloaded(admin.organizationId)))))

it.effect("a freeze fails with TimedOut after FREEZE_TIMEOUT, before its widgets time out", () =>
  Effect.gen(function*() {
    const freezing = yield* Effect.forkChild(Effect.flip((yield* MetricRunner).freeze(admin, { widgets: [total] })))
    yield* TestClock.adjust("2 seconds")
    assert.isDefined(freezing.pollUnsafe())
    assert.strictEqual((yield* Fiber.join(freezing))._tag, "TimedOut")
  }).pipe(Effect.provide(over(sourceThat(() => Effect.never), { FREEZE_TIMEOUT: "2 seconds" }))))
