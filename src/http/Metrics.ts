import { Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder, HttpApiError, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { Credential } from "../api/Authentication.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { recordFormats } from "../domain/DocumentFormat.ts"
import { RunFileQuery } from "../domain/Export.ts"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { BuilderOptions } from "../services/access/BuilderOptions.ts"
import { Catalog } from "../services/access/Catalog.ts"
import { ReportValidation } from "../services/access/ReportValidation.ts"
import { Exporting } from "../services/export/Exporting.ts"
import { recordFile } from "../services/export/recordFile.ts"
import { AuditLog } from "../services/reports/AuditLog/AuditLog.ts"
import { MetricRunner } from "../services/run/MetricRunner.ts"
import { Records } from "../services/run/Records.ts"
import { liveResponses } from "./liveResponse.ts"
import { contentETag, isNotModified } from "./middleware/responseHeaders.ts"
import { validationIssues } from "./middleware/validationIssues.ts"
import {
  acceptedFormat,
  acceptedFormatOf,
  acceptedLocale,
  fileResponse,
  fileStream,
  prefersEvents
} from "./negotiation.ts"

const fileQuery = Effect.mapError(
  HttpServerRequest.schemaSearchParams(RunFileQuery),
  (cause) => InvalidRequest.of(validationIssues(new HttpApiError.HttpApiSchemaError({ kind: "Query", cause })))
)

export const MetricsHandlers = HttpApiBuilder.group(
  Api,
  "metrics",
  Effect.fnUntraced(function*(handlers) {
    const audit = yield* AuditLog
    const runner = yield* MetricRunner
    const catalog = yield* Catalog
    const options = yield* BuilderOptions
    const exporting = yield* Exporting
    const records = yield* Records
    const validation = yield* ReportValidation
    const liveResponse = yield* liveResponses
    return handlers.handleAll({
      options: Effect.fnUntraced(function*() {
        return yield* options.of(yield* CurrentCaller)
      }),
      readers: Effect.fnUntraced(function*() {
        return { results: yield* validation.readers(yield* CurrentCaller) }
      }),
      run: Effect.fnUntraced(function*({ payload }) {
        const look = yield* fileQuery
        if (yield* prefersEvents) return yield* liveResponse(() => Effect.succeed(payload))
        const caller = yield* CurrentCaller
        const format = yield* acceptedFormat
        if (format !== undefined) {
          return fileResponse(yield* exporting.run(caller, payload, { locale: yield* acceptedLocale, ...look, format }))
        }
        return { results: yield* runner.run(caller, payload) }
      }),
      records: Effect.fnUntraced(function*({ payload }) {
        const caller = yield* CurrentCaller
        const format = yield* acceptedFormatOf(recordFormats)
        if (format === undefined) return yield* records.page(caller, payload)
        const { check, expiresAt } = yield* Credential
        const admitted = { caller, check, expiresAt: expiresAt() }
        const file = yield* recordFile(records, format, admitted, payload, yield* acceptedLocale)
        yield* audit.record(caller, {
          action: "export",
          object: "records",
          objectId: null,
          reportId: null,
          details: { format }
        })
        return yield* fileStream(file, "records", format)
      }),
      catalog: Effect.fnUntraced(function*({ headers }) {
        const body = { metrics: catalog.entriesFor(yield* CurrentCaller, yield* acceptedLocale) }
        const etag = contentETag(JSON.stringify(body))
        if (isNotModified(headers["if-none-match"], etag)) {
          return HttpServerResponse.empty({ status: 304, headers: { etag } })
        }
        return HttpApiSchema.withHeaders({ body, headers: { etag } })
      })
    })
  })
)
