import { NodeHttpServer, NodeHttpServerRequest } from "@effect/platform-node"
import { Context, type Duration, Effect, Layer } from "effect"
import { createServer, ServerResponse } from "node:http"
import { Config } from "../Config.ts"
import { Readiness } from "../services/database/Readiness.ts"
import { personIn } from "./authentication/unverifiedClaims.ts"
import { gracefulClose } from "./gracefulClose.ts"
import { refuse, refuseUnserved } from "./middleware/rawErrors.ts"
import { Undelivered, undelivered } from "./middleware/responseBudget.ts"

/** A request has 10 seconds for its headers and 15 for all of it; a repeated header is joined, so that two tokens are none. */
export const makeServer = (grace: Duration.Duration) => {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
    joinDuplicateHeaders: true,
    // With an upgrade Node would hand the connection over to us, without limits and timers.
    shouldUpgradeCallback: () => false
  })
  const drain = gracefulClose(server, grace)
  server.on("clientError", refuse).on("request", (_request, response) => {
    // The port is open a little before the routes are built, and connections a little after they are gone.
    if (server.listenerCount("request") === ownListeners) refuseUnserved(response, server.listening ? "start" : "stop")
  })
  const ownListeners = server.listenerCount("request")
  return Object.assign(server, { drain })
}

/** Nobody fills the memory with answers that they do not read. */
const watching = Layer.sync(Undelivered, () => {
  const watch = undelivered()
  return {
    hold: (request, bytes) => {
      const response = NodeHttpServerRequest.toServerResponse(request)
      if (response instanceof ServerResponse) watch(response, personIn(request.headers["authorization"]), bytes)
    },
    isGone: (request) => NodeHttpServerRequest.toServerResponse(request).destroyed
  }
})

/** Open client connections. */
export class Connections extends Context.Service<Connections, {
  /** From now on every response asks its client to close the connection. */
  readonly drain: Effect.Effect<void>
}>()("crm-reports/http/Connections") {}

export const Server = Layer.unwrap(Effect.gen(function*() {
  const [host, port, grace] = [yield* Config.host, yield* Config.port, yield* Config.shutdownGrace]
  const server = makeServer(grace)
  return Layer.merge(
    NodeHttpServer.layer(() => server, { host, port, gracefulShutdownTimeout: grace }),
    Layer.succeed(Connections, { drain: Effect.sync(server.drain) })
  )
})).pipe(Layer.merge(watching))

/** Built after the server and so undone before it: for DRAIN_FOR `/ready` says no and clients are asked to close. */
export const Draining = Layer.effectDiscard(Effect.gen(function*() {
  const readiness = yield* Readiness
  const connections = yield* Connections
  const drainFor = yield* Config.drainFor
  yield* Effect.addFinalizer(() => Effect.all([readiness.drain, connections.drain, Effect.sleep(drainFor)]))
}))
