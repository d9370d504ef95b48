import { Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { snapshotLocation } from "../api/headers.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { comparisonFormats } from "../domain/DocumentFormat.ts"
import { pageOf } from "../domain/Page.ts"
import { writtenSnapshot } from "../domain/Snapshot.ts"
import { ReportValidation } from "../services/access/ReportValidation.ts"
import { Admission } from "../services/admission/Admission.ts"
import { Exporting } from "../services/export/Exporting.ts"
import { Comparing } from "../services/reports/Comparing.ts"
import { FreezeSchedules } from "../services/reports/FreezeSchedules.ts"
import { Freezing } from "../services/reports/Freezing.ts"
import { Histories } from "../services/reports/Histories.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SnapshotSharing } from "../services/reports/SnapshotSharing.ts"
import { acceptedFormat, acceptedFormatOf, acceptedLocale, fileResponse } from "./negotiation.ts"

export const SnapshotsHandlers = HttpApiBuilder.group(
  Api,
  "snapshots",
  Effect.fnUntraced(function*(handlers) {
    const snapshots = yield* SnapshotRepo
    const admission = yield* Admission
    const comparing = yield* Comparing
    const freezing = yield* Freezing
    const histories = yield* Histories
    const reports = yield* ReportRepo
    const schedules = yield* FreezeSchedules
    const validation = yield* ReportValidation
    const exporting = yield* Exporting
    const sharing = yield* SnapshotSharing
    return handlers.handleAll({
      freeze: Effect.fnUntraced(function*({ params, payload }) {
        const caller = yield* CurrentCaller
        yield* validation.checkTimeframe(caller, "timeframe", payload.timeframe)
        const snapshot = yield* freezing.freeze(caller, params.id, payload)
        return HttpApiSchema.withHeaders({
          body: writtenSnapshot(caller, snapshot),
          headers: { location: snapshotLocation(snapshot.id) }
        })
      }),
      list: Effect.fnUntraced(function*({ params, query }) {
        return yield* snapshots.list(yield* CurrentCaller, params.id, pageOf(query))
      }),
      history: Effect.fnUntraced(function*({ params, query }) {
        return yield* histories.of(yield* CurrentCaller, params.id, query)
      }),
      schedule: Effect.fnUntraced(function*({ params }) {
        return yield* reports.schedule(yield* CurrentCaller, params.id)
      }),
      setSchedule: Effect.fnUntraced(function*({ params, payload }) {
        return yield* schedules.set(yield* CurrentCaller, params.id, payload)
      }),
      removeSchedule: Effect.fnUntraced(function*({ params }) {
        yield* reports.removeSchedule(yield* CurrentCaller, params.id)
      }),
      get: Effect.fnUntraced(function*({ params }) {
        const caller = yield* CurrentCaller
        const format = yield* acceptedFormat
        if (format !== undefined) {
          return fileResponse(
            yield* exporting.snapshot(caller, params.snapshotId, { locale: yield* acceptedLocale, format })
          )
        }
        return yield* admission.withPlace("reads", caller.organizationId)(snapshots.find(caller, params.snapshotId))
      }),
      export: Effect.fnUntraced(function*({ params, query }) {
        return fileResponse(
          yield* exporting.snapshot(yield* CurrentCaller, params.snapshotId, {
            locale: yield* acceptedLocale,
            ...query
          })
        )
      }),
      compare: Effect.fnUntraced(function*({ params, query }) {
        const caller = yield* CurrentCaller
        const format = yield* acceptedFormatOf(comparisonFormats)
        if (format === undefined) return yield* comparing.compare(caller, params.snapshotId, query.with)
        const look = { locale: yield* acceptedLocale, format }
        return fileResponse(yield* exporting.comparison(caller, params.snapshotId, query.with, look))
      }),
      share: Effect.fnUntraced(function*({ params, payload }) {
        return yield* sharing.share(yield* CurrentCaller, params.snapshotId, payload)
      }),
      unshare: Effect.fnUntraced(function*({ params }) {
        yield* snapshots.unshare(yield* CurrentCaller, params.snapshotId)
      }),
      renew: Effect.fnUntraced(function*({ params }) {
        const caller = yield* CurrentCaller
        const renewed = yield* admission.withPlace("reads", caller.organizationId)(
          snapshots.renew(caller, params.snapshotId)
        )
        return writtenSnapshot(caller, renewed)
      }),
      remove: Effect.fnUntraced(function*({ params }) {
        yield* snapshots.remove(yield* CurrentCaller, params.snapshotId)
      })
    })
  })
)
