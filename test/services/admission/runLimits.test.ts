import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { RunBegan } from "../../../src/services/admission/fairness.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { signTestToken } from "../../../src/testing/signTestToken.ts"
import { handlerOver } from "../../support/handlerOver.ts"
import { office } from "../../support/office.ts"
import { overloaded } from "../../support/overloaded.ts"
import { requestOf } from "../../support/requestOf.ts"
import { sourceThat } from "../../support/sourceThat.ts"
import { caller, sourcesOver } from "../../support/TestApp.ts"

const widgets = [{ instanceId: "total", metricId: "leads.total", chart: "stat" }]
const runnerOver = (source: ReturnType<typeof sourceThat>) =>
  MetricRunner.layer.pipe(
    Layer.provide([Goals.layerMemory, Gating.layer, Catalog.layer]),
    Layer.provide([source, Organizations.layerMemory(office)]),
    Layer.provide(Admission.layer)
  )

/** Each run computes until it is interrupted. `computing` has the organization of each of them. */
const endless = () => {
  const computing: Array<string> = []
  const source = sourceThat(({ scope }) =>
    Effect.andThen(Effect.sync(() => void computing.push(scope.organization.organizationId)), Effect.never)
  )
  return { computing, source }
}

const ask = (organizationId: string) =>
  Effect.flatMap(MetricRunner, ({ run }) =>
    Effect.tap(
      Effect.forkChild(Effect.exit(run(caller("admin", "ana", organizationId), { widgets }))),
      () => TestClock.adjust("0 millis")
    ))

it.effect("two runs of an organization are computed at first, and a run of another organization does not wait", () => {
  const { computing, source } = endless()
  return Effect.gen(function*() {
    const runs = yield* Effect.forEach(Array.from({ length: 20 }), () => ask("acme"))
    yield* ask("bolt")
    assert.deepStrictEqual(computing, ["acme", "acme", "bolt"])
    yield* Fiber.interruptAll(runs.slice(0, 1))
    yield* TestClock.adjust("0 millis")
    assert.deepStrictEqual(computing.slice(3), ["acme"])
  }).pipe(Effect.provide(runnerOver(source)))
})

it.effect("all statements of a run say when the run began", () => {
  const began: Array<bigint | undefined> = []
  const source = sourceThat(() => Effect.as(Effect.map(RunBegan, (at) => void began.push(at)), []))
  return Effect.gen(function*() {
    const asked = [...widgets, { instanceId: "won", metricId: "deals.won_over_time", chart: "bar" }]
    yield* TestClock.adjust("1 second")
    yield* Effect.flatMap(MetricRunner, ({ run }) => run(caller("admin", "ana", "acme"), { widgets: asked }))
    yield* TestClock.adjust("1 second")
    yield* Effect.flatMap(MetricRunner, ({ run }) => run(caller("admin", "ana", "acme"), { widgets }))
    assert.deepStrictEqual([...new Set(began)], [1_000_000_000n, 2_000_000_000n])
  }).pipe(Effect.provide(runnerOver(source)))
})

it.effect("a run that has no place after two seconds fails with the name of the limit", () => {
  const { computing, source } = endless()
  return Effect.gen(function*() {
    const runs = yield* Effect.forEach([1, 2, 3], () => ask("acme"))
    yield* TestClock.adjust("2 seconds")
    const refused = yield* Fiber.join(runs[2] ?? assert.fail())
    assert.deepStrictEqual(refused, Exit.fail(Unavailable.by("runs")))
    assert.strictEqual(computing.length, 2)
  }).pipe(Effect.provide(runnerOver(source)))
})

it.effect("the deadline of a run begins when the run has its place", () => {
  let hasEnded = false
  const source = sourceThat(() => hasEnded ? Effect.succeed([]) : Effect.never)
  return Effect.gen(function*() {
    const first = yield* Effect.forEach([1, 2], () => ask("acme"))
    yield* TestClock.adjust("1900 millis")
    const waiting = yield* ask("acme")
    yield* TestClock.adjust("1900 millis")
    hasEnded = true
    yield* Fiber.interruptAll(first)
    const exit = yield* Fiber.join(waiting)
    assert.deepStrictEqual(Exit.isSuccess(exit) && exit.value.map(({ error }) => error), [undefined])
  }).pipe(Effect.provide(runnerOver(source)))
})

const noSnapshot = "00000000-0000-4000-8000-000000000000"

describe("requests of an organization that gets no place for a run", () => {
  it("a run, even with an invalid body, and a list of records get 503, and other requests are answered", async () => {
    const stores = [
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      SubscriptionRepo.layerMemory,
      IdempotencyKeys.layerMemory
    ] as const
    const { dispose, handler } = handlerOver(
      Layer.mergeAll(sourcesOver(noTables), ...stores),
      undefined,
      undefined,
      undefined,
      overloaded("acme")
    )
    const statusOf = async (organizationId: string, request: string, body?: unknown) => {
      const token = signTestToken({ organizationId, userId: "ana", role: "admin" })
      return (await handler(requestOf(token, request, body, {}))).status
    }
    const wrong = { widgets: "none" }
    assert.strictEqual(await statusOf("acme", "POST /crm-reports/metrics/run", wrong), 503)
    assert.strictEqual(await statusOf("bolt", "POST /crm-reports/metrics/run", wrong), 400)
    assert.strictEqual(await statusOf("acme", "GET /crm-reports/catalog"), 200)
    const records = { widget: { instanceId: "total", metricId: "leads.total", chart: "stat" } }
    assert.strictEqual(await statusOf("acme", "POST /crm-reports/metrics/records", records), 503)
    assert.strictEqual(await statusOf("bolt", "POST /crm-reports/metrics/records", records), 200)
    assert.strictEqual(await statusOf("acme", `GET /crm-reports/snapshots/${noSnapshot}/export?format=csv`), 404)
    await dispose()
  })
})
