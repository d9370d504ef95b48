import { Context, DateTime, Effect, Layer, Result, type Schema } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import { type HistoryQuery, maxHistory, type ReportHistory } from "../../domain/History.ts"
import type { ReportId } from "../../domain/Ids.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import type { ReportNotFound } from "../../domain/Report.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { windowOf } from "../../domain/Window.ts"
import { historyOf } from "../../query/series/history.ts"
import { Organizations } from "../access/Organizations.ts"
import { Admission } from "../admission/Admission.ts"
import { ReportRepo } from "./ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

type Asked = Schema.Struct.Type<typeof HistoryQuery>

/** No snapshot is older or newer. */
const [first, last] = ["1970-01-01", "9998-12-31"]

/** The numbers that the snapshots of a report have of one widget. */
export class Histories extends Context.Service<Histories, {
  of(
    caller: Caller,
    reportId: ReportId,
    asked: Asked
  ): Effect.Effect<ReportHistory, ReportNotFound | InvalidRequest | Unreachable>
}>()("crm-reports/services/reports/Histories") {
  static readonly layer = Layer.effect(
    Histories,
    Effect.gen(function*() {
      const admission = yield* Admission
      const organizations = yield* Organizations
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo

      const windowFor = Effect.fnUntraced(function*(caller: Caller, { from = first, to = last }: Asked) {
        const { organization } = yield* organizations.lookUp(caller.organizationId, [])
        const asked = { preset: "custom", from, to }
        const window = windowOf(asked, organization, (yield* DateTime.now).epochMilliseconds)
        return Result.isSuccess(window) ? window.success : yield* InvalidRequest.because(window.failure.message)
      })

      const read = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, asked: Asked) {
        const { instanceId } = asked
        yield* reports.find(caller, reportId)
        const { from, to } = yield* windowFor(caller, asked)
        const found = yield* snapshots.history(caller, reportId, {
          instanceId,
          from: Math.max(0, from ?? 0),
          to,
          most: maxHistory + 1
        })
        const history = historyOf(found.slice(0, maxHistory), instanceId)
        return { ...history, truncated: found.length > maxHistory }
      })

      return {
        of: (caller, reportId, asked) =>
          admission.withPlace("reads", caller.organizationId)(read(caller, reportId, asked))
      }
    })
  )
}
