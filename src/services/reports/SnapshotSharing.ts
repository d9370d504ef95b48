import { Context, Effect, Layer } from "effect"
import { type Caller, mayRead } from "../../domain/Caller.ts"
import type { SnapshotId } from "../../domain/Ids.ts"
import { InvalidRequest, type Issue } from "../../domain/InvalidRequest.ts"
import {
  hasOthersRows,
  type ShareSnapshot,
  SnapshotNotFound,
  SnapshotNotYours,
  type SnapshotSummary
} from "../../domain/Snapshot.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { ReportValidation } from "../access/ReportValidation.ts"
import { Admission } from "../admission/Admission.ts"
import { ReportRepo } from "./ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

const isPrivate = "The report is private, so nobody else can read its snapshots. Share the report first."

/** A shared snapshot is the only way to see numbers of rows outside one's own scope. */
export class SnapshotSharing extends Context.Service<SnapshotSharing, {
  share(
    caller: Caller,
    id: SnapshotId,
    request: ShareSnapshot
  ): Effect.Effect<SnapshotSummary, InvalidRequest | SnapshotNotFound | SnapshotNotYours | Unreachable>
}>()("crm-reports/services/reports/SnapshotSharing") {
  static readonly layer = Layer.effect(
    SnapshotSharing,
    Effect.gen(function*() {
      const admission = yield* Admission
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const validation = yield* ReportValidation

      const share = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId, request: ShareSnapshot) {
        const snapshot = yield* snapshots.find(caller, id)
        if (snapshot.createdBy !== caller.userId) return yield* new SnapshotNotYours()
        if (hasOthersRows(snapshot) && request.includesOthersRows !== true) {
          const message = "must be true, because the snapshot counts rows of other people than its creator"
          return yield* InvalidRequest.of([{ path: "includesOthersRows", message }])
        }
        yield* validation.checkReaders(caller, request.people)
        const report = yield* reports.find(caller, snapshot.reportId).pipe(
          Effect.catchTag("ReportNotFound", () => Effect.fail(new SnapshotNotFound()))
        )
        if (report.visibility === "private") return yield* InvalidRequest.because(isPrivate)
        // Other readers do not see the people of a report, and must not learn them from a refusal.
        const isKnown = caller.role === "admin" || report.ownerId === caller.userId
        const issues = (request.people ?? []).flatMap((person, index): ReadonlyArray<Issue> => {
          const reader: Pick<Caller, "organizationId"> & { readonly userId: string } = { ...caller, userId: person }
          return !isKnown || mayRead(reader, report)
            ? []
            : [{ path: `people[${index}]`, message: "cannot read the report, which must be shared first" }]
        })
        if (issues.length > 0) return yield* InvalidRequest.of(issues)
        return yield* snapshots.share(caller, id, request)
      })

      return {
        share: (caller, id, request) => admission.withPlace("reads", caller.organizationId)(share(caller, id, request))
      }
    })
  )
}
