import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { isSmall } from "../../../src/documents/cost.ts"
import { Documents, Processes } from "../../../src/documents/Documents.ts"
import type { DocumentFormat } from "../../../src/domain/DocumentFormat.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Exporting } from "../../../src/services/export/Exporting.ts"
import { AuditLog } from "../../../src/services/reports/AuditLog/AuditLog.ts"
import { Comparing } from "../../../src/services/reports/Comparing.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { timeseries } from "../../gallery/hostile.ts"
import { caller } from "../../support/TestApp.ts"

const ana = caller("member", "ana")

/** The number of rows is the id of the widget. A table has a column for the date and nine for values. */
const runIn = (timeZone: string, asOf: string): MetricRunner["Service"]["runInBackground"] => (_caller, { widgets }) =>
  Effect.succeed(widgets.map(({ instanceId }) => {
    const { meta, ...series } = timeseries(Array.from({ length: 9 }, String), Number(instanceId), (at) => at)
    const window = meta.window && { window: { ...meta.window, timeZone } }
    return { ...series, instanceId, meta: { ...meta, asOf, ...window } }
  }))

/** Large files take until `end` is open. */
const exportingWith = (end: Latch.Latch, timeZone = "UTC", asOf = "2026-11-20T12:00:00Z") =>
  Exporting.layer.pipe(
    Layer.provide([
      Layer.mock(Documents, {
        make: (document, format) => Effect.as(isSmall(document, format) ? Effect.void : end.await, new Uint8Array())
      }),
      Layer.mock(MetricRunner, { runInBackground: runIn(timeZone, asOf) }),
      Catalog.layer,
      Layer.mock(BuilderOptions, {}),
      Layer.mock(Comparing, {}),
      Layer.mock(AuditLog, { record: () => Effect.void }),
      Layer.mock(ReportRepo, {}),
      Layer.mock(SnapshotRepo, {}),
      Admission.layer
    ]),
    Layer.provide(Layer.succeed(Processes, 1))
  )

const fileOf = (rows: ReadonlyArray<number>, format: DocumentFormat) =>
  Exporting.use((exporting) =>
    exporting.run(ana, {
      widgets: rows.map((count) => ({ instanceId: String(count), metricId: "leads.total", chart: "line" }))
    }, { format })
  )

describe("an export", () => {
  it.effect.each(
    [
      ["Pacific/Auckland", "2026-12-01T10:59:00Z", "2026-12-01"],
      ["Pacific/Auckland", "2026-12-01T11:00:00Z", "2026-12-02"],
      ["America/New_York", "2026-12-01T04:59:00Z", "2026-11-30"]
    ] as const
  )(
    "the name of a file has the day of its numbers in %s: at %s it is %s",
    ([timeZone, asOf, day]) =>
      Effect.gen(function*() {
        const end = yield* Latch.make(true)
        const { name } = yield* fileOf([1], "csv").pipe(Effect.provide(exportingWith(end, timeZone, asOf)))
        assert.match(name, new RegExp(` ${day}\\.csv$`))
      })
  )

  it.effect("a small file is made while a large file of the same organization takes the place of large files", () =>
    Effect.gen(function*() {
      const end = yield* Latch.make()
      yield* Effect.gen(function*() {
        const large = yield* Effect.forkChild(fileOf([201], "csv"), { startImmediately: true })
        const waiting = yield* Effect.forkChild(fileOf([202], "csv"), { startImmediately: true })
        const small = yield* Effect.forkChild(fileOf([200], "csv"), { startImmediately: true })
        yield* TestClock.adjust("1 minute")
        assert.isDefined(small.pollUnsafe())
        assert.deepStrictEqual([large.pollUnsafe(), waiting.pollUnsafe()], [undefined, undefined])
        yield* end.open
        yield* Fiber.join(large)
        yield* Fiber.join(waiting)
      }).pipe(Effect.provide(exportingWith(end)))
    }))

  it.effect("a CSV file with more than 100,000 cells is refused with both numbers, before a process makes it", () =>
    Effect.gen(function*() {
      const end = yield* Latch.make(true)
      yield* Effect.gen(function*() {
        assert.strictEqual((yield* fileOf([10_000], "csv")).format, "csv")
        const answer = yield* Effect.match(fileOf([10_001], "csv"), {
          onFailure: ({ message }) => message,
          onSuccess: ({ format }) => format
        })
        assert.strictEqual(
          answer,
          "A file has at most 100000 cells, and these widgets have 100010. Ask for fewer widgets or a shorter timeframe."
        )
        assert.strictEqual((yield* fileOf([10_001], "pdf")).format, "pdf")
      }).pipe(Effect.provide(exportingWith(end)))
    }))
})
