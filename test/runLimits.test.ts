import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable } from "../src/domain/Unavailable.ts"
import { Catalog } from "../src/services/access/Catalog.ts"
import { Gating } from "../src/services/access/Gating.ts"
import { Organizations } from "../src/services/access/Organizations.ts"
import { makeBacklog } from "../src/services/limits/backlog.ts"
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

const nanos = (millis: number) => BigInt(millis) * 1_000_000n

/** Begins five runs of ten widgets. One widget ends every `millis` ms, until `ended` widgets have ended. */
const busy = (millis: number, ended: number) => {
  const backlog = makeBacklog(Duration.seconds(1))
  const runs = Array.from({ length: 5 }, () => backlog.begin("acme", 10, 0n))
  for (let widget = 1; widget <= ended; widget++) runs[widget % 5]?.endWidget(nanos(widget * millis))
  return {
    backlog,
    runs,
    isTooLong: (organizationId: string, at: number) => backlog.isTooLong(organizationId, nanos(at))
  }
}

describe("runs in progress", () => {
  it("runs in progress take too long if, at their pace, the pending widgets would need longer than the limit", () => {
    const { isTooLong } = busy(25, 9)
    assert.isTrue(isTooLong("acme", 225))
    assert.isFalse(isTooLong("bolt", 225))
    assert.isFalse(busy(25, 10).isTooLong("acme", 250))
  })

  it("runs in progress take too long if no widget has ended for longer than the limit", () => {
    const { isTooLong } = busy(1, 10)
    assert.deepStrictEqual([1_010, 1_011].map((at) => isTooLong("acme", at)), [false, true])
  })

  it("runs in progress do not take too long if they are fewer than four", () => {
    const { backlog, isTooLong, runs } = busy(100, 0)
    assert.isTrue(isTooLong("acme", 1_001))
    runs[0]?.end()
    assert.deepStrictEqual([isTooLong("acme", 1_001), backlog.isAnyCrowded()], [true, true])
    runs[1]?.end()
    assert.deepStrictEqual([isTooLong("acme", 1_001), backlog.isAnyCrowded()], [false, false])
  })

  it("when a run ends, its widgets that were not computed are no longer pending", () => {
    const { backlog, isTooLong, runs } = busy(25, 9)
    runs[0]?.end()
    assert.strictEqual(backlog.pending(), 32)
    assert.isFalse(isTooLong("acme", 225))
    for (const run of runs.slice(1)) run.end()
    assert.strictEqual(backlog.size(), 0)
  })

  it("the number of pending widgets stays 0 when a run computes its only widget twice", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const run = backlog.begin("acme", 1, 0n)
    run.endWidget(1n)
    run.endWidget(2n)
    assert.strictEqual(backlog.pending(), 0)
  })

  it("the time that widgets of ended runs took counts for the runs in progress", () => {
    const { backlog, isTooLong, runs } = busy(25, 10)
    for (const run of runs) run.end()
    for (let run = 0; run < 4; run++) backlog.begin("acme", 10, nanos(60_000))
    assert.isFalse(isTooLong("acme", 60_000))
    backlog.begin("acme", 1, nanos(60_000))
    assert.isTrue(isTooLong("acme", 60_000))
  })

  it("runs with more than 256 pending widgets take too long while no widget has ended", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const runs = Array.from({ length: 4 }, () => backlog.begin("acme", 64, 0n))
    assert.isFalse(backlog.isTooLong("acme", 0n))
    runs.push(backlog.begin("acme", 1, 0n))
    assert.isTrue(backlog.isTooLong("acme", 0n))
    runs[0]?.endWidget(nanos(1))
    assert.isFalse(backlog.isTooLong("acme", nanos(1)))
  })

  it("the times of widgets that ran while fewer than four runs were in progress are ignored", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    for (let run = 0; run < 10; run++) {
      const { end, endWidget } = backlog.begin("acme", 1, nanos(300 * run))
      endWidget(nanos(300 * run + 300))
      end()
    }
    for (let run = 0; run < 5; run++) backlog.begin("acme", 1, nanos(3_000))
    assert.isFalse(backlog.isTooLong("acme", nanos(3_000)))
  })

  it("the mean time of a widget is computed from the last hundred widgets", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const runs = Array.from({ length: 4 }, () => backlog.begin("acme", 450, 0n))
    for (let widget = 1; widget <= 1_000; widget++) runs[widget % 4]?.endWidget(nanos(widget))
    assert.isFalse(backlog.isTooLong("acme", nanos(1_000)))
    for (let widget = 1; widget <= 300; widget++) runs[widget % 4]?.endWidget(nanos(1_000 + widget * 3))
    assert.strictEqual(backlog.pending(), 500)
    assert.isTrue(backlog.isTooLong("acme", nanos(1_900)))
  })
})

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
