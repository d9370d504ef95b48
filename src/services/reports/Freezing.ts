import canonicalize from "canonicalize"
import { Context, Effect, Layer } from "effect"
import { createHash } from "node:crypto"
import type { Caller } from "../../domain/Caller.ts"
import type { ReportId } from "../../domain/Ids.ts"
import { requestsOf } from "../../domain/Layout.ts"
import type { ReportNotFound } from "../../domain/Report.ts"
import type { FreezeRequest, Snapshot } from "../../domain/Snapshot.ts"
import { storedTimeframe } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { ReportRepo } from "./ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

/** Hexadecimal SHA-256 of the RFC 8785 form of `{ layout, series }`, so that any client can verify a body. */
export const contentHashOf = ({ layout, series }: Pick<Snapshot, "layout" | "series">): string =>
  createHash("sha256").update(canonicalize({ layout, series }) ?? "").digest("hex")

/** Computes all widgets of a report under the caller's scope, of one database snapshot, and stores the result. */
export class Freezing extends Context.Service<Freezing, {
  freeze(
    caller: Caller,
    reportId: ReportId,
    request: FreezeRequest
  ): Effect.Effect<Snapshot, ReportNotFound | Unreachable>
}>()("crm-reports/services/reports/Freezing") {
  static readonly layer = Layer.effect(
    Freezing,
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const runner = yield* MetricRunner
      const snapshots = yield* SnapshotRepo

      const freeze = Effect.fnUntraced(
        function*(caller: Caller, reportId: ReportId, { assigneeIds = [], timeframe, title }: FreezeRequest) {
          const report = yield* reports.find(caller, reportId)
          const { defaultTimeframe, layout } = report
          const { scope, series } = yield* runner.freeze(caller, {
            timeframe: timeframe ?? storedTimeframe(defaultTimeframe),
            assigneeIds,
            widgets: requestsOf(layout)
          })
          return yield* snapshots.create(caller, reportId, {
            title: title ?? report.title,
            layout,
            timeframe: timeframe ?? defaultTimeframe,
            series,
            scope: { role: caller.role, assigneeIds: scope.people.map(({ userId }) => userId) },
            contentHash: contentHashOf({ layout, series })
          })
        }
      )
      return { freeze }
    })
  )
}
