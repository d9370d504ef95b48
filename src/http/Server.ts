import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Context, Duration, Effect, Layer, Option } from "effect"
import { createServer, ServerResponse } from "node:http"
import { Config } from "../Config.ts"
import { Readiness } from "../services/database/Readiness.ts"
import { gracefulClose } from "./gracefulClose.ts"
import { listenHost } from "./listenHost.ts"
import { rawError, rawUnavailable } from "./middleware/rawErrors.ts"
import { ResponseBudget } from "./middleware/responseBudget.ts"

/** Without a length check, Node sends a response in one write, which saves CPU time. */
class UncheckedLength extends ServerResponse {}
Object.defineProperty(UncheckedLength.prototype, "strictContentLength", { get: () => false, set: () => {} })

/** Node joins duplicate headers, so two `Authorization` headers become one invalid header. */
export const makeServer = (grace: Duration.Duration) => {
  const server = createServer({
    ServerResponse: UncheckedLength,
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
    joinDuplicateHeaders: true,
    // Upgrades are refused, because Node does not limit or time upgraded connections.
    shouldUpgradeCallback: () => false
  })
  const drain = gracefulClose(server, grace)
  server.on("clientError", rawError).on("request", (_request, response) => {
    // Requests before the routes are ready, or after they are removed, get 503.
    if (server.listenerCount("request") > ownListeners) return
    rawUnavailable(response, server.listening ? "starting" : "stopping")
  })
  const ownListeners = server.listenerCount("request")
  return Object.assign(server, { drain })
}

export class Connections extends Context.Service<Connections, {
  readonly drain: Effect.Effect<void>
}>()("crm-reports/http/Connections") {}

export const Server = Layer.unwrap(Effect.gen(function*() {
  const [host, port, grace] = [yield* listenHost, yield* Config.port, yield* Config.shutdownGrace]
  const server = makeServer(grace)
  return Layer.merge(
    NodeHttpServer.layer(() => server, { host, port, gracefulShutdownTimeout: grace }),
    Layer.succeed(Connections, { drain: Effect.sync(server.drain) })
  )
})).pipe(Layer.merge(ResponseBudget.layer))

/** In production, a load balancer that polls `/ready` every five seconds notices the end in this time. */
export const drainTime = Effect.gen(function*() {
  const byDefault = (yield* Config.mode) === "production" ? Duration.seconds(10) : Duration.zero
  return Option.getOrElse(yield* Config.drainFor, () => byDefault)
})

export const Draining = Layer.effectDiscard(Effect.gen(function*() {
  const readiness = yield* Readiness
  const connections = yield* Connections
  const drainFor = yield* drainTime
  yield* Effect.addFinalizer(() => Effect.all([readiness.drain, connections.drain, Effect.sleep(drainFor)]))
}))
