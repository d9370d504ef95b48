import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { ReportId, SnapshotId } from "../domain/Ids.ts"
import { PageQuery } from "../domain/Page.ts"
import { ReportNotFound } from "../domain/Report.ts"
import { FreezeRequest, Snapshot, SnapshotList, SnapshotNotFound } from "../domain/Snapshot.ts"
import { idempotencyKey, IdempotentSnapshot } from "./Idempotent.ts"

const ofReport = { params: { id: ReportId }, error: ReportNotFound }
const one = { params: { snapshotId: SnapshotId }, error: SnapshotNotFound }

export class SnapshotsGroup extends HttpApiGroup.make("snapshots").add(
  HttpApiEndpoint.post("freeze", "/:id/snapshots", {
    ...ofReport,
    headers: idempotencyKey,
    payload: FreezeRequest,
    success: Snapshot.pipe(HttpApiSchema.status(201))
  }).middleware(IdempotentSnapshot).annotateMerge(
    OpenApi.annotations({
      identifier: "createSnapshot",
      summary: "Freeze a report",
      description: "Computes every widget at one moment, for this caller, and keeps what came out for 180 days."
    })
  ),
  HttpApiEndpoint.get("list", "/:id/snapshots", { ...ofReport, query: PageQuery, success: SnapshotList }).annotateMerge(
    OpenApi.annotations({ identifier: "listSnapshots", summary: "A report's snapshots" })
  ),
  HttpApiEndpoint.get("get", "/snapshots/:snapshotId", { ...one, success: Snapshot }).annotateMerge(
    OpenApi.annotations({ identifier: "getSnapshot", summary: "A snapshot as it was frozen" })
  ),
  HttpApiEndpoint.post("renew", "/snapshots/:snapshotId/renew", { ...one, success: Snapshot }).annotateMerge(
    OpenApi.annotations({ identifier: "renewSnapshot", summary: "Keep a snapshot for another 180 days" })
  ),
  HttpApiEndpoint.delete("remove", "/snapshots/:snapshotId", { ...one, success: HttpApiSchema.NoContent })
    .annotateMerge(OpenApi.annotations({ identifier: "deleteSnapshot", summary: "Delete a snapshot" }))
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Snapshots",
    description: "Frozen reports: read by their makers and by admins, renewed, and deleted 30 days after they expire."
  })
) {}
