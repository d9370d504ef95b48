import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { Passing } from "./Passing.ts"
import { elsewhere, frozenBy, people } from "./people.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo | Passing>]

const span = { instanceId: "b", from: 0, to: Date.parse("9999-01-01T00:00:00Z"), most: 10 }

const meta = {
  unit: "count" as const,
  scope: { kind: "own" as const, members: 1 },
  filters: { applied: {}, ignored: [] },
  additive: true,
  asOf: "2026-10-01T00:00:00Z"
}

const widget = (instanceId: string) => ({ instanceId, metricId: "leads.total", chart: "stat" })

const series = (instanceId: string, value: number) => ({
  instanceId,
  shape: "stat" as const,
  series: [{ key: "value", label: "Leads" }],
  points: [],
  stat: { value, previous: null, deltaPct: null },
  meta
})

const frozenWith = (caller: Caller, value: number) => ({
  ...frozenBy(caller),
  layout: { widgets: [widget("a"), widget("b")] },
  series: [series("a", value), series("b", value + 1)]
})

const valuesFor = Effect.fnUntraced(
  function*(caller: Caller, id: Parameters<SnapshotRepo["Service"]["list"]>[1], asked = span) {
    const found = yield* (yield* SnapshotRepo).history(caller, id, asked)
    return found.flatMap(({ series }) => series.map(({ stat }) => stat?.value))
  }
)

const scene = Effect.gen(function*() {
  const snapshots = yield* SnapshotRepo
  const { admin, colleague, owner } = people()
  const { id } = yield* (yield* ReportRepo).create(owner, {
    title: "Saved",
    visibility: "organization",
    layout: { widgets: [] }
  })
  const stored = []
  for (const [caller, value] of [[owner, 10], [admin, 20], [colleague, 30], [owner, 40]] as const) {
    stored.push(yield* snapshots.create(caller, id, frozenWith(caller, value)))
    yield* (yield* Passing).seconds(60)
  }
  return { snapshots, admin, colleague, owner, id, stored }
})

export const historyCases: ReadonlyArray<Case> = [
  [
    "a history has one widget of each snapshot that the caller may read, newest first",
    Effect.gen(function*() {
      const { admin, colleague, id, owner, snapshots, stored } = yield* scene
      assert.deepStrictEqual(yield* valuesFor(admin, id), [41, 31, 21, 11])
      assert.deepStrictEqual(yield* valuesFor(owner, id), [41, 11])
      assert.deepStrictEqual(yield* valuesFor(colleague, id), [31])
      assert.deepStrictEqual(yield* valuesFor(elsewhere, id), [])
      assert.deepStrictEqual(yield* valuesFor(admin, id, { ...span, most: 2 }), [41, 31])
      const [newest] = yield* snapshots.history(owner, id, span)
      const last = yield* snapshots.find(owner, stored[3]?.id ?? assert.fail("no snapshot"))
      assert.deepStrictEqual(newest, {
        id: last.id,
        createdAt: last.createdAt,
        timeframe: last.timeframe,
        scope: last.scope,
        layout: { widgets: [widget("b")] },
        series: [series("b", 41)]
      })
    })
  ],
  [
    "a history has the snapshots from the beginning of the span to before its end",
    Effect.gen(function*() {
      const { admin, id, snapshots } = yield* scene
      const times = (yield* snapshots.list(admin, id, { limit: 9, offset: 0 })).results.map(({ createdAt }) =>
        createdAt.epochMilliseconds
      )
      const [, from = 0] = times.toReversed()
      const [to = 0] = times
      assert.deepStrictEqual(yield* valuesFor(admin, id, { ...span, from, to }), [31, 21])
    })
  ],
  [
    "a history of a widget that no snapshot has contains the snapshots without the widget",
    Effect.gen(function*() {
      const { id, owner, snapshots } = yield* scene
      const found = yield* snapshots.history(owner, id, { ...span, instanceId: "'; --" })
      assert.deepStrictEqual(found.map(({ layout, series }) => [layout, series]), [
        [{ widgets: [] }, []],
        [{ widgets: [] }, []]
      ])
    })
  ],
  [
    "a history has a timeseries without its points, and other series with theirs",
    Effect.gen(function*() {
      const { id, owner, snapshots } = yield* scene
      const { points: _points, shape: _shape, ...rest } = series("b", 1)
      const times = { ...rest, shape: "timeseries" as const, points: [{ bucket: "2026-10-01", value: 1 }] }
      const groups = { ...rest, shape: "category" as const, points: [{ category: "web", label: "Web", value: 1 }] }
      yield* snapshots.create(owner, id, {
        ...frozenWith(owner, 0),
        series: [{ ...times, previousPoints: times.points }, groups]
      })
      const [newest] = yield* snapshots.history(owner, id, span)
      assert.deepStrictEqual(newest?.series, [{ ...times, points: [] }, groups])
    })
  ],
  [
    "a history of a report that the caller may no longer read is empty",
    Effect.gen(function*() {
      const { colleague, id, owner } = yield* scene
      yield* (yield* ReportRepo).update(owner, id, { visibility: "private" }, undefined)
      assert.deepStrictEqual(yield* valuesFor(colleague, id), [])
      assert.deepStrictEqual(yield* valuesFor(owner, id), [41, 11])
    })
  ]
]
