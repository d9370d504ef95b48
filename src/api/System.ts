import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Unavailable } from "../domain/Unavailable.ts"

const Up = Schema.Struct({ status: Schema.Literal("ok") }).annotate({ identifier: "Up" })

export class SystemGroup extends HttpApiGroup.make("system").add(
  HttpApiEndpoint.get("health", "/health", { success: Up }).annotateMerge(
    OpenApi.annotations({ identifier: "getHealth", summary: "Check that the process runs" })
  ),
  HttpApiEndpoint.get("ready", "/ready", { success: Up, error: Unavailable }).annotateMerge(
    OpenApi.annotations({ identifier: "getReadiness", summary: "Check that requests can be served" })
  )
).annotateMerge(OpenApi.annotations({ title: "System", description: "Probes without authentication." })) {}
