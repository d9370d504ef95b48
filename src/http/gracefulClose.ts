import { Duration } from "effect"
import type { Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"

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
