import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { DocumentFormat } from "../domain/DocumentFormat.ts"
import { ReportExportQuery } from "../domain/Export.ts"
import { ReportId } from "../domain/Ids.ts"
import { lenient } from "../domain/lenient.ts"
import { TooManyStreams } from "../domain/Live.ts"
import { PageQuery, wholeNumber } from "../domain/Page.ts"
import {
  CreateReport,
  Report,
  ReportChanged,
  ReportList,
  ReportNotFound,
  ReportNotYours,
  ReportQuery,
  UpdateReport,
  WrittenReport
} from "../domain/Report.ts"
import { keptVersions, ReportVersion, VersionNotFound } from "../domain/ReportVersion.ts"
import { ReportRunRequest, RunResponse } from "../domain/Run.ts"
import { VersionList } from "../domain/VersionDifference.ts"
import { RequiredScope } from "./Authentication.ts"
import { fileErrors, files } from "./files.ts"
import { etag, ifMatch, ifNoneMatch, location } from "./headers.ts"
import { idempotencyKey, IdempotentReport } from "./Idempotent.ts"
import { CountsAs, OfferedFormats, OffersEvents } from "./middleware.ts"

const params = { id: ReportId.pipe(Schema.annotateEncoded({ description: "Report id." })) }
const ofVersion = {
  ...params,
  version: wholeNumber(2_147_483_647).pipe(Schema.annotateEncoded({ description: "Number of the version." }))
}

export class ReportsGroup extends HttpApiGroup.make("reports").add(
  HttpApiEndpoint.get("list", "/crm-reports", { query: ReportQuery, success: ReportList }).annotate(
    RequiredScope,
    "reports:read"
  ).annotateMerge(
    OpenApi.annotations({
      identifier: "listReports",
      summary: "List own reports and those shared with the organization"
    })
  ),
  HttpApiEndpoint.post("create", "/crm-reports", {
    headers: idempotencyKey,
    payload: lenient(CreateReport),
    success: HttpApiSchema.WithHeaders(WrittenReport.pipe(HttpApiSchema.status(201)), { ...etag, ...location })
  }).middleware(IdempotentReport).annotate(RequiredScope, "reports:write").annotateMerge(
    OpenApi.annotations({ identifier: "createReport", summary: "Create a report" })
  ),
  HttpApiEndpoint.get("get", "/crm-reports/:id", {
    params,
    headers: ifNoneMatch,
    success: [HttpApiSchema.WithHeaders(Report, etag), HttpApiSchema.Empty(304)],
    error: ReportNotFound
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({ identifier: "getReport", summary: "Get a report" })
  ),
  HttpApiEndpoint.get("export", "/crm-reports/:id/export", {
    params,
    query: ReportExportQuery,
    success: files,
    error: [ReportNotFound, ...fileErrors]
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "files").annotateMerge(
    OpenApi.annotations({
      identifier: "exportReport",
      summary: "Download a report as a file",
      description:
        "Runs the report on live data under the caller's scope. `preset`, `from`, `to`, `bucket`, `timeZone` and `weekStart` replace the report's timeframe, `filters` its filters, and `assigneeIds` and `everyone` its people."
    })
  ),
  HttpApiEndpoint.patch("update", "/crm-reports/:id", {
    params,
    headers: ifMatch,
    payload: lenient(UpdateReport),
    success: HttpApiSchema.WithHeaders(WrittenReport, etag),
    error: [ReportNotFound, ReportNotYours, ReportChanged]
  }).annotate(RequiredScope, "reports:write").annotateMerge(
    OpenApi.annotations({
      identifier: "updateReport",
      summary: "Change a report",
      description:
        "A property that is left out is not changed. With `If-Match`, fails with 412 if the report has changed since."
    })
  ),
  HttpApiEndpoint.post("run", "/crm-reports/:id/run", {
    params,
    payload: lenient(ReportRunRequest),
    success: RunResponse,
    error: [ReportNotFound, ...fileErrors, TooManyStreams]
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "runs").annotate(
    OfferedFormats,
    DocumentFormat.literals
  ).annotate(OffersEvents, true).annotateMerge(
    OpenApi.annotations({
      identifier: "runReport",
      summary: "Compute a saved report on live data",
      description:
        "Runs the widgets of the report under the caller's scope, as `POST /crm-reports/metrics/run` does, also as a file or as live events."
    })
  ),
  HttpApiEndpoint.get("versions", "/crm-reports/:id/versions", {
    params,
    query: PageQuery,
    success: VersionList,
    error: ReportNotFound
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({
      identifier: "listReportVersions",
      summary: "List the versions of a report",
      description:
        `Each change of a report makes a version, and the last ${keptVersions} are kept. Each version has its difference from the version before. A version of a time when the report was private can be read by its owner only.`
    })
  ),
  HttpApiEndpoint.get("version", "/crm-reports/:id/versions/:version", {
    params: ofVersion,
    success: ReportVersion,
    error: [ReportNotFound, VersionNotFound]
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({ identifier: "getReportVersion", summary: "Get a version of a report" })
  ),
  HttpApiEndpoint.post("restore", "/crm-reports/:id/versions/:version/restore", {
    params: ofVersion,
    headers: ifMatch,
    success: HttpApiSchema.WithHeaders(WrittenReport, etag),
    error: [ReportNotFound, VersionNotFound, ReportNotYours, ReportChanged]
  }).annotate(RequiredScope, "reports:write").annotateMerge(
    OpenApi.annotations({
      identifier: "restoreReportVersion",
      summary: "Restore a version of a report",
      description:
        "Changes the report to what the version has, also its visibility. This makes a new version. The properties are checked as in a change. With `If-Match`, fails with 412 if the report has changed since."
    })
  ),
  HttpApiEndpoint.delete("remove", "/crm-reports/:id", {
    params,
    headers: ifMatch,
    success: HttpApiSchema.NoContent,
    error: [ReportNotFound, ReportNotYours, ReportChanged]
  }).annotate(RequiredScope, "reports:write").annotateMerge(
    OpenApi.annotations({ identifier: "deleteReport", summary: "Delete a report and its snapshots" })
  )
).annotateMerge(
  OpenApi.annotations({
    title: "Reports",
    description: "A report is a saved layout of widgets. It is private, or readable by the organization."
  })
) {}
