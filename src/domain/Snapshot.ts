import { DateTime, Schema } from "effect"
import { type Caller, hasScope, Role } from "./Caller.ts"
import { Failure } from "./Failure.ts"
import { ReportId, SnapshotId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { Layout } from "./Layout.ts"
import { listOf } from "./Page.ts"
import { Title } from "./Report.ts"
import { View, viewOfReport } from "./Run.ts"
import { MetricSeries } from "./Series.ts"
import { TimeframeRequest } from "./Timeframe.ts"
import { stored } from "./Verbatim.ts"

/** Increment this number when the stored form of layouts or series changes. */
export const schemaVersion = 1

export const keptForDays = 180
const deletedAfterDays = 30

export const FreezeRequest = Schema.Struct({
  title: Schema.optionalKey(Title).annotateKey({ description: "Default: the title of the report." }),
  ...viewOfReport
}).annotate({ identifier: "FreezeRequest" })
export type FreezeRequest = typeof FreezeRequest.Type

const summary = {
  id: SnapshotId,
  reportId: ReportId,
  title: Schema.String,
  timeframe: stored(TimeframeRequest),
  scope: Schema.Struct({ role: Role, assigneeIds: Schema.Array(Schema.String) }).annotate({
    identifier: "SnapshotScope",
    description: "The role of the creator at that time, and the user ids whose rows were counted."
  }),
  createdBy: UserId,
  createdAt: instant("Time of the freeze."),
  expiresAt: instant(
    "180 days after `createdAt`, or `keepDays` of the freeze schedule that made it; each renewal adds 180 days."
  ),
  expired: Schema.Boolean.annotateKey({
    description: "An expired snapshot can be read and renewed until it is deleted."
  }),
  deletesAt: instant("Time of deletion: 30 days after `expiresAt`."),
  contentHash: Schema.String.annotateKey({
    description: "SHA-256 of `{ layout, series }` in canonical JSON (RFC 8785), as hexadecimal."
  }),
  schemaVersion: Schema.Int
}

export const SnapshotSummary = Schema.Struct(summary).annotate({ identifier: "SnapshotSummary" })
export type SnapshotSummary = typeof SnapshotSummary.Type

export const Snapshot = Schema.Struct({
  ...summary,
  view: Schema.NullOr(stored(View)).annotateKey({
    description:
      "The view with which it was frozen, with the defaults of the report. Null for snapshots of older versions, which have no filters of a view."
  }),
  layout: Layout,
  series: stored(Schema.Array(MetricSeries))
}).annotate({ identifier: "Snapshot" })
export type Snapshot = typeof Snapshot.Type

const { createdAt, expiresAt, id, reportId } = summary

/**
 * A key without the key scope `reports:read` gets this for a snapshot that it writes. It has no content hash, because
 * numbers can be guessed until their hash is equal.
 */
export const SnapshotReceipt = Schema.Struct({ id, reportId, createdAt, expiresAt }).annotate({
  identifier: "SnapshotReceipt",
  description: "The response for a key without `reports:read`."
})
export type SnapshotReceipt = typeof SnapshotReceipt.Type

export const receiptOf = ({ createdAt, expiresAt, id, reportId }: Snapshot): SnapshotReceipt => ({
  id,
  reportId,
  createdAt,
  expiresAt
})

export const WrittenSnapshot = Schema.Union([Snapshot, SnapshotReceipt])

export const writtenSnapshot = (caller: Caller, snapshot: Snapshot): typeof WrittenSnapshot.Type =>
  hasScope(caller, "reports:read") ? snapshot : receiptOf(snapshot)

export const SnapshotList = listOf(SnapshotSummary).annotate({ identifier: "SnapshotList" })

export class SnapshotNotFound extends Failure<SnapshotNotFound>()("SnapshotNotFound", {
  status: 404,
  code: "snapshot_not_found",
  message: "There is no such snapshot."
}) {}

export type Frozen = Pick<Snapshot, "contentHash" | "layout" | "scope" | "series" | "timeframe" | "title" | "view">

/** A snapshot is deleted 30 days after it expires, and the year of that day must have four digits. */
export const latestExpiry = DateTime.makeUnsafe("9999-12-01T00:00:00Z")

export const expiryAfter = (moment: DateTime.Utc, days = keptForDays) =>
  DateTime.min(DateTime.addDuration(moment, `${days} days`), latestExpiry)
const deletionOf = (expiresAt: DateTime.Utc) => DateTime.addDuration(expiresAt, `${deletedAfterDays} days`)

export const purgeLimit = (now: DateTime.Utc) => DateTime.subtractDuration(now, `${deletedAfterDays} days`)

export const lifeAt = (now: DateTime.Utc, expiresAt: DateTime.Utc) => ({
  expired: DateTime.isLessThanOrEqualTo(expiresAt, now),
  deletesAt: deletionOf(expiresAt)
})

/** Call `mayRead` for the report first. A former admin cannot see snapshots that they made as an admin. */
export const maySee = (
  { role, userId }: Caller,
  { createdBy, scope }: Pick<Snapshot, "createdBy" | "scope">
): boolean => role === "admin" || (createdBy === userId && scope.role === "member")
