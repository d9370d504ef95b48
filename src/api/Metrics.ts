import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { CatalogResponse } from "../domain/CatalogEntry.ts"
import { DocumentFormat, recordFormats } from "../domain/DocumentFormat.ts"
import { RunFileQuery } from "../domain/Export.ts"
import { lenient } from "../domain/lenient.ts"
import { TooManyStreams } from "../domain/Live.ts"
import { Options, Readers } from "../domain/Options.ts"
import { ListChanged, RecordsRequest, RecordsResponse } from "../domain/Records.ts"
import { RunRequest, RunResponse } from "../domain/Run.ts"
import { RequiredScope } from "./Authentication.ts"
import { fileErrors } from "./files.ts"
import { etag, ifNoneMatch } from "./headers.ts"
import { CountsAs, OfferedFormats, OffersEvents, OptionalQuery } from "./middleware.ts"

export class MetricsGroup extends HttpApiGroup.make("metrics").add(
  HttpApiEndpoint.post("run", "/metrics/run", {
    payload: lenient(RunRequest),
    success: RunResponse,
    error: [...fileErrors, TooManyStreams]
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "runs").annotate(
    OfferedFormats,
    DocumentFormat.literals
  ).annotate(OffersEvents, true).annotate(OptionalQuery, RunFileQuery).annotateMerge(
    OpenApi.annotations({
      identifier: "runMetrics",
      summary: "Compute widgets on live data",
      description:
        "Results are in the order of the request. A widget that fails has `error` and no points; it does not affect the others. An `Accept` header can request the same numbers as a CSV, XLSX, SVG, PNG or PDF file, or as live events."
    })
  ),
  HttpApiEndpoint.post("records", "/metrics/records", {
    payload: lenient(RecordsRequest),
    success: RecordsResponse,
    error: ListChanged
  }).annotate(RequiredScope, "reports:read").annotate(CountsAs, "records").annotate(
    OfferedFormats,
    recordFormats
  ).annotateMerge(
    OpenApi.annotations({
      identifier: "listRecords",
      summary: "List the records behind a number",
      description:
        "Lists the rows that a widget or one point of its series counts, newest first, under the same scope. The weights of all records add up to the numerator and the denominator of the number."
    })
  ),
  HttpApiEndpoint.get("catalog", "/catalog", {
    headers: ifNoneMatch,
    success: [HttpApiSchema.WithHeaders(CatalogResponse, etag), HttpApiSchema.Empty(304)]
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({ identifier: "getCatalog", summary: "List the metrics that the caller may use" })
  ),
  HttpApiEndpoint.get("options", "/options", { success: Options }).annotate(RequiredScope, "reports:read")
    .annotateMerge(
      OpenApi.annotations({
        identifier: "getOptions",
        summary: "Get the caller, the organization, people and filter values",
        description:
          "Admins get all people of the organization, members only themselves. Tags, sources and statuses are those of the leads that these people see."
      })
    ),
  HttpApiEndpoint.get("readers", "/readers", { success: Readers }).annotate(RequiredScope, "reports:read")
    .annotateMerge(
      OpenApi.annotations({
        identifier: "listReaders",
        summary: "List the people with whom something can be shared",
        description:
          "Ids and names of the members of the organization who have not left. Everybody gets all of them, because members share reports too."
      })
    )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Metrics",
    description: "Live numbers, and the catalog of metrics. Each person counts only rows that he or she may see."
  })
) {}
