import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable } from "../src/domain/Unavailable.ts"
import { Catalog } from "../src/services/access/Catalog.ts"
import { Gating } from "../src/services/access/Gating.ts"
import { Organizations } from "../src/services/access/Organizations.ts"
import { runLimiter } from "../src/services/limits/RunLimiter.ts"
import { IdempotencyKeys } from "../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../src/services/run/MetricRunner.ts"
import { noTables } from "../src/testing/rows.ts"
import { signTestToken } from "../src/testing/signTestToken.ts"
import { handlerOver } from "./support/handlerOver.ts"
import { office } from "./support/office.ts"
import { overloaded } from "./support/overloaded.ts"
import { requestOf } from "./support/requestOf.ts"
import { sourceThat } from "./support/sourceThat.ts"
import { caller, sourcesOver } from "./support/TestApp.ts"

const widgets = [{ instanceId: "total", metricId: "leads.total", chart: "stat" }]
const runnerOver = (source: ReturnType<typeof sourceThat>) =>
  MetricRunner.layer.pipe(
    Layer.provide([Gating.layer, Catalog.layer]),
    Layer.provide([source, Organizations.layerMemory(office)]),
    Layer.provide(runLimiter)
  )

it.effect("a run fails with Unavailable while four runs of its organization have waited for more than a second", () =>
  Effect.gen(function*() {
    const { run } = yield* MetricRunner
    const asked = (organizationId: string) => run(caller("admin", "ana", organizationId), { widgets })
    const waiting = yield* Effect.forEach([1, 2, 3, 4], () => Effect.forkChild(asked("acme")))
    yield* TestClock.adjust("1001 millis")
    const isAccepted = Effect.fnUntraced(function*(organizationId: string) {
      const asking = yield* Effect.forkChild(asked(organizationId))
      yield* TestClock.adjust("1 millis")
      const exit = asking.pollUnsafe()
      yield* Fiber.interrupt(asking)
      if (exit !== undefined) assert.deepStrictEqual(exit, Exit.fail(new Unavailable()))
      return exit === undefined
    })
    assert.isFalse(yield* isAccepted("acme"))
    assert.isTrue(yield* isAccepted("bolt"))
    yield* Fiber.interruptAll(waiting)
    assert.isTrue(yield* isAccepted("acme"))
  }).pipe(Effect.provide(runnerOver(sourceThat(() => Effect.never)))))

it.effect("16 runs of an organization are computed at a time, and a run of another organization does not wait", () => {
  const computing: Array<string> = []
  const source = sourceThat(({ scope }) =>
    Effect.andThen(Effect.sync(() => void computing.push(scope.organization.organizationId)), Effect.never)
  )
  return Effect.gen(function*() {
    const { run } = yield* MetricRunner
    const ask = (organizationId: string) =>
      Effect.tap(
        Effect.forkChild(run(caller("admin", "ana", organizationId), { widgets })),
        () => TestClock.adjust("0 millis")
      )
    const runs = yield* Effect.forEach(Array.from({ length: 20 }), () => ask("acme"))
    yield* ask("bolt")
    assert.deepStrictEqual(computing, [...Array.from({ length: 16 }, () => "acme"), "bolt"])
    yield* Fiber.interruptAll(runs.slice(0, 1))
    yield* TestClock.adjust("0 millis")
    assert.deepStrictEqual(computing.slice(17), ["acme"])
  }).pipe(Effect.provide(runnerOver(source)))
})

const noSnapshot = "00000000-0000-4000-8000-000000000000"

describe("requests of an organization whose runs in progress take too long", () => {
  it("a run, even with an invalid body, and a list of records get 503, and other requests are answered", async () => {
    const { dispose, handler } = handlerOver(Layer.mergeAll(
      sourcesOver(noTables),
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      IdempotencyKeys.layerMemory,
      overloaded("acme")
    ))
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
