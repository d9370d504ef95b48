import { DateTime, Schema } from "effect"
import { type Caller, hasScope, Role } from "./Caller.ts"
import { closed } from "./closed.ts"
import { Failure } from "./Failure.ts"
import { ReportId, SnapshotId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { Layout } from "./Layout.ts"
import { stored } from "./lenient.ts"
import { listOf } from "./Page.ts"
import { ReaderIds, Title } from "./Report.ts"
import { View, viewOfReport } from "./Run.ts"
import { MetricSeries } from "./Series.ts"
import { TimeframeRequest } from "./Timeframe.ts"

/** Increment this number when the stored form of layouts or series changes. */
export const schemaVersion = 1

export const keptForDays = 180
const deletedAfterDays = 30

export const FreezeRequest = Schema.Struct({
  title: Schema.optionalKey(Title).annotateKey({ description: "Default: the title of the report." }),
  ...viewOfReport
}).annotate({ identifier: "FreezeRequest" })
export type FreezeRequest = typeof FreezeRequest.Type

/** Beside its creator and the admins, these people may read a snapshot, as long as they can read its report. */
export const Share = Schema.Struct({
  organization: Schema.Boolean.annotateKey({ description: "True: all readers of the report may read the snapshot." }),
  people: Schema.Array(Schema.String).annotateKey({
    description: "User ids. The creator and admins see all of them, other people only themselves."
  }),
  sharedBy: UserId,
  sharedAt: instant("Time at which it was shared.")
}).annotate({ identifier: "SnapshotShare" })
export type Share = typeof Share.Type

const shareFields = {
  people: Schema.optionalKey(ReaderIds).annotateKey({ description: "User ids of 1 to 50 members." }),
  organization: Schema.optionalKey(Schema.Boolean).annotateKey({
    description: "True: all people who can read the report."
  }),
  includesOthersRows: Schema.optionalKey(Schema.Boolean).annotateKey({
    description: "Must be true if the snapshot counts rows of other people than its creator."
  })
}

const isOneOfBoth = ({ organization = false, people = [] }: Schema.Struct.Type<typeof shareFields>) =>
  organization !== people.length > 0 || "must have either `organization: true` or `people`"

export const ShareSnapshot = closed(shareFields, "property of a share").check(
  Schema.makeFilter(isOneOfBoth, { toJsonSchema: () => ({ minProperties: 1 }) })
).annotate({
  identifier: "ShareSnapshot",
  description: "Has either `organization: true` or `people`."
})
export type ShareSnapshot = typeof ShareSnapshot.Type

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
  schemaVersion: Schema.Int,
  shared: Schema.NullOr(Share).annotateKey({ description: "With whom its creator shares it. Null for nobody." })
}

export const SnapshotSummary = Schema.Struct(summary).annotate({ identifier: "SnapshotSummary" })
export type SnapshotSummary = typeof SnapshotSummary.Type

const Names = Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String }))

export const FrozenNames = Schema.Struct({ people: Names, tags: Names }).annotate({ identifier: "FrozenNames" })
export type FrozenNames = typeof FrozenNames.Type

export const Snapshot = Schema.Struct({
  ...summary,
  view: Schema.NullOr(stored(View)).annotateKey({
    description:
      "The view with which it was frozen, with the defaults of the report. Null for snapshots of older versions, which have no filters of a view."
  }),
  names: Schema.optionalKey(stored(FrozenNames)).annotateKey({
    description:
      "The names that the people in `assigneeIds` of the view and the tags in filters had at the time of the freeze. Absent if there are none, in snapshots of older versions, and for people with whom the snapshot is shared."
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

export type Frozen = Pick<
  Snapshot,
  "contentHash" | "layout" | "names" | "scope" | "series" | "timeframe" | "title" | "view"
>

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

export class SnapshotNotYours extends Failure<SnapshotNotYours>()("SnapshotNotYours", {
  status: 403,
  code: "snapshot_not_yours",
  message: "Only its creator may share this snapshot, and only its creator or an admin may change it."
}) {}

type Seen = Pick<Snapshot, "createdBy" | "scope" | "shared">

/** Call `mayRead` for the report first. A former admin cannot manage snapshots that they made as an admin. */
export const mayManage = ({ role, userId }: Caller, { createdBy, scope }: Seen): boolean =>
  role === "admin" || (createdBy === userId && scope.role === "member")

/** This is the only way to see numbers of rows outside one's own scope. */
const isSharedWith = (userId: string, { shared }: Seen): boolean =>
  shared !== null && (shared.organization || shared.people.includes(userId))

export const maySee = (caller: Caller, snapshot: Seen): boolean =>
  mayManage(caller, snapshot) || isSharedWith(caller.userId, snapshot)

export const hasOthersRows = ({ createdBy, scope }: Pick<Snapshot, "createdBy" | "scope">): boolean =>
  scope.assigneeIds.some((id) => id !== createdBy)

/** Only those who manage a snapshot see with whom else it is shared, and the names that its creator could see. */
export const snapshotFor = <S extends Seen>(
  caller: Caller,
  { names, ...snapshot }: S & { readonly names?: FrozenNames | null }
) =>
  snapshot.shared === null || mayManage(caller, snapshot) ? { ...snapshot, ...(names && { names }) } : {
    ...snapshot,
    shared: { ...snapshot.shared, people: snapshot.shared.people.filter((id) => id === caller.userId) }
  }
