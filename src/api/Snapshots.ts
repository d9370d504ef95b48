import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { SnapshotComparison } from "../domain/Comparison.ts"
import { DocumentFormat } from "../domain/DocumentFormat.ts"
import { SnapshotExportQuery } from "../domain/Export.ts"
import { ReportId, SnapshotId } from "../domain/Ids.ts"
import { lenient } from "../domain/lenient.ts"
import { PageQuery } from "../domain/Page.ts"
import { ReportNotFound } from "../domain/Report.ts"
import { FreezeRequest, Snapshot, SnapshotList, SnapshotNotFound, WrittenSnapshot } from "../domain/Snapshot.ts"
import { fileErrors, files } from "./files.ts"
import { idempotencyKey, IdempotentSnapshot } from "./Idempotent.ts"
import { location } from "./location.ts"
import { CountsAs, OfferedFormats } from "./RateLimit.ts"
import { RequiredScope } from "./RequiredScope.ts"

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
    success: SnapshotComparison
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "runs").annotateMerge(
    OpenApi.annotations({
      identifier: "compareSnapshot",
      summary: "Compare a snapshot",
      description:
        "Compares a snapshot with another snapshot, or with the numbers of now under the caller's scope: `with=live`. Buckets are compared by their position from the start."
    })
  ),
  HttpApiEndpoint.post("renew", "/snapshots/:snapshotId/renew", { ...one, success: WrittenSnapshot }).annotate(
    RequiredScope,
    "snapshots:write"
  ).annotateMerge(
    OpenApi.annotations({ identifier: "renewSnapshot", summary: "Extend a snapshot by 180 days" })
  ),
  HttpApiEndpoint.delete("remove", "/snapshots/:snapshotId", { ...one, success: HttpApiSchema.NoContent }).annotate(
    RequiredScope,
    "snapshots:write"
  ).annotateMerge(OpenApi.annotations({ identifier: "deleteSnapshot", summary: "Delete a snapshot" }))
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Snapshots",
    description:
      "A snapshot is a report with its numbers at one moment. Its creator and admins can read it. It is deleted 30 days after it expires."
  })
) {}
