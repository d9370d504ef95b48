import { NodeHttpServer, NodeHttpServerRequest } from "@effect/platform-node"
import { Duration, Effect, Layer } from "effect"
import { createServer, ServerResponse } from "node:http"
import { Config } from "../Config.ts"
import { Readiness } from "../services/database/Readiness.ts"
import { personIn } from "./authentication/unverifiedClaims.ts"
import { refuse, refuseUnserved } from "./middleware/rawErrors.ts"
import { Undelivered, undelivered } from "./middleware/responseBudget.ts"

/**
 * An answer that is counted as it is written leaves in two pieces, which costs more than the counting could find: ours
 * are texts of known length, or have none.
 */
class Response extends ServerResponse {}
Object.defineProperty(Response.prototype, "strictContentLength", { get: () => false, set: () => {} })

const isBeingRead = ({ writableEnded, writableFinished }: ServerResponse) => writableEnded && !writableFinished

/** A request has 10 seconds for its headers and 15 for all of it; a repeated header is joined, so that two tokens are none. */
export const makeServer = (grace: Duration.Duration) => {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
    joinDuplicateHeaders: true,
    // No other protocol is spoken here; with one, Node would leave the connection to us, without limits and timers.
    shouldUpgradeCallback: () => false,
    ServerResponse: Response
  })
  const open = new Set<ServerResponse>()
  const closeIdleConnections = server.closeIdleConnections.bind(server)
  // Node also takes a connection for idle whose answer is written and not read yet.
  server.closeIdleConnections = () => [...open].some(isBeingRead) || closeIdleConnections()
  const close = server.close.bind(server)
  // Whoever reads slowly, or nothing, does not keep the process: a second more, so that what waits hears of the end.
  server.close = (closed) => {
    setTimeout(() => server.closeAllConnections(), Duration.toMillis(grace) + 1_000).unref()
    return close(closed)
  }
  // `close()` ends idle connections only: a busy one is ended when it has answered, or its keep-alive would be waited for.
  return server.on("clientError", refuse).on("request", (_request, response) => {
    // The port is open a little before the routes are built, and connections a little after they are gone.
    if (server.listenerCount("request") === 1) return refuseUnserved(response, server.listening ? "start" : "stop")
    open.add(response)
    response.once("close", () => {
      open.delete(response)
      if (!server.listening) server.closeIdleConnections()
    })
  })
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

export const Server = Layer.unwrap(Effect.gen(function*() {
  const [host, port, grace] = [yield* Config.host, yield* Config.port, yield* Config.shutdownGrace]
  return NodeHttpServer.layer(() => makeServer(grace), { host, port, gracefulShutdownTimeout: grace })
})).pipe(Layer.merge(watching))

/** Built after the server and so undone before it: `/ready` says no first, then connections are refused. */
export const Draining = Layer.effectDiscard(Effect.gen(function*() {
  const readiness = yield* Readiness
  const drainFor = yield* Config.drainFor
  yield* Effect.addFinalizer(() => Effect.andThen(readiness.drain, Effect.sleep(drainFor)))
}))
