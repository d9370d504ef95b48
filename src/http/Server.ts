import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Context, Duration, Effect, Layer, Option } from "effect"
import { createServer, type IncomingMessage, type Server as HttpServer, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { Config } from "../Config.ts"
import { Readiness } from "../services/database/Readiness.ts"
import { signInSettings } from "./authentication/SignInSettings.ts"
import { rawError, rawUnavailable } from "./middleware/rawErrors.ts"
import { ResponseBudget } from "./middleware/responseBudget.ts"

/** The development sign-in gives tokens without a password, so by default only this machine can reach it. */
export const listenHost = Effect.gen(function*() {
  const isDevelopmentSignIn = Option.isNone(yield* signInSettings)
  return Option.getOrElse(yield* Config.host, () => isDevelopmentSignIn ? "127.0.0.1" : "0.0.0.0")
})

/** While the server closes, a connection is unused if it had no request for this long. */
const quietMillis = 1_000

interface Connection {
  readonly unanswered: Set<ServerResponse>
  answeredBytes: number
  idleBytes: number | undefined
}

const isIdle = (socket: Socket, { answeredBytes, unanswered }: Connection) =>
  unanswered.size === 0 && socket.bytesRead === answeredBytes

const askToClose = (response: ServerResponse) => {
  if (!response.headersSent) response.shouldKeepAlive = false
}

/** Unused connections are closed first, and all others a second after the grace period. */
export const gracefulClose = (server: HttpServer, grace: Duration.Duration) => {
  const connections = new Map<Socket, Connection>()
  let isDraining = false

  const drain = () => {
    isDraining = true
    for (const { unanswered } of connections.values()) unanswered.forEach(askToClose)
  }

  const closeQuiet = () => {
    for (const [socket, connection] of connections) {
      if (!isIdle(socket, connection)) continue
      if (connection.idleBytes === connection.answeredBytes) socket.destroy()
      connection.idleBytes = connection.answeredBytes
    }
  }

  server.on("connection", (socket) => {
    connections.set(socket, { unanswered: new Set(), answeredBytes: 0, idleBytes: undefined })
    socket.once("close", () => connections.delete(socket))
  })

  const track = ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket)
    if (connection === undefined) return
    if (isDraining) askToClose(response)
    connection.unanswered.add(response)
    response.once("close", () => {
      connection.unanswered.delete(response)
      connection.answeredBytes = socket.bytesRead
    })
  }

  server.on("request", track)
  // With any listener of `checkContinue`, Node neither continues such a request nor emits `request` for it.
  server.on("checkContinue", (request, response) => {
    if (server.listenerCount("checkContinue") > 1) return track(request, response)
    response.writeContinue()
    server.emit("request", request, response)
  })

  const close = server.close.bind(server)
  // Node's own function also closes connections with an unfinished request or an unread response.
  server.closeIdleConnections = closeQuiet
  server.close = (closed) => {
    drain()
    // `setImmediate` runs after Node has read new requests, so their connections stay open.
    const looking = setInterval(() => setImmediate(closeQuiet), Math.min(quietMillis, Duration.toMillis(grace)))
    const ending = setTimeout(() => server.closeAllConnections(), Duration.toMillis(grace) + 1_000).unref()
    return close((error) => {
      clearInterval(looking)
      clearTimeout(ending)
      closed?.(error)
    })
  }
  return drain
}

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
const drainTime = Effect.gen(function*() {
  const byDefault = (yield* Config.mode) === "production" ? Duration.seconds(10) : Duration.zero
  return Option.getOrElse(yield* Config.drainFor, () => byDefault)
})

export const Draining = Layer.effectDiscard(Effect.gen(function*() {
  const readiness = yield* Readiness
  const connections = yield* Connections
  const drainFor = yield* drainTime
  yield* Effect.addFinalizer(() => Effect.all([readiness.drain, connections.drain, Effect.sleep(drainFor)]))
}))
