import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Unavailable } from "../domain/Unavailable.ts"
import { AuditGroup } from "./Audit.ts"
import { Authentication } from "./Authentication.ts"
import { DesignGroup } from "./Design.ts"
import { GoalsGroup } from "./Goals.ts"
import { KeysGroup } from "./Keys.ts"
import { MetricsGroup } from "./Metrics.ts"
import { RateLimit, RequestGuard } from "./middleware.ts"
import { ReportsGroup } from "./Reports.ts"
import { SnapshotsGroup } from "./Snapshots.ts"
import { SubscriptionsGroup } from "./Subscriptions.ts"
import { version } from "./version.ts"

const Up = Schema.Struct({ status: Schema.Literal("ok") }).annotate({ identifier: "Up" })

class SystemGroup extends HttpApiGroup.make("system").add(
  HttpApiEndpoint.get("health", "/health", { success: Up }).annotateMerge(
    OpenApi.annotations({ identifier: "getHealth", summary: "Check that the process runs" })
  ),
  HttpApiEndpoint.get("ready", "/ready", { success: Up, error: Unavailable }).annotateMerge(
    OpenApi.annotations({ identifier: "getReadiness", summary: "Check that requests can be served" })
  )
).annotateMerge(OpenApi.annotations({ title: "System", description: "Probes without authentication." })) {}

/** Groups added before `.middleware(Authentication)` need a session token or a key. Groups after it are public. */
export class Api extends HttpApi.make("crm-reports")
  .add(MetricsGroup, ReportsGroup, SnapshotsGroup, DesignGroup, KeysGroup, GoalsGroup, SubscriptionsGroup, AuditGroup)
  .middleware(RequestGuard)
  .middleware(RateLimit)
  .middleware(Authentication)
  .add(SystemGroup)
  .annotate(HttpApi.ParseOptions, { errors: "all" })
  .annotate(HttpApi.SuccessParseOptions, { errors: "first" })
  .annotateMerge(OpenApi.annotations({
    title: "CRM Reports",
    version,
    description: "Live metrics, saved reports and snapshots over CRM data, limited to what each person may see.",
    license: { name: "MIT", identifier: "MIT" },
    servers: [{ url: "/", description: "This service" }]
  }))
{}
