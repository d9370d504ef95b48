import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { reportLocation } from "../api/headers.ts"
import { type Caller, CurrentCaller } from "../domain/Caller.ts"
import { runRequestOf } from "../domain/DefaultView.ts"
import { viewOfQuery } from "../domain/Export.ts"
import { pageOf } from "../domain/Page.ts"
import { type Report, writtenReport } from "../domain/Report.ts"
import { ReportValidation } from "../services/access/ReportValidation.ts"
import { Admission } from "../services/admission/Admission.ts"
import { Exporting } from "../services/export/Exporting.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { ReportVersions } from "../services/reports/ReportVersions.ts"
import { MetricRunner } from "../services/run/MetricRunner.ts"
import { liveResponses } from "./liveResponse.ts"
import { allowedVersions, isNotModified, reportETag } from "./middleware/responseHeaders.ts"
import { acceptedFormat, acceptedLocale, fileResponse, prefersEvents } from "./negotiation.ts"

const tagged = <A>(body: A, report: Report) =>
  HttpApiSchema.withHeaders({ body, headers: { etag: reportETag(report) } })

const written = (caller: Caller, report: Report) => tagged(writtenReport(caller, report), report)

export const ReportsHandlers = HttpApiBuilder.group(
  Api,
  "reports",
  Effect.fnUntraced(function*(handlers) {
    const reports = yield* ReportRepo
    const versions = yield* ReportVersions
    const runner = yield* MetricRunner
    const admission = yield* Admission
    const validation = yield* ReportValidation
    const exporting = yield* Exporting
    const liveResponse = yield* liveResponses

    return handlers.handleAll({
      list: Effect.fnUntraced(function*({ query }) {
        const caller = yield* CurrentCaller
        return yield* admission.withPlace("reads", caller.organizationId)(
          reports.list(caller, { ...query, ...pageOf(query) })
        )
      }),
      create: Effect.fnUntraced(function*({ payload }) {
        const caller = yield* CurrentCaller
        yield* validation.checkReport(caller, payload)
        const report = yield* reports.create(caller, payload)
        return HttpApiSchema.withHeaders({
          body: writtenReport(caller, report),
          headers: { etag: reportETag(report), location: reportLocation(report.id) }
        })
      }),
      get: Effect.fnUntraced(function*({ headers, params }) {
        const report = yield* reports.find(yield* CurrentCaller, params.id)
        const etag = reportETag(report)
        if (!isNotModified(headers["if-none-match"], etag)) return tagged(report, report)
        return HttpServerResponse.empty({ status: 304, headers: { etag } })
      }),
      export: Effect.fnUntraced(function*({ params, query }) {
        const caller = yield* CurrentCaller
        return fileResponse(
          yield* exporting.report(caller, params.id, viewOfQuery(query), { locale: yield* acceptedLocale, ...query })
        )
      }),
      update: Effect.fnUntraced(function*({ headers, params, payload }) {
        const caller = yield* CurrentCaller
        yield* validation.checkReport(caller, payload)
        const allowed = allowedVersions(headers["if-match"])
        return written(caller, yield* reports.update(caller, params.id, payload, allowed))
      }),
      run: Effect.fnUntraced(function*({ params, payload }) {
        const requestOf = (caller: Caller) =>
          Effect.map(reports.find(caller, params.id), (report) => runRequestOf(report, payload))
        if (yield* prefersEvents) return yield* liveResponse(requestOf, params.id)
        const caller = yield* CurrentCaller
        const format = yield* acceptedFormat
        if (format !== undefined) {
          return fileResponse(
            yield* exporting.report(caller, params.id, payload, { locale: yield* acceptedLocale, format })
          )
        }
        return { results: yield* runner.run(caller, yield* requestOf(caller)) }
      }),
      versions: Effect.fnUntraced(function*({ params, query }) {
        return yield* versions.list(yield* CurrentCaller, params.id, pageOf(query))
      }),
      version: Effect.fnUntraced(function*({ params }) {
        return yield* versions.find(yield* CurrentCaller, params.id, params.version)
      }),
      restore: Effect.fnUntraced(function*({ headers, params }) {
        const caller = yield* CurrentCaller
        const allowed = allowedVersions(headers["if-match"])
        return written(caller, yield* versions.restore(caller, params.id, params.version, allowed))
      }),
      remove: Effect.fnUntraced(function*({ headers, params }) {
        yield* reports.remove(yield* CurrentCaller, params.id, allowedVersions(headers["if-match"]))
      })
    })
  })
)
