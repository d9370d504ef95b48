import { Duplex } from "node:stream"
import type { Worker } from "node:worker_threads"
import type { Request, Response } from "./pgliteWorker.ts"
import { isCancelRequest } from "./wireProtocol.ts"

const stopped = () => new Error("The embedded database has stopped")

/** Connections to the worker. When it stops, all of them break, and so does every later one. */
export const wiresTo = (worker: Worker): () => Duplex => {
  const wires = new Map<number, Duplex>()
  let clients = 0
  let hasStopped = false

  const send = (request: Request) => worker.postMessage(request, request._tag === "Bytes" ? [request.bytes.buffer] : [])

  worker.on("message", (response: Response) => {
    if (response._tag === "Bytes") wires.get(response.client)?.push(Buffer.from(response.bytes.buffer))
  })
  // An "error" without a listener would end the process; "exit" follows it.
  worker.on("error", () => {})
  worker.once("exit", () => {
    hasStopped = true
    for (const wire of wires.values()) wire.destroy(stopped())
  })

  return () => {
    const client = ++clients
    const wire = new Duplex({
      construct: (done) => done(hasStopped ? stopped() : null),
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        // PGlite cannot cancel: the asking connection just ends.
        if (isCancelRequest(chunk)) wire.destroy()
        else send({ _tag: "Bytes", client, bytes: new Uint8Array(chunk) })
        done()
      },
      final: (done) => {
        wire.push(null)
        done()
      },
      destroy: (error, done) => {
        wires.delete(client)
        send({ _tag: "Left", client })
        done(error)
      }
    })
    wires.set(client, wire)
    return wire
  }
}
