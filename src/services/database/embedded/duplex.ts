import { Duplex } from "node:stream"
import type { Worker } from "node:worker_threads"
import type { Request, Response } from "./pgliteWorker.ts"
import { isCancelRequest } from "./wireProtocol.ts"

interface Running {
  readonly send: (request: Request) => void
  readonly connections: Map<number, Duplex>
}

const asError = (cause: unknown) => cause instanceof Error ? cause : new Error(String(cause))

const runningOn = (worker: Worker, onExit: () => void): Running => {
  const connections = new Map<number, Duplex>()
  let reason = "it was closed"
  worker.on("message", (response: Response) => {
    if (response._tag === "Bytes") connections.get(response.client)?.push(Buffer.from(response.bytes.buffer))
  })
  // Without this listener, an error of the worker would end the process.
  worker.on("error", (error) => {
    reason = asError(error).message
  })
  worker.once("exit", () => {
    onExit()
    const stopped = new Error(`The embedded database has stopped (${reason})`)
    for (const connection of connections.values()) connection.destroy(stopped)
  })
  return {
    connections,
    send: (request) => worker.postMessage(request, request._tag === "Bytes" ? [request.bytes.buffer] : [])
  }
}

/** The first connection after a crash of the worker calls `restart`. */
export const duplexTo = (worker: Worker, restart: () => Promise<Worker>): () => Duplex => {
  let clients = 0
  let running: Promise<Running> | undefined

  const run = (worker: Worker) =>
    runningOn(worker, () => {
      running = undefined
    })
  running = Promise.resolve(run(worker))

  const connect = () => {
    running ??= restart().then(run).catch((error) => {
      running = undefined
      throw error
    })
    return running
  }

  return () => {
    const client = ++clients
    let joined: Running | undefined
    const connection: Duplex = new Duplex({
      construct: (done) => {
        connect().then((found) => {
          joined = found
          found.connections.set(client, connection)
          done()
        }, (error) => done(asError(error)))
      },
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        // PGlite cannot cancel a statement, so the connection that asks for it is closed.
        if (isCancelRequest(chunk)) connection.destroy()
        else joined?.send({ _tag: "Bytes", client, bytes: new Uint8Array(chunk) })
        done()
      },
      final: (done) => {
        connection.push(null)
        done()
      },
      destroy: (error, done) => {
        joined?.connections.delete(client)
        joined?.send({ _tag: "Left", client })
        done(error)
      }
    })
    return connection
  }
}
