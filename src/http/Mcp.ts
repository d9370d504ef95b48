import { Effect, Layer, Redacted, Result } from "effect"
import { McpProtocol, McpServer } from "effect/ai"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { bearer } from "../api/Authentication.ts"
import { version } from "../api/version.ts"
import { Config } from "../Config.ts"
import type { KeyScope } from "../domain/ApiKey.ts"
import { type Caller, CurrentCaller, hasScope } from "../domain/Caller.ts"
import { noteLimit } from "../telemetry/requestFacts.ts"
import { authenticate, door } from "./door.ts"
import { ToolHandlers } from "./mcp/handlers.ts"
import { DesignTools, ReadTools, ReportTools, SnapshotTools } from "./mcp/tools.ts"
import { instructions, serverName, withoutSession } from "./mcp/withoutSession.ts"
import { failureResponse } from "./middleware/errors.ts"
import { checkBody } from "./middleware/requestGuard.ts"

/** The answer of a tool is always smaller than this, unlike an error message. */
const maxBytes = 32_000
const maxCharacters = 2_000

const cut = (_key: string, value: unknown): unknown =>
  typeof value === "string" && value.length > maxCharacters ? `${value.slice(0, maxCharacters)}…` : value

/** Error messages are cut, because they repeat the wrong arguments of a call. */
const shortAnswer = HttpRouter.middleware(Effect.map((response: HttpServerResponse.HttpServerResponse) => {
  const { body, headers, status } = response
  if (body._tag !== "Uint8Array" || body.contentLength <= maxBytes) return response
  const text = JSON.stringify(JSON.parse(new TextDecoder().decode(body.body)), cut)
  return HttpServerResponse.text(text, { status, headers, contentType: "application/json" })
}))

export const mcpPath = "/mcp"

const authenticated = HttpRouter.middleware<{ provides: CurrentCaller }>()(
  Effect.gen(function*() {
    const callerOf = yield* authenticate
    const admitted = yield* door
    const admit = (caller: Caller) =>
      Effect.map(admitted(caller, "requests")(checkBody), (request) => ({ caller, request }))
    return (handler) =>
      Effect.gen(function*() {
        const token = Redacted.value(yield* HttpApiBuilder.securityDecode(bearer))
        const sent = yield* HttpServerRequest.HttpServerRequest
        const admission = yield* Effect.result(
          Effect.flatMap(Effect.tapError(callerOf(token, sent), noteLimit), admit)
        )
        if (Result.isFailure(admission)) return yield* failureResponse(admission.failure)
        const { caller, request } = admission.success
        return yield* handler.pipe(
          Effect.provideService(CurrentCaller, caller),
          Effect.provideService(HttpServerRequest.HttpServerRequest, request)
        )
      })
  })
)

/** A key without the key scope does not see these tools and cannot call them. */
const onlyWith = (scope: KeyScope) =>
  McpServer.visibility(() => Effect.map(CurrentCaller, (caller) => hasScope(caller, scope)))

const registrations = Layer.mergeAll(
  McpServer.toolkit(ReadTools).pipe(Layer.provide(onlyWith("reports:read").layer)),
  McpServer.toolkit(DesignTools).pipe(Layer.provide(onlyWith("design").layer)),
  McpServer.toolkit(ReportTools).pipe(Layer.provide(onlyWith("reports:write").layer)),
  McpServer.toolkit(SnapshotTools).pipe(Layer.provide(onlyWith("snapshots:write").layer))
).pipe(Layer.provide(ToolHandlers))

/** Each request has its own server, so there are no sessions and no subscriptions. */
export const Mcp = Layer.unwrap(Effect.map(Config.corsOrigins, (allowedOrigins) =>
  McpServer.layerHttpRequestScoped({
    name: serverName,
    version,
    instructions,
    path: mcpPath,
    protocols: [McpProtocol.v2026_07_28],
    allowedOrigins,
    registrations
  }).pipe(Layer.provide(withoutSession.combine(authenticated).combine(shortAnswer).layer))))
