import { assert, describe, it } from "@effect/vitest"
import { type DateTime, Effect, Exit, Layer, Ref } from "effect"
import type { OrgId } from "../../../src/domain/Ids.ts"
import { TimedOut, Unavailable } from "../../../src/domain/Unavailable.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { freezeAt, freezeSchedulesOver, scheduledReport, snapshotsOf, timesOf } from "../../support/freezeSchedules.ts"
import { person, sales } from "../../support/targets.ts"

const ana = person("ana", "admin")
const layout = { widgets: [{ instanceId: "w", metricId: "leads.total", chart: "stat" }] }
const set = Date.parse("2026-10-10T12:00:00Z")
const due = Date.parse("2026-10-11T05:00:00Z")

describe("a freeze that fails", () => {
  it.effect("a freeze waits until the role of the creator is known, and is tried again after five minutes", () =>
    Effect.gen(function*() {
      const isKnown = yield* Ref.make(true)
      const roleOf = () =>
        Effect.flatMap(
          Ref.get(isKnown),
          (known) => known ? Effect.succeed("admin" as const) : Effect.fail(new Unavailable())
        )
      yield* Effect.gen(function*() {
        const id = yield* scheduledReport(ana, layout, set)
        yield* Ref.set(isKnown, false)
        yield* freezeAt(due)
        yield* Ref.set(isKnown, true)
        yield* freezeAt(due + 4 * 60_000)
        assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), [])
        yield* freezeAt(due + 5 * 60_000)
        assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), ["2026-10-11T05:05:00.000Z"])
      }).pipe(Effect.provide(freezeSchedulesOver(sales, Layer.mock(ApiKeys, { roleOf }))))
    }))

  it.effect("an organization whose times due cannot be taken stops no freeze of another organization", () =>
    Effect.gen(function*() {
      const other = person("zoe", "admin", "other")
      const failing = Layer.effect(
        ReportRepo,
        Effect.map(ReportRepo, (reports) => ({
          ...reports,
          organizationsDue: () => Effect.succeed([other.organizationId, ana.organizationId]),
          takeDue: (organizationId: OrgId, now: DateTime.Utc) =>
            organizationId === other.organizationId
              ? Effect.fail(new TimedOut())
              : Effect.andThen(Effect.yieldNow, reports.takeDue(organizationId, now))
        }))
      ).pipe(Layer.provide(ReportRepo.layerMemory))
      yield* Effect.gen(function*() {
        const id = yield* scheduledReport(ana, layout, set)
        assert.deepStrictEqual(yield* Effect.exit(freezeAt(due)), Exit.void)
        assert.deepStrictEqual(timesOf(yield* snapshotsOf(ana, id)), ["2026-10-11T05:00:00.000Z"])
      }).pipe(Effect.provide(freezeSchedulesOver(sales, testKeys(() => "admin"), failing)))
    }))
})
