import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { CatalogResponse } from "../domain/CatalogEntry.ts"
import { Options } from "../domain/Options.ts"
import { RunRequest, RunResponse } from "../domain/Run.ts"

export class MetricsGroup extends HttpApiGroup.make("metrics").add(
  HttpApiEndpoint.post("run", "/metrics/run", { payload: RunRequest, success: RunResponse }).annotateMerge(
    OpenApi.annotations({
      identifier: "runMetrics",
      summary: "Compute widgets on live data",
      description:
        "Answers in the order of the request. A widget that cannot be answered carries `error`; the others are not affected."
    })
  ),
  HttpApiEndpoint.get("catalog", "/catalog", {
    headers: { "if-none-match": Schema.optionalKey(Schema.String) },
    success: [HttpApiSchema.WithHeaders(CatalogResponse, { etag: Schema.String }), HttpApiSchema.Empty(304)]
  }).annotateMerge(
    OpenApi.annotations({ identifier: "getCatalog", summary: "The metrics this caller may use" })
  ),
  HttpApiEndpoint.get("options", "/options", { success: Options }).annotateMerge(
    OpenApi.annotations({
      identifier: "getOptions",
      summary: "What a report builder can offer this caller",
      description:
        "An admin may choose everybody, a member only themselves; tags, sources and statuses are those of the leads that these people see."
    })
  )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Metrics",
    description: "Live numbers, gated per person, and the catalog of what can be asked."
  })
) {}
