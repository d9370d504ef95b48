import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { SnapshotComparison } from "../domain/Comparison.ts"
import { comparisonFormats, DocumentFormat } from "../domain/DocumentFormat.ts"
import { SnapshotExportQuery } from "../domain/Export.ts"
import {
  FreezeSchedule,
  FreezeScheduleNotFound,
  SchedulesNotConfigured,
  SetFreezeSchedule
} from "../domain/FreezeSchedule.ts"
import { HistoryQuery, ReportHistory } from "../domain/History.ts"
import { ReportId, SnapshotId } from "../domain/Ids.ts"
import { lenient } from "../domain/lenient.ts"
import { PageQuery } from "../domain/Page.ts"
import { ReportNotFound, ReportNotYours } from "../domain/Report.ts"
import {
  FreezeRequest,
  ShareSnapshot,
  Snapshot,
  SnapshotList,
  SnapshotNotFound,
  SnapshotNotYours,
  SnapshotSummary,
  WrittenSnapshot
} from "../domain/Snapshot.ts"
import { RequiredScope } from "./Authentication.ts"
import { fileErrors, files } from "./files.ts"
import { location } from "./headers.ts"
import { idempotencyKey, IdempotentSnapshot } from "./Idempotent.ts"
import { CountsAs, OfferedFormats } from "./middleware.ts"

const ofReport = {
  params: { id: ReportId.pipe(Schema.annotateEncoded({ description: "Report id." })) },
  error: ReportNotFound
}
const one = {
  params: { snapshotId: SnapshotId.pipe(Schema.annotateEncoded({ description: "Snapshot id." })) },
  error: SnapshotNotFound
}

export class SnapshotsGroup extends HttpApiGroup.make("snapshots").add(
  HttpApiEndpoint.post("freeze", "/:id/snapshots", {
    ...ofReport,
    headers: idempotencyKey,
    payload: lenient(FreezeRequest),
    success: HttpApiSchema.WithHeaders(WrittenSnapshot.pipe(HttpApiSchema.status(201)), location)
  }).middleware(IdempotentSnapshot).annotate(RequiredScope, "snapshots:write").annotate(CountsAs, "runs").annotateMerge(
    OpenApi.annotations({
      identifier: "createSnapshot",
      summary: "Freeze a report",
      description: "Computes all widgets at one moment under the caller's scope and keeps the result for 180 days."
    })
  ),
  HttpApiEndpoint.get("list", "/:id/snapshots", { ...ofReport, query: PageQuery, success: SnapshotList }).annotate(
    RequiredScope,
    "reports:read"
  ).annotateMerge(
    OpenApi.annotations({ identifier: "listSnapshots", summary: "List the snapshots of a report" })
  ),
  HttpApiEndpoint.get("history", "/:id/history", { ...ofReport, query: HistoryQuery, success: ReportHistory }).annotate(
    RequiredScope,
    "reports:read"
  ).annotateMerge(
    OpenApi.annotations({
      identifier: "getReportHistory",
      summary: "Get the history of a number",
      description:
        "A series of the numbers that the snapshots of the report have of one widget. Only snapshots with equal metric, filters, people, time zone, currency and timeframe are joined. The others are gaps, with the reason."
    })
  ),
  HttpApiEndpoint.get("schedule", "/:id/freezing", {
    ...ofReport,
    success: FreezeSchedule,
    error: [ReportNotFound, ReportNotYours, FreezeScheduleNotFound]
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({
      identifier: "getFreezeSchedule",
      summary: "Get the freeze schedule of a report",
      description: "Only those who may change the report may do this. `ended` says why no more snapshots are made."
    })
  ),
  HttpApiEndpoint.put("setSchedule", "/:id/freezing", {
    ...ofReport,
    payload: lenient(SetFreezeSchedule),
    success: FreezeSchedule,
    error: [ReportNotFound, ReportNotYours, SchedulesNotConfigured]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "setFreezeSchedule",
      summary: "Freeze a report on a schedule",
      description:
        "Replaces the schedule of the report. Each time due gives one snapshot, which counts what the caller may see at that time. If the snapshot cannot be made within six hours, there is none. The schedule ends if the caller leaves the organization, is no longer an admin, or may no longer read the report."
    })
  ),
  HttpApiEndpoint.delete("removeSchedule", "/:id/freezing", {
    ...ofReport,
    success: HttpApiSchema.NoContent,
    error: [ReportNotFound, ReportNotYours, FreezeScheduleNotFound]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "deleteFreezeSchedule",
      summary: "Delete the freeze schedule of a report",
      description: "The snapshots stay."
    })
  ),
  HttpApiEndpoint.get("get", "/snapshots/:snapshotId", {
    ...one,
    success: Snapshot,
    error: [SnapshotNotFound, ...fileErrors]
  }).annotate(RequiredScope, "reports:read").annotate(OfferedFormats, DocumentFormat.literals).annotateMerge(
    OpenApi.annotations({
      identifier: "getSnapshot",
      summary: "Get a snapshot",
      description: "An `Accept` header can request a CSV, XLSX, SVG, PNG or PDF file instead of JSON."
    })
  ),
  HttpApiEndpoint.get("export", "/snapshots/:snapshotId/export", {
    ...one,
    query: SnapshotExportQuery,
    success: files,
    error: [SnapshotNotFound, ...fileErrors]
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "files").annotateMerge(
    OpenApi.annotations({ identifier: "exportSnapshot", summary: "Download a snapshot as a file" })
  ),
  HttpApiEndpoint.get("compare", "/snapshots/:snapshotId/compare", {
    ...one,
    query: { with: Schema.Union([Schema.Literal("live"), SnapshotId]) },
    success: SnapshotComparison,
    error: [SnapshotNotFound, ...fileErrors]
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "runs").annotate(OfferedFormats, comparisonFormats)
    .annotateMerge(
      OpenApi.annotations({
        identifier: "compareSnapshot",
        summary: "Compare a snapshot",
        description:
          "Compares a snapshot with another snapshot, or with the numbers of now under the caller's scope: `with=live`. Buckets are compared by their position from the start. An `Accept` header can request a CSV or PDF file instead of JSON."
      })
    ),
  HttpApiEndpoint.post("share", "/snapshots/:snapshotId/share", {
    ...one,
    payload: lenient(ShareSnapshot),
    success: SnapshotSummary,
    error: [SnapshotNotFound, SnapshotNotYours]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "shareSnapshot",
      summary: "Share a snapshot",
      description:
        "Lets other readers of the report read this snapshot with its numbers, also numbers of rows that they may not see. Replaces an earlier share. Only the creator of the snapshot may do this. If it counts rows of other people, `includesOthersRows` must be true."
    })
  ),
  HttpApiEndpoint.delete("unshare", "/snapshots/:snapshotId/share", {
    ...one,
    success: HttpApiSchema.NoContent,
    error: [SnapshotNotFound, SnapshotNotYours]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "unshareSnapshot",
      summary: "Take back the share of a snapshot",
      description: "Its creator and admins may do this."
    })
  ),
  HttpApiEndpoint.post("renew", "/snapshots/:snapshotId/renew", {
    ...one,
    success: WrittenSnapshot,
    error: [SnapshotNotFound, SnapshotNotYours]
  }).annotate(
    RequiredScope,
    "snapshots:write"
  ).annotateMerge(
    OpenApi.annotations({ identifier: "renewSnapshot", summary: "Extend a snapshot by 180 days" })
  ),
  HttpApiEndpoint.delete("remove", "/snapshots/:snapshotId", {
    ...one,
    success: HttpApiSchema.NoContent,
    error: [SnapshotNotFound, SnapshotNotYours]
  }).annotate(
    RequiredScope,
    "snapshots:write"
  ).annotateMerge(OpenApi.annotations({ identifier: "deleteSnapshot", summary: "Delete a snapshot" }))
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Snapshots",
    description:
      "A snapshot is a report with its numbers at one moment. Its creator, admins, and the people with whom it is shared can read it. It is deleted 30 days after it expires."
  })
) {}
