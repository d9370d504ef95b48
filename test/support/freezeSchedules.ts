import { DateTime, Effect, Layer } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { SetFreezeSchedule } from "../../src/domain/FreezeSchedule.ts"
import type { ReportId } from "../../src/domain/Ids.ts"
import type { Layout } from "../../src/domain/Layout.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../src/services/access/Catalog.ts"
import { Gating } from "../../src/services/access/Gating.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { ReportValidation } from "../../src/services/access/ReportValidation.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import type { ApiKeys } from "../../src/services/keys/ApiKeys.ts"
import { FreezeSchedules } from "../../src/services/reports/FreezeSchedules.ts"
import { Freezing } from "../../src/services/reports/Freezing.ts"
import { Histories } from "../../src/services/reports/Histories.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"

/** Everything that freezes on a schedule, apart from the rows, the stores, and the roles of people. */
export const freezeSchedules = Layer.merge(FreezeSchedules.layer, Histories.layer).pipe(
  Layer.provideMerge(Freezing.layer),
  Layer.provide([MetricRunner.layer, ReportValidation.layer]),
  Layer.provide([Catalog.layer, Gating.layer]),
  Layer.provideMerge(Goals.layerMemory),
  Layer.provide(Admission.unlimited)
)

export const freezeSchedulesOver = (
  tables: Tables,
  keys: Layer.Layer<ApiKeys, never, Admission>,
  reports: Layer.Layer<ReportRepo> = ReportRepo.layerMemory
) =>
  freezeSchedules.pipe(
    Layer.provide([
      MetricSource.layerMemory(tables),
      Organizations.layerMemory(tables),
      BuilderOptions.layerMemory(tables)
    ]),
    Layer.provideMerge(Layer.merge(reports, SnapshotRepo.layerMemory)),
    Layer.provide(Layer.provide(keys, Admission.unlimited))
  )

export const daily: SetFreezeSchedule = { every: "day", at: "07:00", timeZone: "Europe/Madrid" }

/** Saves a report with a schedule that is set at `now`. */
export const scheduledReport = Effect.fnUntraced(function*(
  caller: Caller,
  layout: Layout,
  now: number,
  schedule: SetFreezeSchedule = daily
) {
  const { id } = yield* (yield* ReportRepo).create(caller, { title: "Saved", visibility: "organization", layout })
  yield* (yield* FreezeSchedules).set(caller, id, schedule).pipe(fixedClock(now))
  return id
})

export const freezeAt = (now: number) => FreezeSchedules.use(({ freezeDue }) => fixedClock(now)(freezeDue))

/** Returns the snapshots that the caller may read, oldest first. */
export const snapshotsOf = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
  const snapshots = yield* SnapshotRepo
  const { results } = yield* snapshots.list(caller, id, { limit: 100, offset: 0 })
  return yield* Effect.forEach(results.toReversed(), (one) => snapshots.find(caller, one.id))
})

export const timesOf = (snapshots: ReadonlyArray<{ readonly createdAt: DateTime.Utc }>) =>
  snapshots.map(({ createdAt }) => DateTime.formatIso(createdAt))
