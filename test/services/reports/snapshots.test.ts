import { assert, describe, it } from "@effect/vitest"
import canonicalize from "canonicalize"
import { DateTime, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { createHash } from "node:crypto"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { Layout } from "../../../src/domain/Layout.ts"
import { TimedOut, Unavailable } from "../../../src/domain/Unavailable.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { Freezing } from "../../../src/services/reports/Freezing.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { lead, member, noTables, time } from "../../../src/testing/rows.ts"
import { sourceThat } from "../../support/sourceThat.ts"
import { caller } from "../../support/TestApp.ts"

const admin = caller("admin", "ana")
const bob = caller("member", "bob")

const tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bob", "Bob"), member("eve", "Eve")],
  leads: [
    lead("l1", "2026-05-01", { ownerId: "ana" }),
    lead("l2", "2026-05-02", { ownerId: "bob", source: "web" }),
    lead("l3", "2026-05-03", { ownerId: "eve", source: "web" })
  ]
}

const placed = { x: 0, y: 0, w: 1, h: 1 }
const total = { instanceId: "total", metricId: "leads.total", chart: "stat", ...placed }
const bySource = { instanceId: "source", metricId: "leads.by_source", chart: "bar", ...placed }
const may = { preset: "custom", from: "2026-05-01", to: "2026-05-31", bucket: "day" }

const over = (source: Layer.Layer<MetricSource>, options = BuilderOptions.layerMemory(tables)) =>
  Freezing.layer.pipe(
    Layer.provideMerge(MetricRunner.layer),
    Layer.provide([Goals.layerMemory, Catalog.layer, Gating.layer, Admission.unlimited]),
    Layer.provide([source, Organizations.layerMemory(tables), options]),
    Layer.provideMerge(Layer.mergeAll(ReportRepo.layerMemory, SnapshotRepo.layerMemory))
  )

const app = over(MetricSource.layerMemory(tables))

const saved = Effect.fnUntraced(function*(layout: Layout, owner = bob) {
  const reports = yield* ReportRepo
  const { id } = yield* reports.create(owner, {
    title: "Leads",
    visibility: "organization",
    layout,
    defaultTimeframe: may
  })
  return id
})

const frozen = Effect.fnUntraced(
  function*(who: Caller, layout: Layout, request: { assigneeIds?: Array<string>; title?: string } = {}) {
    return yield* (yield* Freezing).freeze(who, yield* saved(layout), request)
  }
)

const june = TestClock.setTime(time("2026-06-01"))

const valueOf = ({ series }: { readonly series: ReadonlyArray<{ readonly stat: unknown }> }) => series[0]?.stat

describe("a frozen report", () => {
  it.effect("the series of a snapshot equal those of a run at the same moment", () =>
    Effect.gen(function*() {
      yield* june
      const layout = { widgets: [total, bySource] }
      const snapshot = yield* frozen(bob, layout)
      const run = yield* (yield* MetricRunner).run(bob, { widgets: layout.widgets, timeframe: may })
      assert.deepStrictEqual(snapshot.series, run)
      assert.deepInclude(snapshot, { title: "Leads", layout, timeframe: may, createdBy: bob.userId })
      assert.isAbove(run[1]?.points.length ?? 0, 0)
    }).pipe(Effect.provide(app)))

  it.effect("assigneeIds choose the people of an admin's snapshot but not of a member's", () =>
    Effect.gen(function*() {
      yield* june
      const layout = { widgets: [total] }
      const own = yield* frozen(bob, layout, { assigneeIds: ["ana", "eve", "bob"] })
      assert.deepStrictEqual(own.scope, { role: "member", assigneeIds: ["bob"] })
      assert.deepInclude(valueOf(own), { value: 1 })
      const chosen = yield* frozen(admin, layout, { assigneeIds: ["eve", "bob", "bob", "nobody"] })
      assert.deepStrictEqual(chosen.scope, { role: "admin", assigneeIds: ["bob", "eve"] })
      assert.deepInclude(valueOf(chosen), { value: 2 })
      const nobody = yield* frozen(admin, layout, { assigneeIds: ["nobody"] })
      assert.deepStrictEqual(nobody.scope, { role: "admin", assigneeIds: [] })
      assert.isNull(valueOf(nobody))
    }).pipe(Effect.provide(app)))

  it.effect("a snapshot is also made if the names of its tags cannot be read, and has the names of its people", () =>
    Effect.gen(function*() {
      yield* june
      const tagged = { ...total, filters: { tag: "5b1f4bb0-3c5e-4a6e-9a53-2f6f3d3f2b11" } }
      const snapshot = yield* frozen(admin, { widgets: [total, tagged] }, { assigneeIds: ["eve", "bob"] })
      assert.deepInclude(valueOf(snapshot), { value: 2 })
      assert.deepStrictEqual(snapshot.names?.people.map(({ id }) => id), ["bob", "eve"])
      assert.deepStrictEqual(snapshot.names?.tags, [])
    }).pipe(Effect.provide(
      over(
        MetricSource.layerMemory(tables),
        Layer.succeed(BuilderOptions, { of: () => Effect.fail(new TimedOut()) })
      )
    )))

  it.effect("a snapshot's content hash is the SHA-256 of its series and layout, also after a renewal", () =>
    Effect.gen(function*() {
      yield* june
      const odd: Layout = JSON.parse(`{"z":{"__proto__":[1e21,-0.0,"\\u20ac\\n"]},"widgets":[],"a":1}`)
      const { contentHash, id } = yield* frozen(bob, { ...odd, widgets: [bySource, total] })
      const { layout, series }: { layout: unknown; series: unknown } = JSON.parse(
        JSON.stringify(yield* (yield* SnapshotRepo).find(bob, id))
      )
      const computed = createHash("sha256").update(canonicalize({ series, layout }) ?? "").digest("hex")
      assert.strictEqual(computed, contentHash)
      assert.strictEqual((yield* (yield* SnapshotRepo).renew(bob, id)).contentHash, contentHash)
    }).pipe(Effect.provide(app)))

  it.effect("a snapshot stores the error of a widget with an unknown metric or an invalid timeframe", () =>
    Effect.gen(function*() {
      yield* june
      const layout: Layout = JSON.parse(JSON.stringify({
        widgets: [
          { ...total, instanceId: "retired", metricId: "leads.retired" },
          { ...total, instanceId: "timeless", timeframe: 7 },
          { ...bySource, instanceId: "odd", filters: { source: [{ _tag: "Literal" }], "__proto__": 1 } },
          total
        ]
      }))
      const { series } = yield* frozen(bob, layout)
      assert.deepStrictEqual(series.map(({ error }) => error?.code), [
        "unknown_metric",
        "invalid_timeframe",
        undefined,
        undefined
      ])
      assert.deepStrictEqual(series.map(({ points }) => points.length), [0, 0, 0, 0])
    }).pipe(Effect.provide(app)))

  it.effect.each([["a text", "web"], ["a list", ["web"]], ["a number", 7], ["a boolean", true]] as const)(
    "a snapshot of a widget whose filters are %s counts nothing",
    ([, filters]) =>
      Effect.gen(function*() {
        yield* june
        const { series } = yield* frozen(bob, { widgets: [{ ...total, filters }, { ...bySource, filters: null }] })
        assert.deepStrictEqual(series[0]?.stat, { value: 0, previous: 0, deltaPct: null })
        assert.deepStrictEqual(series[0]?.meta.filters, { applied: {}, ignored: [], invalid: true })
        assert.deepStrictEqual(series[1]?.points.length, 1)
      }).pipe(Effect.provide(app))
  )

  it.effect("a snapshot uses each widget's grouping and timeframe", () =>
    Effect.gen(function*() {
      yield* june
      const own = { groupBy: "source", timeframe: { ...may, to: "2026-05-02", bucket: "month" } }
      const overTime = { instanceId: "own", metricId: "leads.created_over_time", chart: "line", ...placed, ...own }
      const { series } = yield* frozen(admin, { widgets: [overTime] }, { assigneeIds: ["ana", "bob", "eve"] })
      assert.deepStrictEqual(series[0]?.points, [{ bucket: "2026-05-01", "~none": 1, web: 1, partial: true }])
    }).pipe(Effect.provide(app)))

  it.effect("a snapshot expires after 180 days and can then be renewed", () =>
    Effect.gen(function*() {
      yield* june
      const snapshots = yield* SnapshotRepo
      const { id } = yield* frozen(bob, { widgets: [] })
      yield* TestClock.adjust("179 days")
      assert.isFalse((yield* snapshots.find(bob, id)).expired)
      yield* TestClock.adjust("1 day")
      const expired = yield* snapshots.find(bob, id)
      assert.isTrue(expired.expired)
      assert.strictEqual(DateTime.formatIso(expired.expiresAt), "2026-11-28T00:00:00.000Z")
      assert.strictEqual(DateTime.formatIso(expired.deletesAt), "2026-12-28T00:00:00.000Z")
      const renewed = yield* snapshots.renew(bob, id)
      assert.isFalse(renewed.expired)
      assert.strictEqual(DateTime.formatIso(renewed.expiresAt), "2027-05-27T00:00:00.000Z")
    }).pipe(Effect.provide(app)))
})

describe("a failing freeze", () => {
  it.effect.each([["Unavailable", new Unavailable()], ["TimedOut", new TimedOut()]] as const)(
    "a freeze that fails with %s stores nothing",
    ([tag, failure]) =>
      Effect.gen(function*() {
        yield* june
        const id = yield* saved({ widgets: [bySource, total] })
        const error = yield* Effect.flip((yield* Freezing).freeze(bob, id, {}))
        assert.strictEqual(error._tag, tag)
        assert.strictEqual((yield* (yield* SnapshotRepo).list(bob, id, { limit: 1, offset: 0 })).total, 0)
      }).pipe(Effect.provide(over(sourceThat(() => Effect.fail(failure)))))
  )
})
