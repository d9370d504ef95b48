import { HttpApi, OpenApi } from "effect/http-api"
import { Authentication } from "./Authentication.ts"
import { MetricsGroup } from "./Metrics.ts"
import { ReportsGroup } from "./Reports.ts"
import { SoundRequest } from "./RequestGuard.ts"
import { SnapshotsGroup } from "./Snapshots.ts"
import { SystemGroup } from "./System.ts"
import { version } from "./version.ts"

/** Groups added above the middleware need a session token; only what stands below is public. */
export class Api extends HttpApi.make("crm-reports")
  .add(MetricsGroup, ReportsGroup, SnapshotsGroup)
  .middleware(SoundRequest)
  .middleware(Authentication)
  .add(SystemGroup)
  .annotate(HttpApi.ParseOptions, { errors: "all" })
  .annotate(HttpApi.SuccessParseOptions, { errors: "first" })
  .annotateMerge(OpenApi.annotations({
    title: "CRM Reports",
    version,
    description: "Live metrics, saved reports and frozen snapshots over CRM data, gated per person.",
    license: { name: "MIT", identifier: "MIT" },
    servers: [{ url: "/", description: "This service" }]
  }))
{}
