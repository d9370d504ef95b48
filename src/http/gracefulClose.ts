import { Duration } from "effect"
import type { Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"

/** A kept-alive connection without a byte for this long is closed: an active client has sent its next request by then. */
const quietMillis = 1_000

interface Connection {
  readonly unanswered: Set<ServerResponse>
  /** Bytes of the requests that have been answered. */
  answeredBytes: number
  /** `answeredBytes` at the last look at an idle connection. */
  idleBytes: number | undefined
}

const isIdle = (socket: Socket, { answeredBytes, unanswered }: Connection) =>
  unanswered.size === 0 && socket.bytesRead === answeredBytes

const askToClose = (response: ServerResponse) => {
  if (!response.headersSent) response.shouldKeepAlive = false
}

/**
 * Makes `close()` cut no request: every response says `Connection: close`, and an idle connection is closed only after
 * it stayed silent for `quietMillis`. Connections that are left after the grace and a second are destroyed. Returns what
 * makes responses ask for the close ahead of `close()`.
 */
export const gracefulClose = (server: Server, grace: Duration.Duration) => {
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

  server.on("request", ({ socket }, response) => {
    const connection = connections.get(socket)
    if (connection === undefined) return
    if (isDraining) askToClose(response)
    connection.unanswered.add(response)
    response.once("close", () => {
      connection.unanswered.delete(response)
      connection.answeredBytes = socket.bytesRead
    })
  })

  const close = server.close.bind(server)
  // Node's own choice includes connections whose next request is on its way, or whose response is not yet read.
  server.closeIdleConnections = closeQuiet
  server.close = (closed) => {
    drain()
    // After a timer Node first reads what has arrived, and then runs `setImmediate`.
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
