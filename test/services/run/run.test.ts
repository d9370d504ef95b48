import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer, Ref } from "effect"
import { TestClock } from "effect/testing"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { RunRequest } from "../../../src/domain/Run.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import type { Reader } from "../../../src/services/run/Reader.ts"
import { deal, lead, member, noTables, time } from "../../../src/testing/rows.ts"
import { sourceThat } from "../../support/sourceThat.ts"
import { appOver, as, caller, client, sourcesOver } from "../../support/TestApp.ts"

const now = time("2024-06-15T12:00")

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("ben", "Ben"), member("eva", "Eva", time("2024-01-01"))],
  leads: [
    lead("1", "2024-06-01", { ownerId: "ana" }),
    lead("2", "2024-06-02", { ownerId: "ben" }),
    lead("3", "2024-06-03", { ownerId: "ben", assigneeIds: ["ana", "ben"] }),
    lead("4", "2024-06-03", { ownerId: null }),
    { ...lead("1", "2024-06-01", { ownerId: "ana" }), organizationId: "other" }
  ],
  deals: [deal("1", "2024-01-01", { status: "won", closedAt: time("2024-06-03"), price: 1_000_00n })]
}

const ana = caller("member", "ana")
const boss = caller("admin", "boss")

const total = { instanceId: "a", metricId: "leads.total", chart: "stat" }
const team = { instanceId: "t", metricId: "team.leads_by_agent", chart: "leaderboard" }

const run = Effect.fnUntraced(function*(who: Caller, request: RunRequest) {
  yield* TestClock.setTime(now)
  const { metrics } = yield* Effect.provide(client, as(who))
  return (yield* metrics.run({ payload: request })).results
})

const app = appOver(sourcesOver(tables))

/** Sets the clock before the app starts, because a timer of the app would run for each minute since 1970. */
const atNow = <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.andThen(TestClock.setTime(now), work)

describe("a run through the typed client", () => {
  it.effect("the results of a run have the order and the instanceIds of its widgets", () =>
    Effect.gen(function*() {
      const results = yield* run(ana, { widgets: [{ ...team, instanceId: "z" }, total, { ...total, instanceId: "b" }] })
      assert.deepStrictEqual(results.map(({ instanceId }) => instanceId), ["z", "a", "b"])
    }).pipe(Effect.provide(app), atNow))

  it.effect("a member's run counts the same rows with and without assigneeIds", () =>
    Effect.gen(function*() {
      const own = yield* run(ana, { widgets: [total] })
      const asked = yield* run(ana, { widgets: [total], assigneeIds: ["ben", "boss", "*"] })
      assert.deepStrictEqual(own[0]?.stat, { value: 2, previous: 0, deltaPct: null })
      assert.deepStrictEqual(asked, own)
    }).pipe(Effect.provide(app), atNow))

  const seen: ReadonlyArray<readonly [string, ReadonlyArray<string> | undefined, number | null, string]> = [
    ["has no leads and sends no assigneeIds", undefined, 0, "own"],
    ["has no leads and sends an empty list of assigneeIds", [], 0, "own"],
    ["chooses one person", ["ben"], 2, "members"],
    ["chooses two people who share a lead", ["ana", "ben"], 3, "members"],
    ["chooses one person twice", ["ana", "ana"], 2, "members"],
    ["chooses a member and an unknown person", ["ana", "stranger"], 2, "members"],
    ["chooses only unknown people", ["stranger", "*"], null, "members"]
  ]
  for (const [choice, assigneeIds, value, kind] of seen) {
    it.effect(`leads.total of an admin who ${choice} is ${value ?? "null"}`, () =>
      Effect.gen(function*() {
        const [series] = yield* run(boss, { widgets: [total], ...(assigneeIds !== undefined && { assigneeIds }) })
        assert.strictEqual(series?.stat?.value ?? null, value)
        assert.strictEqual(series?.meta.scope.kind, kind)
      }).pipe(Effect.provide(app), atNow))
  }

  it.effect("a member gets an empty series without an error for an invalid widget of an admin-only metric", () =>
    Effect.gen(function*() {
      const [series] = yield* run(ana, { widgets: [{ ...team, chart: "nonsense", groupBy: "x" }] })
      assert.strictEqual(series?.meta.gated, "admin_only")
      assert.deepStrictEqual([series?.series, series?.points, series?.stat, series?.error], [[], [], null, undefined])
    }).pipe(Effect.provide(app), atNow))

  it.effect("each invalid widget of a run has its own error code, and the valid widgets have their numbers", () =>
    Effect.gen(function*() {
      const results = yield* run(boss, {
        assigneeIds: ["ana"],
        widgets: [
          { ...total, instanceId: "1", metricId: "leads.Total" },
          { ...total, instanceId: "2", chart: "pie" },
          { instanceId: "3", metricId: "leads.created_over_time", chart: "area", groupBy: "stage" },
          { ...total, instanceId: "4", timeframe: { preset: "custom", from: "2024-02-30", to: "2024-03-01" } },
          {
            instanceId: "5",
            metricId: "leads.created_over_time",
            chart: "area",
            timeframe: { preset: "custom", from: "1990-01-01", to: "2024-03-01", bucket: "day" }
          },
          { ...total, instanceId: "6" }
        ]
      })
      assert.deepStrictEqual(results.map(({ error }) => error?.code), [
        "unknown_metric",
        "unsupported_chart",
        "unsupported_group_by",
        "invalid_timeframe",
        "too_many_buckets",
        undefined
      ])
      assert.strictEqual(results[5]?.stat?.value, 2)
      assert.isTrue(results.slice(0, 5).every(({ points, series }) => points.length === 0 && series.length === 0))
    }).pipe(Effect.provide(app), atNow))

  it.effect("a widget has its own timeframe, else that of the request, else the last 30 days by day", () =>
    Effect.gen(function*() {
      const over = { instanceId: "o", metricId: "leads.created_over_time", chart: "area" }
      const [byDefault] = yield* run(ana, { widgets: [over] })
      const [both] = yield* run(ana, {
        timeframe: { preset: "this_year", bucket: "month", timeZone: "Asia/Kolkata" },
        widgets: [{ ...over, timeframe: { preset: "last_7d" } }]
      })
      assert.strictEqual(byDefault?.points.length, 30)
      assert.strictEqual(both?.points.length, 7)
      assert.strictEqual(both?.meta.window?.timeZone, "UTC")
    }).pipe(Effect.provide(app), atNow))
})

const sourceOf = (tallies: Reader["rows"]) =>
  appOver(Layer.mergeAll(
    sourceThat(tallies),
    Organizations.layerMemory(tables),
    BuilderOptions.layerMemory(tables)
  ))

describe("the widgets of a run", () => {
  it.effect("a run of three identical widgets and one with a filter computes two plans", () =>
    Effect.gen(function*() {
      const asked = yield* Ref.make(0)
      const counting = sourceOf(() => Effect.as(Ref.update(asked, (times) => times + 1), []))
      yield* run(ana, {
        widgets: [
          total,
          { ...total, instanceId: "b" },
          { ...total, instanceId: "c", filters: {} },
          { ...total, instanceId: "d", filters: { status: "client" } }
        ]
      }).pipe(Effect.provide(counting), atNow)
      assert.strictEqual(yield* Ref.get(asked), 2)
    }))

  it.effect("only the widget that exceeds WIDGET_TIMEOUT has the error timeout", () =>
    Effect.gen(function*() {
      const begun = yield* Deferred.make<void>()
      const slow = sourceOf((plan) =>
        plan.id === "leads.total"
          ? Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)
          : Effect.succeed([])
      )
      const running = yield* Effect.forkChild(
        run(ana, { widgets: [total, { instanceId: "s", metricId: "deals.win_rate", chart: "stat" }] }).pipe(
          Effect.provide(slow),
          atNow
        )
      )
      yield* Deferred.await(begun)
      yield* TestClock.adjust("6 seconds")
      const results = yield* Fiber.join(running)
      assert.deepStrictEqual(results.map(({ error }) => error?.code), ["timeout", undefined])
    }))

  it.effect("a widget whose data cannot be read has the error unavailable", () =>
    Effect.gen(function*() {
      const [series] = yield* run(ana, { widgets: [total] }).pipe(
        Effect.provide(sourceOf(() => Effect.fail(new Unavailable()))),
        atNow
      )
      assert.strictEqual(series?.error?.code, "unavailable")
    }))

  it.effect("the interruption of a run interrupts its widgets", () =>
    Effect.gen(function*() {
      const begun = yield* Deferred.make<void>()
      const ended = yield* Deferred.make<void>()
      const waiting = sourceOf(() =>
        Deferred.succeed(begun, undefined).pipe(
          Effect.andThen(Effect.never),
          Effect.onInterrupt(() => Deferred.succeed(ended, undefined))
        )
      )
      const running = yield* Effect.forkChild(run(ana, { widgets: [total] }).pipe(Effect.provide(waiting), atNow))
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(running)
      yield* Deferred.await(ended)
    }))
})
