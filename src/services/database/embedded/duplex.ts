import { Duplex } from "node:stream"
import type { Worker } from "node:worker_threads"
import type { Request, Response } from "./pgliteWorker.ts"
import { isCancelRequest } from "./wireProtocol.ts"

const stopped = () => new Error("The embedded database has stopped")

/** Connects to the worker; all connections break when it stops. */
export const duplexTo = (worker: Worker): () => Duplex => {
  const connections = new Map<number, Duplex>()
  let clients = 0
  let hasStopped = false

  const send = (request: Request) => worker.postMessage(request, request._tag === "Bytes" ? [request.bytes.buffer] : [])

  worker.on("message", (response: Response) => {
    if (response._tag === "Bytes") connections.get(response.client)?.push(Buffer.from(response.bytes.buffer))
  })
  // Without a listener an "error" would end the process; "exit" follows it.
  worker.on("error", () => {})
  worker.once("exit", () => {
    hasStopped = true
    for (const connection of connections.values()) connection.destroy(stopped())
  })

  return () => {
    const client = ++clients
    const connection = new Duplex({
      construct: (done) => done(hasStopped ? stopped() : null),
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        // PGlite cannot cancel a statement: close the connection.
        if (isCancelRequest(chunk)) connection.destroy()
        else send({ _tag: "Bytes", client, bytes: new Uint8Array(chunk) })
        done()
      },
      final: (done) => {
        connection.push(null)
        done()
      },
      destroy: (error, done) => {
        connections.delete(client)
        send({ _tag: "Left", client })
        done(error)
      }
    })
    connections.set(client, connection)
    return connection
  }
}
