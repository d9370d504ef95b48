import { DateTime, Schema } from "effect"
import { type Caller, Role } from "./Caller.ts"
import { Failure } from "./Failure.ts"
import { ReportId, SnapshotId, UserId } from "./Ids.ts"
import { Layout } from "./Layout.ts"
import { listOf } from "./Page.ts"
import { Title } from "./Report.ts"
import { AssigneeIds } from "./Run.ts"
import { MetricSeries } from "./Series.ts"
import { TimeframeRequest } from "./Timeframe.ts"
import { stored } from "./Verbatim.ts"

/** Raised when the stored form of layouts or series changes. */
export const schemaVersion = 1

export const keptForDays = 180
const deletedAfterDays = 30

export const FreezeRequest = Schema.Struct({
  title: Schema.optionalKey(Title),
  timeframe: Schema.optionalKey(TimeframeRequest),
  assigneeIds: Schema.optionalKey(AssigneeIds)
}).annotate({ identifier: "FreezeRequest" })
export type FreezeRequest = typeof FreezeRequest.Type

const summary = {
  id: SnapshotId,
  reportId: ReportId,
  title: Schema.String,
  timeframe: stored(TimeframeRequest),
  /** As whom it was frozen, and whose rows were counted. */
  scope: Schema.Struct({ role: Role, assigneeIds: Schema.Array(Schema.String) }).annotate({
    identifier: "SnapshotScope"
  }),
  createdBy: UserId,
  createdAt: Schema.DateTimeUtcFromString,
  expiresAt: Schema.DateTimeUtcFromString,
  expired: Schema.Boolean,
  deletesAt: Schema.DateTimeUtcFromString,
  contentHash: Schema.String,
  schemaVersion: Schema.Int
}

export const SnapshotSummary = Schema.Struct(summary).annotate({ identifier: "SnapshotSummary" })
export type SnapshotSummary = typeof SnapshotSummary.Type

export const Snapshot = Schema.Struct({ ...summary, layout: Layout, series: stored(Schema.Array(MetricSeries)) })
  .annotate({ identifier: "Snapshot" })
export type Snapshot = typeof Snapshot.Type

export const SnapshotList = listOf(SnapshotSummary).annotate({ identifier: "SnapshotList" })

/** Also for a snapshot that is there, but not for this caller. */
export class SnapshotNotFound extends Failure<SnapshotNotFound>()("SnapshotNotFound", {
  status: 404,
  code: "snapshot_not_found",
  message: "There is no such snapshot."
}) {}

/** What a freeze gives to be kept. */
export type Frozen = Pick<Snapshot, "contentHash" | "layout" | "scope" | "series" | "timeframe" | "title">

/** However often it is renewed: its deletion is still in a year of four digits. */
export const latestExpiry = DateTime.makeUnsafe("9999-12-01T00:00:00Z")

/** Counted from its making, and by a renewal from its expiry. */
export const expiryAfter = (moment: DateTime.Utc) =>
  DateTime.min(DateTime.addDuration(moment, `${keptForDays} days`), latestExpiry)
const deletionOf = (expiresAt: DateTime.Utc) => DateTime.addDuration(expiresAt, `${deletedAfterDays} days`)

/** What expired at this moment or before is deleted now. */
export const purgeLimit = (now: DateTime.Utc) => DateTime.subtractDuration(now, `${deletedAfterDays} days`)

/** Where a snapshot stands in its life at a moment. */
export const lifeAt = (now: DateTime.Utc, expiresAt: DateTime.Utc) => ({
  expired: DateTime.isLessThanOrEqualTo(expiresAt, now),
  deletesAt: deletionOf(expiresAt)
})

/** Of a report that the caller may read. What was frozen as an admin is its maker's only while he or she is one. */
export const maySee = (
  { role, userId }: Caller,
  { createdBy, scope }: Pick<Snapshot, "createdBy" | "scope">
): boolean => role === "admin" || (createdBy === userId && scope.role === "member")
