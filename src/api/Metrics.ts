import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { CatalogResponse } from "../domain/CatalogEntry.ts"
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
  )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Metrics",
    description: "Live numbers, gated per person, and the catalog of what can be asked."
  })
) {}
